import { useState } from 'react';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { MessageLinkBox } from '../../one-time-messages/message-link-box.tsx';
import { messageLink, receiptPath } from '../../one-time-messages/message-paths.ts';
import { ReceiptView } from '../../one-time-messages/receipt-view.tsx';
import { canSeal } from '../../one-time-messages/sealed-message.ts';
import type { WrittenMessage } from '../../one-time-messages/use-write-message.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { textLinkStyle } from '../../parts/buttons/text-link.tsx';
import { Card } from '../../parts/card.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { WriteForm } from './write-form.tsx';

export function WriteScreen() {
  const [written, setWritten] = useState<WrittenMessage>();
  return (
    <>
      <PageHeader
        title={t('One-time messages')}
        description={t(
          'Hand over a password or a key by a link that shows it to one person, once. It is encrypted in your browser; the service never sees the text.',
        )}
      />
      <div className="max-w-2xl">
        {!canSeal() ? (
          <Alert tone="warning" title={t('Messages can’t be encrypted here')}>
            {t(
              'Browsers encrypt only on pages that come over HTTPS. Open the console over HTTPS to write one.',
            )}
          </Alert>
        ) : written === undefined ? (
          <Card>
            <WriteForm onWritten={setWritten} />
          </Card>
        ) : (
          <Written message={written} onAnother={() => setWritten(undefined)} />
        )}
      </div>
    </>
  );
}

function Written({ message, onAnother }: { message: WrittenMessage; onAnother: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Card
        title={t('Your link is ready')}
        description={t(
          'Send it to one person. Whoever opens it first reads the message, and nobody after them.',
        )}
      >
        <div className="flex flex-col gap-4">
          <MessageLinkBox link={messageLink(message)} />
          <p className="text-ink-soft">
            {t(
              'Copy it now: the key to the message is a part of the link, and this page is the only place that has it.',
            )}
          </p>
        </div>
      </Card>
      <Card title={t('Receipt')}>
        <div className="flex flex-col gap-4">
          <ReceiptView id={message.id} receipt={message.receipt} />
          <p className="text-ink-soft">
            <T
              text="<a>The receipt has a page of its own</a>, to look at later or burn the message from. It can’t show the message."
              a={(words) => (
                <a href={receiptPath(message)} target="_blank" rel="noreferrer" className={textLinkStyle}>
                  {words}
                </a>
              )}
            />
          </p>
        </div>
      </Card>
      <div>
        <Button onClick={onAnother}>{t('Write another')}</Button>
      </div>
    </div>
  );
}
