import { dayOf, windowAt } from '../metering/windows.ts';
import { describeLimits } from './key-limits.ts';
import type { KeyCounters, KeyMeters, KeyRecord, OwnLimits } from './ports.ts';

/** API Gateway takes seconds, by some reports up to a minute, until every part of it lets a changed key in. */
const spreadMs = 60_000;

/** A key as its owner sees it; never its value or hash. */
export function describeKey(record: KeyRecord, read: KeyCounters | undefined, now: number) {
  const counters = read ?? record.lastCounters;
  const day = windowAt('day', now);
  // A key that ended before its counters were kept has none; what its owner asked for is still told.
  const limits: OwnLimits = counters?.limits ?? record.limits ?? {};
  const limit = limits.requestsPerDay ?? 0;
  const used = counters?.usedByWindow[day.id] ?? 0;
  const status = keyStatus(record, counters?.lastUsedAt, now);
  return {
    id: record.keyId,
    name: record.name,
    plan: record.plan,
    status,
    activation: status === 'activating' ? describeActivation(record) : null,
    last4: record.last4,
    createdAt: iso(record.createdAt),
    lastUsedAt: counters?.lastUsedAt === undefined ? null : iso(counters.lastUsedAt),
    expiresAt: record.expiresAt === undefined ? null : iso(record.expiresAt),
    used,
    remaining: isOver(status) ? 0 : Math.max(0, limit - used),
    limits: describeLimits(limits),
    models: describeModels(record, counters),
    allowedHosts: record.allowedHosts === undefined ? null : [...record.allowedHosts],
    previousValueEndsAt: isOver(status) ? null : previousValueEndsAt(record, now),
  };
}

/** What holds; of an ended key, what its owner asked for. */
function describeModels({ models: own }: KeyRecord, counters: KeyCounters | undefined): string[] | null {
  const models = counters === undefined ? own : counters.limits.models;
  return models === undefined ? null : [...models];
}

type KeyStatus = 'activating' | 'active' | 'revoked' | 'expired';

/**
 * A key is `activating` for a minute after it was made, rotated or moved to another plan. A new one's first charged
 * call proves that it works and ends that early; of a rotated or moved key a call may have come in by what API
 * Gateway knew before.
 * @param lastUsedAt when a call with it was last charged
 */
export function keyStatus(record: KeyRecord, lastUsedAt: number | undefined, now: number): KeyStatus {
  if (record.status === 'revoked' || record.status === 'expired') return record.status;
  if (record.expiresAt !== undefined && record.expiresAt <= now) return 'expired';
  const isProven = lastUsedAt !== undefined && changedAt(record) === record.createdAt;
  return isProven || activeFrom(record) <= now ? 'active' : 'activating';
}

function isOver(status: KeyStatus): boolean {
  return status === 'revoked' || status === 'expired';
}

function changedAt({ createdAt, rotatedAt = 0, planChangedAt = 0 }: KeyRecord): number {
  return Math.max(createdAt, rotatedAt, planChangedAt);
}

function activeFrom(record: KeyRecord): number {
  return changedAt(record) + spreadMs;
}

function describeActivation(record: KeyRecord) {
  return {
    expectedBy: iso(activeFrom(record)),
    message:
      'API Gateway may need up to a minute to let this key in. A call answered 401 invalid_api_key until then: try again.',
  };
}

function previousValueEndsAt(record: KeyRecord, now: number): string | null {
  const { endsAt } = record.previous ?? {};
  return endsAt !== undefined && endsAt > now ? iso(endsAt) : null;
}

/** Several keys with their counters, read at once. */
export async function describeKeys(
  meters: Pick<KeyMeters, 'read'>,
  records: readonly KeyRecord[],
  now: number,
) {
  const ids = records.flatMap((record) => {
    const id = meterIdOf(record);
    return record.status === 'active' && id !== undefined ? [id] : [];
  });
  const counters = await meters.read(ids);
  return records.map((record) => describeKey(record, counters.get(meterIdOf(record) ?? ''), now));
}

/** Whether this value of the key is still good: a rotated one ends with its grace. */
export function valueWorks(record: KeyRecord, valueHash: string, now: number): boolean {
  if (isOver(keyStatus(record, undefined, now))) return false;
  if (record.valueHash === valueHash) return true;
  return record.previous?.valueHash === valueHash && record.previous.endsAt > now;
}

/** Under which id of API Gateway a key is metered. */
export function meterIdOf({ meterId, apiKeyId }: KeyRecord): string | undefined {
  return meterId ?? apiKeyId;
}

/** The key in hand, as `GET /v1/api-key` tells it. */
export function describeCurrentKey(record: KeyRecord, counters: KeyCounters, now: number) {
  const { id, name, plan, status, used, remaining, expiresAt } = describeKey(record, counters, now);
  const limit = counters.limits.requestsPerDay;
  return {
    id,
    name,
    plan,
    status,
    limit,
    used,
    remaining,
    tokens: describeTokens(counters, now),
    resetsAt: iso(windowAt('day', now).endsAt),
    expiresAt,
  };
}

function describeTokens({ limits, usedByWindow }: KeyCounters, now: number) {
  const limit = limits.tokensPerDay;
  if (limit === undefined) return null;
  const used = usedByWindow[`tokens-${dayOf(now)}`] ?? 0;
  return { limit, used, remaining: Math.max(0, limit - used) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
