import { DaypassError } from '../errors.ts';
import type { KeyRecord, KeyRecords } from './ports.ts';

/** @throws DaypassError `not_found`, alike for an unknown key, someone else's and one still being made */
export async function findOwnKey(
  records: Pick<KeyRecords, 'find'>,
  userId: string,
  keyId: string | undefined,
): Promise<KeyRecord> {
  const record = keyId === undefined ? undefined : await records.find(userId, keyId);
  if (record === undefined || record.status === 'creating') {
    throw new DaypassError('not_found', 'You have no such key. GET /v1/api-keys lists yours.');
  }
  return record;
}
