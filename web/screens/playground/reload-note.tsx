import { Alert } from '../../parts/alert.tsx';
import { useConversation } from './use-playground.ts';

/** Says what a reload took, to somebody who has not begun anew. */
export function ReloadNote() {
  const { turns, ended } = useConversation();
  if (!wasReloaded() || turns.length > 0 || ended > 0) return null;
  return (
    <div className="mb-4">
      <Alert tone="info" title="The page was reloaded">
        Questions, answers, attachments and the key were in the memory of this tab only. If there were any,
        they are gone.
      </Alert>
    </div>
  );
}

/** Here, that is: on another screen it took nothing that anybody looks for. */
function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  const isReload = entry !== undefined && 'type' in entry && entry.type === 'reload';
  return isReload && new URL(entry.name).pathname === '/playground';
}
