import type { KeyRecord } from './ports.ts';

/** API Gateway needs seconds, by some reports up to a minute, until it accepts a changed key everywhere. */
const spreadMs = 60_000;

type KeyStatus = 'activating' | 'active' | 'revoked' | 'expired';

/**
 * A key is `activating` for a minute after it was created, rotated or moved to another plan. The first call of a new key
 * that API Gateway lets in proves that it works and ends that early. It proves nothing of a rotated or moved key: API
 * Gateway may have let the call in by what it knew before.
 */
export function keyStatus(record: KeyRecord, isLetIn: boolean | undefined, now: number): KeyStatus {
  if (record.status === 'revoked' || record.status === 'expired') return record.status;
  if (hasExpired(record, now)) return 'expired';
  const isProven = isLetIn && changedAt(record) === record.createdAt;
  return isProven || activeFrom(record) <= now ? 'active' : 'activating';
}

export function isOver(status: KeyStatus): boolean {
  return status === 'revoked' || status === 'expired';
}

/** Whatever its status says, since the reconciler may not have ended the key yet. */
export function hasExpired({ expiresAt }: KeyRecord, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** When its secrets or its plan last changed. */
export function changedAt({ createdAt, rotatedAt = 0, planChangedAt = 0 }: KeyRecord): number {
  return Math.max(createdAt, rotatedAt, planChangedAt);
}

/** When a change has reached every part of API Gateway. */
export function activeFrom(record: KeyRecord): number {
  return changedAt(record) + spreadMs;
}

/** Whether this secret still works: a rotated one ends with its grace. */
export function secretWorks(record: KeyRecord, valueHash: string, now: number): boolean {
  if (isOver(keyStatus(record, undefined, now))) return false;
  if (record.valueHash === valueHash) return true;
  return record.previous?.valueHash === valueHash && record.previous.endsAt > now;
}

/** API Gateway's ids of the secrets that work; of one that was rotated away, until its grace ends. */
export function workingIds({ apiKeyId, previous }: KeyRecord, now: number): string[] {
  const ids = [apiKeyId, previous !== undefined && previous.endsAt > now ? previous.apiKeyId : undefined];
  return ids.filter((id) => id !== undefined);
}

/** API Gateway's id under which all secrets of the key are metered. */
export function meterIdOf({ meterId, apiKeyId }: KeyRecord): string | undefined {
  return meterId ?? apiKeyId;
}
