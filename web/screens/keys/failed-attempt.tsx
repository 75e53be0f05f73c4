import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api-error.ts';
import { describeError, refusalText } from '../../describe-error.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';

interface FailedAttemptProps {
  /** Undefined while nothing has failed. */
  error: unknown;
  busy: boolean;
  onRetry: () => void;
}

/** Why it failed, with a button where retrying may help. */
export function FailedAttempt({ error, busy, onRetry }: FailedAttemptProps) {
  if (error === undefined) return null;
  if (isWorthRetrying(error)) return <RetryNotice error={error} busy={busy} onRetry={onRetry} />;
  return <Alert tone="danger">{describeError(error).message}</Alert>;
}

/** Whether the same call may succeed later: nothing is wrong with the request itself. */
export function isWorthRetrying(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.kind === 'network' || error.kind === 'server' || error.retryAfterSeconds !== undefined)
  );
}

interface RetryNoticeProps extends FailedAttemptProps {
  error: ApiError;
}

/** For a failure that may pass; the button waits as long as the API asked. */
export function RetryNotice({ error, busy, onRetry }: RetryNoticeProps) {
  const left = useSecondsLeft(error);
  const words =
    error.kind === 'network'
      ? `${error.message} ${t('Trying again won’t create a second key.')}`
      : // Without the wait, which the button counts down.
        refusalText(error);
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <Alert tone="danger">{words}</Alert>
      </div>
      {/* Outside the alert, so that screen readers don't read out every second. */}
      <Button size="small" icon={<RotateCw aria-hidden />} busy={busy} disabled={left > 0} onClick={onRetry}>
        {left > 0 ? t('Try again in {seconds} s', { seconds: left }) : t('Try again')}
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
