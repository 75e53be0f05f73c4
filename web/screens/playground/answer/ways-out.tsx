import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import type { ChatDialog } from '../chat-dialogs.tsx';
import type { WayOut } from './failure.ts';

/** What helps besides trying again. */
export function WaysOut({ wayOut, onOpen }: { wayOut: WayOut; onOpen: (dialog: ChatDialog) => void }) {
  if (wayOut === 'usage') {
    return (
      <LinkButton size="small" to="/usage">
        {t('See your usage')}
      </LinkButton>
    );
  }
  if (wayOut === 'settings') {
    return (
      <Button size="small" onClick={() => onOpen('settings')}>
        {t('Change the settings')}
      </Button>
    );
  }
  if (wayOut === undefined) return null;
  return (
    <>
      {wayOut === 'keys' && (
        <LinkButton size="small" to="/keys">
          {t('Your keys')}
        </LinkButton>
      )}
      <Button size="small" onClick={() => onOpen('key')}>
        {t('Use another key')}
      </Button>
    </>
  );
}
