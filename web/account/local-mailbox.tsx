import { T } from '../language/rich-text.tsx';
import { t } from '../language/t.ts';
import { Alert } from '../parts/alert.tsx';
import { textLinkStyle } from '../parts/buttons/text-link.tsx';

/** The names that the local edge answers to; a deployed console never has them. */
const isThisMachine = /^(localhost|127\.0\.0\.1|\[::1\]|.+\.localhost)$/.test(window.location.hostname);

/** On one machine no mail is sent: says where the codes arrive instead. */
export function LocalMailbox({ email }: { email: string | undefined }) {
  if (!isThisMachine) return null;
  const query = email === undefined ? '' : `?${new URLSearchParams({ to: email })}`;
  return (
    <Alert tone="info">
      <T
        text="This platform runs on your own machine and sends no e-mail. Codes arrive in <a>its mailbox</a>."
        a={(words) => (
          <a href={`/_local/mail${query}`} target="_blank" rel="noreferrer" className={textLinkStyle}>
            {words}
            <span className="sr-only"> {t('(opens in a new tab)')}</span>
          </a>
        )}
      />
    </Alert>
  );
}
