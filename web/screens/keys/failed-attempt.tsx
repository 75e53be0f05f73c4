import { describeError } from '../../describe-error.ts';
import { Alert } from '../../parts/alert.tsx';
import { isWorthRetrying } from './is-worth-retrying.ts';
import { RetryNotice } from './retry-notice.tsx';

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
