import { limitsAt, wholeNanos, windowAt } from '../metering/windows.ts';
import { describeLimits } from './key-limits.ts';
import type { KeyCounters, KeyMeters, KeyRecord, OwnLimits, UsedByWindow } from './ports.ts';
import { activeFrom, isOver, keyStatus, meterIdOf } from './standing.ts';

/** A key as its user sees it; never its secret or the secret's hash. */
export function describeKey(record: KeyRecord, read: KeyCounters | undefined, now: number) {
  const counters = read ?? record.lastCounters;
  const day = windowAt('day', now);
  // A key that ended before its counters were kept has none: report the limits that its user asked for.
  const limits: OwnLimits = counters?.limits ?? record.limits ?? {};
  const used = counters?.usedByWindow[day.id] ?? 0;
  const status = keyStatus(record, counters?.isLetIn, now);
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
    remaining: isOver(status) ? 0 : restOf(limits.requestsPerDay, used),
    limits: describeLimits(limits),
    windows: describeWindows(limits, counters?.usedByWindow ?? {}, now, isOver(status)),
    models: describeModels(record, counters),
    allowedHosts: record.allowedHosts === undefined ? null : [...record.allowedHosts],
    requiresProviderKey: record.requiresProviderKey === true,
    previousValueEndsAt: isOver(status) ? null : previousValueEndsAt(record, now),
  };
}

/** null: not limited. */
function restOf(limit: number | undefined, used: number): number | null {
  return limit === undefined ? null : Math.max(0, limit - used);
}

/** The models that the key may call; of an ended key, those that its user asked for. */
function describeModels({ models: own }: KeyRecord, counters: KeyCounters | undefined): string[] | null {
  const models = counters === undefined ? own : counters.limits.models;
  return models === undefined ? null : [...models];
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

/** Several keys, whose counters are read together. */
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

/** The key that a call came with, as `GET /v1/api-key` answers it. */
export function describeCurrentKey(record: KeyRecord, counters: KeyCounters, now: number) {
  const { id, name, plan, status, used, remaining, expiresAt } = describeKey(record, counters, now);
  const limit = counters.limits.requestsPerDay ?? null;
  return {
    id,
    name,
    plan,
    status,
    limit,
    used,
    remaining,
    tokens: describeTokens(counters, now),
    windows: describeWindows(counters.limits, counters.usedByWindow, now),
    resetsAt: iso(windowAt('day', now).endsAt),
    expiresAt,
  };
}

/** Each of the key's limits, with its current window. */
function describeWindows(limits: OwnLimits, usedByWindow: UsedByWindow, now: number, hasEnded = false) {
  return limitsAt(now).flatMap(({ unit, kind, field, counter, endsAt }) => {
    const limit = limits[field];
    if (limit === undefined) return [];
    const used = wholeNanos(usedByWindow[counter] ?? 0);
    const remaining = hasEnded ? 0 : Math.max(0, wholeNanos(limit - used));
    return [{ unit, window: kind, limit, used, remaining, resetsAt: iso(endsAt) }];
  });
}

function describeTokens({ limits, usedByWindow }: KeyCounters, now: number) {
  const limit = limits.tokensPerDay;
  if (limit === undefined) return null;
  const counter = limitsAt(now).find(({ field }) => field === 'tokensPerDay')?.counter ?? '';
  const used = usedByWindow[counter] ?? 0;
  return { limit, used, remaining: Math.max(0, limit - used) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
