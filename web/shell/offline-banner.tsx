import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';

/** Stands above everything while the device has no connection. */
export function OfflineBanner() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className="sticky top-0 z-30">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-2 text-warning text-sm">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          You are offline. What is on the screen stays; it goes on when the connection is back.
        </p>
      )}
    </div>
  );
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}
