import { WifiOff } from 'lucide-react';
import { t } from '../../language/t.ts';
import { useOnline } from './use-online.ts';

/** Above everything while the device is offline. */
export function OfflineBanner() {
  const online = useOnline();
  return (
    <div role="status" className="sticky top-0 z-30">
      {!online && (
        <p
          data-offline
          className="flex min-h-(--offline-height) items-center justify-center gap-2 bg-warning-soft px-4 text-warning text-sm"
        >
          <WifiOff aria-hidden className="size-4 shrink-0" />
          {t('You are offline. Nothing on this page is lost.')}
        </p>
      )}
    </div>
  );
}
