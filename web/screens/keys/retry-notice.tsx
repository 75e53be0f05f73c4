import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ApiError } from '../../api-error.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';

interface RetryNoticeProps {
  error: ApiError;
  busy: boolean;
  onRetry: () => void;
}

/** For a failure that may pass; the button waits as long as the API asked. */
export function RetryNotice({ error, busy, onRetry }: RetryNoticeProps) {
  const left = useSecondsLeft(error);
  const words =
    error.kind === 'network' ? `${error.message} Trying again won’t create a second key.` : error.message;
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <Alert tone="danger">{words}</Alert>
      </div>
      {/* Outside the alert, so that screen readers don't read out every second. */}
      <Button size="small" icon={<RotateCw aria-hidden />} busy={busy} disabled={left > 0} onClick={onRetry}>
        {left > 0 ? `Try again in ${left} s` : 'Try again'}
      </Button>
    </div>
  );
}

function useSecondsLeft(error: ApiError): number {
  const [left, setLeft] = useState(error.retryAfterSeconds ?? 0);
  useEffect(() => {
    const end = Date.now() + (error.retryAfterSeconds ?? 0) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
