import { DaypassError } from '../errors.ts';
import type { KeyRecord, KeyRecords } from './ports.ts';
import { hasExpired } from './standing.ts';

/** @throws DaypassError `key_ended` for a key that is revoked or expired, if only a moment ago */
export function requireChangeable(record: KeyRecord, now: number): void {
  if (record.status !== 'active' || hasExpired(record, now)) throw keyHasEnded();
}

/** @param cause what failed because of it, of a change that was under way */
export function keyHasEnded(cause?: unknown): DaypassError {
  return new DaypassError(
    'key_ended',
    'This key is revoked or expired and can’t be changed. Create a new one.',
    { cause },
  );
}

/** Why a conditional change was refused: the key has changed since it was read. */
export async function changedMeanwhile(
  records: Pick<KeyRecords, 'find'>,
  { userId, keyId }: KeyRecord,
): Promise<DaypassError> {
  const found = await records.find(userId, keyId);
  return found?.status === 'active' ? keyIsBusy() : keyHasEnded();
}

export function keyIsBusy(): DaypassError {
  return new DaypassError('key_busy', 'This key is being changed right now. Try again in a moment.', {
    retryAfterSeconds: 5,
  });
}
