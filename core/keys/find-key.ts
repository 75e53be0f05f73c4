import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { CalledKey } from '../metering/ports.ts';
import { unknownKey } from '../metering/refusal.ts';
import { hashKeySecret, isKeySecret } from './key-secret.ts';
import type { KeyCounters, KeyMeters, KeyRecord, KeyRecords } from './ports.ts';
import { meterIdOf, secretWorks } from './standing.ts';

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

/** Names the key that a call with a login token is charged to. */
export const keyIdHeader = 'x-daypass-key-id';

/**
 * The key that a user's call with a login token names. The gate knows whether it still works.
 * @throws DaypassError `invalid_request` if none is named, `not_found`, `invalid_api_key` for one that has ended
 */
export async function findNamedKey(
  records: Pick<KeyRecords, 'find'>,
  userId: string,
  keyId: string | undefined,
): Promise<CalledKey> {
  if (keyId === undefined || keyId === '') {
    throw new DaypassError(
      'invalid_request',
      `${keyIdHeader} is missing: send the id of the key to charge. GET /v1/api-keys lists yours.`,
      { param: keyIdHeader },
    );
  }
  const { apiKeyId } = await findOwnKey(records, userId, keyId);
  if (apiKeyId === undefined) throw unknownKey();
  return { apiKeyId, unfenced: true };
}

export interface KeyInHandPorts {
  records: Pick<KeyRecords, 'findByHash'>;
  meters: Pick<KeyMeters, 'read'>;
  clock: Clock;
}

/** A key that works now, and what it may do. */
export interface KeyInHand {
  record: KeyRecord;
  counters: KeyCounters;
}

/**
 * The key that a call came with, found by its secret: for calls that are not charged, so that no meter finds it.
 * @param headers names in lower case
 * @throws DaypassError `invalid_api_key`
 */
export async function findKeyInHand(
  { records, meters, clock }: KeyInHandPorts,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<KeyInHand> {
  const secret = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer\s+/i, '') ?? '';
  const valueHash = hashKeySecret(secret);
  const record = isKeySecret(secret) ? await records.findByHash(valueHash) : undefined;
  if (record === undefined || !secretWorks(record, valueHash, clock.now())) throw unknownKey();
  const id = meterIdOf(record);
  const counters = id === undefined ? undefined : (await meters.read([id])).get(id);
  if (counters === undefined || counters.isHeld === true) throw unknownKey();
  return { record, counters };
}
