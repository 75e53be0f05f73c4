import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { useConversations, usePlayground, useStored } from './use-playground.ts';

/** Says what a reload lost, until the user starts again. */
export function ReloadNote() {
  const { turns, ended } = useConversations();
  const { isKept } = useStored(usePlayground().keeping);
  if (isKept || !wasReloaded() || turns.length > 0 || ended > 0) return null;
  return (
    <div className="mb-4">
      <Alert tone="info" title={t('The page was reloaded')}>
        {t(
          'Conversations, their attachments and pasted keys are kept only in this tab’s memory. If you had any, they are gone.',
        )}
      </Alert>
    </div>
  );
}

/** Only if the playground was reloaded: on other screens nothing is missed. */
function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  const isReload = entry !== undefined && 'type' in entry && entry.type === 'reload';
  return isReload && new URL(entry.name).pathname === '/playground';
}
