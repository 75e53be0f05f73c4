import { useMutation } from '@tanstack/react-query';
import { MailOpen } from 'lucide-react';
import { oneTimeMessageRoutes } from '../../../core/contract/one-time-messages.ts';
import { ApiError } from '../../api-error.ts';
import { describeError } from '../../describe-error.ts';
import { t } from '../../language/t.ts';
import { openMessage } from '../../one-time-messages/sealed-message.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { useApi } from '../../shell/console-context.ts';
import { GoneMessage, isGone } from './gone-message.tsx';

interface OpenOnceProps {
  id: string;
  /** Opens what a browser sealed; without it, the message comes as it was written. */
  sealKey: string | undefined;
  until: string;
  onOpened: (text: string) => void;
}

/** The button that reads a message. Nothing else does: a preview of the link, or a second look, loses nothing. */
export function OpenOnce({ id, sealKey, until, onOpened }: OpenOnceProps) {
  const api = useApi();
  const open = useMutation({
    async mutationFn() {
      const { message } = await api.call(oneTimeMessageRoutes.revealOneTimeMessage, { path: { id } });
      return sealKey === undefined ? message : openMessage(message, sealKey);
    },
    onSuccess(text) {
      // The key has no further use, and would stay in the browser's history.
      history.replaceState(history.state, '', location.pathname);
      onOpened(text);
    },
  });
  if (isGone(open.error)) return <GoneMessage />;
  return (
    <section>
      <DocumentTitle>{t('A message for you')}</DocumentTitle>
      <h1 tabIndex={-1} className="font-semibold text-2xl tracking-tight">
        {t('A message for you')}
      </h1>
      <p className="mt-1.5 text-ink-soft">
        {t(
          'It can be opened once. After that it is gone, for you and for everyone else, so open it when you can keep what it says. It waits until {until}.',
          { until },
        )}
      </p>
      <div className="mt-6 flex flex-col gap-4">
        {open.error !== null && <Alert tone="danger">{wordsOf(open.error)}</Alert>}
        <div>
          <Button
            variant="primary"
            icon={<MailOpen aria-hidden />}
            busy={open.isPending}
            onClick={() => open.mutate()}
          >
            {t('Open message')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiError) return describeError(error).message;
  return t(
    'The message was sealed with another key than the one in this link. It is gone; ask for it again.',
  );
}
