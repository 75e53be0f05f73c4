import { randomUUID } from 'node:crypto';
import { newKeyId } from '../../../../core/keys/key-id.ts';
import { hashKeySecret, newKeySecret } from '../../../../core/keys/key-secret.ts';
import type { KeyLimits, KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';

export const start = Date.parse('2026-11-22T10:00:00Z');

export const newUserId = () => randomUUID();

export function someIntent(parts: Partial<KeyRecord> = {}): Omit<KeyRecord, 'slot' | 'status'> {
  const secret = newKeySecret();
  const createdAt = parts.createdAt ?? start;
  return {
    keyId: newKeyId(createdAt),
    userId: newUserId(),
    name: 'laptop',
    plan: '10-per-day',
    valueHash: hashKeySecret(secret),
    last4: secret.slice(-4),
    createdAt,
    ...parts,
  };
}

/** A key as it is after a create that went well. */
export async function activeKey(
  records: KeyRecords,
  limits: KeyLimits = { requestsPerDay: 10 },
  parts: Partial<KeyRecord> = {},
): Promise<KeyRecord & { apiKeyId: string }> {
  const record = await records.reserve(someIntent(parts), 100);
  if (record === undefined) throw new Error('no place was free');
  const apiKeyId = `gw${randomUUID().slice(0, 8)}`;
  await records.activate(record, { apiKeyId, usagePlanId: 'plan1' }, limits);
  return { ...record, status: 'active', apiKeyId };
}

/** A key's end, both steps of it. */
export async function endKey(
  records: KeyRecords,
  key: KeyRecord,
  status: 'revoked' | 'expired' = 'revoked',
  endedAt = start,
): Promise<void> {
  await records.end(key, status, endedAt);
  await records.release(key);
}
