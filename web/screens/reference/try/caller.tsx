import { useLocation } from 'react-router';
import { KeyForm } from '../../../key-in-hand/key-form.tsx';
import { maskedKey } from '../../../key-in-hand/key-secret.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { useSessionState } from '../../../shell/console-context.ts';
import { logInPath } from '../../../shell/session/return-path.ts';
import { useMe } from '../../../shell/session/use-me.ts';
import type { Access } from '../operations.ts';

interface CallerProps {
  access: Access;
  secret: string | undefined;
  onDropKey: () => void;
}

/** Who the call is made as. */
export function Caller({ access, secret, onDropKey }: CallerProps) {
  const { status } = useSessionState();
  if (access === 'public') return null;
  if (access === 'key') {
    if (secret === undefined) return <KeyForm />;
    return (
      <p className="flex flex-wrap items-center justify-between gap-2 text-ink-soft text-sm">
        <span>
          <T
            text="Using the key {secret}"
            secret={<code className="font-mono text-xs">{maskedKey(secret)}</code>}
          />
        </span>
        <Button size="small" variant="ghost" onClick={onDropKey}>
          {t('Use another key')}
        </Button>
      </p>
    );
  }
  if (status === 'logged-out') return <LogInFirst />;
  return <AsUser isSession={access === 'session'} />;
}

function AsUser({ isSession }: { isSession: boolean }) {
  const email = useMe().data?.email ?? '…';
  return (
    <p className="wrap-anywhere text-ink-soft text-sm">
      {isSession
        ? t(
            'Using this browser’s session, as {email}. This is a real call, and so are the changes it makes.',
            {
              email,
            },
          )
        : t('Using your login, as {email}. This is a real call, and so are the changes it makes.', { email })}
    </p>
  );
}

function LogInFirst() {
  const { pathname, hash } = useLocation();
  return (
    <p className="text-ink-soft text-sm">
      <T
        text="<a>Log in</a> to send this call from here."
        a={(words) => <TextLink to={logInPath(pathname + hash)}>{words}</TextLink>}
      />
    </p>
  );
}
