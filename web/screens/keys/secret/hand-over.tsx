import { MailPlus } from 'lucide-react';
import { messageLife } from '../../../../core/contract/one-time-messages.ts';
import { describeError } from '../../../describe-error.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { MessageLinkBox } from '../../../one-time-messages/message-link-box.tsx';
import { messageLink, receiptPath } from '../../../one-time-messages/message-paths.ts';
import { canSeal } from '../../../one-time-messages/sealed-message.ts';
import { useWriteMessage } from '../../../one-time-messages/use-write-message.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { textLinkStyle } from '../../../parts/buttons/text-link.tsx';
import { useConsole } from '../../../shell/console-context.ts';

/** For a key that is someone else's to use: a link that shows it to them, once. */
export function HandOver({ secret }: { secret: string }) {
  const { config } = useConsole();
  const write = useWriteMessage();
  if (!config.oneTimeMessages || !canSeal()) return null;
  return (
    <section aria-labelledby="new-key-hand-over" className="flex flex-col gap-2.5">
      <div>
        <h3 id="new-key-hand-over" className="font-medium text-sm">
          {t('For someone else?')}
        </h3>
        <p className="text-ink-soft text-sm">
          {t('Hand it over by a link that shows the key to one person, once, within a day.')}
        </p>
      </div>
      {write.error !== null && <Alert tone="danger">{describeError(write.error).message}</Alert>}
      {write.data === undefined ? (
        <div>
          <Button
            icon={<MailPlus aria-hidden />}
            busy={write.isPending}
            onClick={() => write.mutate({ text: secret, expiresIn: messageLife.usual })}
          >
            {t('Create a one-time link')}
          </Button>
        </div>
      ) : (
        <>
          <MessageLinkBox link={messageLink(write.data)} variant="secondary" />
          <p className="text-ink-soft text-sm">
            <T
              text="<link>Open the receipt</link> in another tab to see whether it was read, or to burn it."
              link={(words) => (
                <a href={receiptPath(write.data)} target="_blank" rel="noreferrer" className={textLinkStyle}>
                  {words}
                </a>
              )}
            />
          </p>
        </>
      )}
    </section>
  );
}
