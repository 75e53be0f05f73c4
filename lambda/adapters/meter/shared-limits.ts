import { createHash } from 'node:crypto';
import type { SharedLimits } from '../../../core/catalog.ts';
import type { UserLimits } from '../../../core/keys/ports.ts';
import { addressGroup } from '../../../core/metering/client-address.ts';
import type { ChargeResult, Refusal, SharedCounter } from '../../../core/metering/ports.ts';
import { limitsAny } from '../../../core/metering/user-limits.ts';
import { type Window, windowAt } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { countBelow, transactNamed, type Write } from '../transact.ts';
import { type Attempt, chargeUpdate, explainRefusal, toCharge } from './charge-update.ts';
import { counterEnd, fenceName } from './counter-names.ts';
import { type MeterItem, type StoredLimits, storedLimits } from './meter-item.ts';
import { dayStandings } from './standing.ts';

interface SharedWindow {
  name: string;
  of: 'client' | 'user';
  counter: SharedCounter;
  window: FullWindow;
  limit: number;
}

type FullWindow = Pick<Window, 'kind' | 'endsAt'>;

/** A share of the ceiling, counted on an item of its own so that no item takes every call's write. */
interface Shard {
  counter: SharedCounter;
  window: FullWindow;
  share: number;
}

/** Whether charges are counted beyond their key's item. Spend isn't, since it is known only when a call ends. */
export function countsBeyondKey({ perUser, ceiling }: SharedLimits): boolean {
  return limitsAny(perUser) || ceiling?.requestsPerDay !== undefined;
}

/**
 * Charges the key and every counter beyond it, all or nothing. A full shard of the ceiling sends the call to the next one;
 * the ceiling is reached once all have refused.
 * @param item the key's item, just read
 */
export async function chargeShared(
  table: HotTable,
  { ceiling, ofUser }: { ceiling: SharedLimits['ceiling']; ofUser: UserLimits },
  attempt: Attempt,
  item: MeterItem,
): Promise<ChargeResult> {
  const windows = sharedWindows(ofUser, attempt, item);
  const requests = ceilingShards({ ceiling }, attempt);
  for (;;) {
    const [requestShard] = requests;
    const writes = new Map<string, Write>([
      ['meter', { Update: chargeUpdate(table, attempt) }],
      ...windows.map((shared) => [shared.name, count(table, shared, shared.limit)] as const),
    ]);
    if (requestShard) writes.set('requests', count(table, requestShard, requestShard.share));
    const refused = await transactNamed(table, writes);
    const counted = [...windows, ...(requestShard ? [requestShard] : [])].map(({ counter }) => counter);
    const shared = { counted };
    if (refused.size === 0)
      return { outcome: 'charged', charge: { ...toCharge(attempt, plusOne(attempt, item)), shared } };
    if (refused.has('meter'))
      return explainMeter(attempt, refused.get('meter') as MeterItem | undefined, shared);

    // A new attempt can succeed only after the full window that ends last.
    const full = windows
      .filter(({ name }) => refused.has(name))
      .sort((a, b) => a.window.endsAt - b.window.endsAt)
      .at(-1);
    if (full !== undefined) return exceeded(attempt, item, full);
    requests.shift();
    if (requests.length === 0)
      return exceeded(attempt, item, {
        of: 'deployment',
        window: windowAt('day', attempt.request.now),
        limit: 0,
      });
  }
}

function explainMeter(
  attempt: Attempt,
  item: MeterItem | undefined,
  shared: { counted: SharedCounter[] },
): ChargeResult {
  if (item === undefined) return { outcome: 'unknown_key' };
  const result = explainRefusal(attempt, item);
  return result.outcome === 'charged' ? { ...result, charge: { ...result.charge, shared } } : result;
}

function sharedWindows(ofUser: UserLimits, attempt: Attempt, item: MeterItem): SharedWindow[] {
  const { request, meterId } = attempt;
  const client = digest(`${meterId} ${addressGroup(request.clientAddress)}`)
    .toString('hex')
    .slice(0, 32);
  return [
    ...windowsOf(attempt, 'client', `client#${client}`, item.perClient ?? {}),
    ...windowsOf(attempt, 'user', `user#${item.person ?? item.userId}`, storedLimits(ofUser)),
  ];
}

function windowsOf(
  { windows }: Attempt,
  of: SharedWindow['of'],
  scope: string,
  limits: StoredLimits,
): SharedWindow[] {
  return windows.flatMap((window) => {
    const limit = limits[window.stored];
    if (limit === undefined || window.unit !== 'requests') return [];
    const counter = { scope, windowId: window.counter };
    return [{ name: `${of}-${window.kind}`, of, counter, window, limit }];
  });
}

/** The ceiling's shards, beginning with one derived from the charge id, so that a retry begins with the same. */
function ceilingShards({ ceiling }: SharedLimits, { chargeId, request }: Attempt): Shard[] {
  if (ceiling?.requestsPerDay === undefined) return [];
  const { requestsPerDay: limit, shards } = ceiling;
  const window = windowAt('day', request.now);
  const all = Array.from({ length: shards }, (_, at) => ({
    counter: { scope: `ceiling-requests#${at}`, windowId: window.id },
    window,
    share: Math.floor(limit / shards) + (at < limit % shards ? 1 : 0),
  })).filter(({ share }) => share > 0);
  const first = digest(chargeId).readUInt32BE() % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

function count(
  table: HotTable,
  { counter, window }: Pick<SharedWindow, 'counter' | 'window'>,
  limit: number,
): Write {
  return { Update: countBelow(table, counter, { limit, ttl: counterEnd(window.endsAt) }) };
}

export function refundShared(table: HotTable, { scope, windowId }: SharedCounter): Write {
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.limit(scope, windowId),
      // The item may have expired meanwhile.
      UpdateExpression: 'SET used = if_not_exists(used, :one) - :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
}

/** The item after the call is counted, from the one read before: a transaction returns none. */
function plusOne({ windows, request }: Attempt, item: MeterItem): MeterItem {
  const counters = windows.flatMap(({ unit, counter }) => (unit === 'requests' ? [counter] : []));
  const names = [...counters, ...(request.unfenced ? [] : [fenceName(request.now, request.apiKeyId)])];
  const counts = names.map((name) => [
    name,
    Number((item as unknown as Record<string, unknown>)[name] ?? 0) + 1,
  ]);
  return { ...item, ...Object.fromEntries(counts) };
}

function exceeded(
  { windows }: Attempt,
  item: MeterItem,
  full: { of: NonNullable<Refusal['of']>; window: FullWindow; limit: number },
): ChargeResult {
  return {
    outcome: 'exceeded',
    of: full.of,
    unit: 'requests',
    window: full.window.kind,
    standing: { limit: full.limit, remaining: 0, resetsAt: full.window.endsAt },
    ...dayStandings(item, windows),
    userId: item.userId,
    keyId: item.keyId,
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
