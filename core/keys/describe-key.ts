import type { KeyCounters, KeyMeters, KeyRecord } from '../ports.ts';
import { dayOf, windowAt } from '../quotas.ts';
import { describeLimits } from './key-limits.ts';

/** A key as its owner sees it; never its value or hash. */
export function describeKey(record: KeyRecord, counters: KeyCounters | undefined, now: number) {
  const day = windowAt('day', now);
  // A key's own limits are told from its record, so an ended key, which has no counters, still tells them.
  const limits = { ...counters?.limits, ...record.limits };
  const limit = limits.requestsPerDay ?? 0;
  const used = counters?.usedByWindow[day.id] ?? 0;
  return {
    id: record.keyId,
    name: record.name,
    plan: record.plan,
    status: statusAt(record, now),
    last4: record.last4,
    createdAt: iso(record.createdAt),
    lastUsedAt: counters?.lastUsedAt === undefined ? null : iso(counters.lastUsedAt),
    expiresAt: record.expiresAt === undefined ? null : iso(record.expiresAt),
    used,
    remaining: statusAt(record, now) === 'active' ? Math.max(0, limit - used) : 0,
    limits: describeLimits(limits),
    allowedHosts: record.allowedHosts === undefined ? null : [...record.allowedHosts],
  };
}

/** Several keys with their counters, read at once. */
export async function describeKeys(meters: KeyMeters, records: readonly KeyRecord[], now: number) {
  const ids = records.flatMap((record) => {
    const id = meterIdOf(record);
    return record.status === 'active' && id !== undefined ? [id] : [];
  });
  const counters = await meters.read(ids);
  return records.map((record) => describeKey(record, counters.get(meterIdOf(record) ?? ''), now));
}

/** Whether this value of the key is still good: a rotated one ends with its grace. */
export function valueWorks(record: KeyRecord, valueHash: string, now: number): boolean {
  if (statusAt(record, now) !== 'active') return false;
  return record.valueHash === valueHash || (record.previous?.endsAt ?? 0) > now;
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

function statusAt(record: KeyRecord, now: number): 'active' | 'revoked' | 'expired' {
  if (record.status === 'revoked' || record.status === 'expired') return record.status;
  return record.expiresAt !== undefined && record.expiresAt <= now ? 'expired' : 'active';
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
