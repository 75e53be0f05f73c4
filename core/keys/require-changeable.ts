import { DaypassError } from '../errors.ts';
import type { KeyRecord } from '../ports.ts';

/** @throws DaypassError `key_ended` for a key that is revoked or expired, if only a moment ago */
export function requireChangeable(record: KeyRecord, now: number): void {
  const expired = record.expiresAt !== undefined && record.expiresAt <= now;
  if (record.status === 'active' && !expired) return;
  throw new DaypassError(
    'key_ended',
    'This key is revoked or expired and can’t be changed. Create a new one.',
  );
}

export function keyIsBusy(): DaypassError {
  return new DaypassError('key_busy', 'This key is being changed right now. Try again in a moment.', {
    retryAfterSeconds: 5,
  });
}
