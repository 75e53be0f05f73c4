import { type ActiveUsers, type Calls, secondsOf } from './calls.ts';
import { sameMinute } from './demand.ts';
import type { Random } from './random.ts';
import { secondsPerDay } from './series.ts';
import type { DaySettings } from './settings.ts';
import { ceilingChargeUnits } from './write-units.ts';

/** What one account and Region takes. */
export interface AccountLimits {
  stageRequestsPerSecond: number;
  stageBurst: number;
  concurrency: number;
  /** Of the ceiling's item for requests, and of each of its shards. */
  partitionWritesPerSecond: number;
  ceilingShards: number;
}

export const refusalReasons = [
  'gateway',
  'concurrency',
  'plan',
  'ceiling item',
  'model quota',
  'failed',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface AccountDay {
  calls: number;
  served: number;
  refused: Record<RefusalReason, number>;
}

/**
 * The same calls, in the order of time, against one account's limits: each passes API Gateway's throttle, finds a
 * function, the ceiling's item, its plan and the model's quota, or is refused by the first that is full.
 */
export function runOneAccount(
  settings: DaySettings,
  limits: AccountLimits,
  users: ActiveUsers,
  calls: Calls,
  random: Random,
): AccountDay {
  const day: AccountDay = {
    calls: calls.count,
    served: 0,
    refused: { gateway: 0, concurrency: 0, plan: 0, 'ceiling item': 0, 'model quota': 0, failed: 0 },
  };
  const used = new Uint16Array(users.attempts.length);
  const ending = new Float64Array(secondsPerDay * 2);
  const unspoken = settings.models.map(() => new Float64Array(secondsPerDay * 2));
  const order = inTime(calls);
  let next = 0;
  let tokens = limits.stageBurst;
  let running = 0;
  const shards = new Float64Array(limits.ceilingShards);
  let quotas = settings.models.map(() => 0);
  for (let second = 0; second < secondsPerDay; second += 1) {
    tokens = Math.min(limits.stageBurst, tokens + limits.stageRequestsPerSecond);
    running -= ending[second] ?? 0;
    quotas = settings.models.map(({ quotaTokensPerMinute }, model) =>
      second % 60 === 0 ? quotaTokensPerMinute : (quotas[model] ?? 0) + (unspoken[model]?.[second] ?? 0),
    );
    shards.fill(0);
    for (; next < order.length && calls.second[order[next] ?? 0] === second; next += 1) {
      const call = order[next] ?? 0;
      const reason = admit(call);
      if (reason === undefined) day.served += 1;
      else day.refused[reason] += 1;
    }
  }
  return day;

  function admit(call: number): RefusalReason | undefined {
    const user = calls.user[call] ?? 0;
    const model = calls.model[call] ?? 0;
    const output = calls.outputTokens[call] ?? 0;
    if (tokens < 1) return 'gateway';
    tokens -= 1;
    if (running >= limits.concurrency) return 'concurrency';
    // One transaction asks both: the plan's refusal has cost the ceiling's item its part.
    if (bump(shards, ceilingChargeUnits, random) > limits.partitionWritesPerSecond) return 'ceiling item';
    if ((used[user] ?? 0) >= (users.requestsPerDay[user] ?? 0)) return 'plan';
    const reserved = (calls.inputTokens[call] ?? 0) + settings.maxOutputTokens;
    if ((quotas[model] ?? 0) < reserved) return 'model quota';
    quotas[model] = (quotas[model] ?? 0) - reserved;
    if (random.chance(settings.failedShare)) return 'failed';
    used[user] = (used[user] ?? 0) + 1;
    running += 1;
    const second = calls.second[call] ?? 0;
    const end = Math.ceil(second + secondsOf(settings, output));
    ending[end] = (ending[end] ?? 0) + 1;
    const given = unspoken[model];
    if (given !== undefined && sameMinute(second, end)) {
      given[end] = (given[end] ?? 0) + settings.maxOutputTokens - output;
    }
    return undefined;
  }
}

function bump(shards: Float64Array, units: number, random: Random): number {
  const shard = shards.length === 1 ? 0 : random.below(shards.length);
  const count = (shards[shard] ?? 0) + units;
  shards[shard] = count;
  return count;
}

/** Indices of the calls by second, stable. */
function inTime(calls: Calls): Uint32Array {
  const starts = new Uint32Array(secondsPerDay + 1);
  for (const second of calls.second) starts[second + 1] = (starts[second + 1] ?? 0) + 1;
  for (let second = 0; second < secondsPerDay; second += 1) {
    starts[second + 1] = (starts[second + 1] ?? 0) + (starts[second] ?? 0);
  }
  const order = new Uint32Array(calls.count);
  for (let call = 0; call < calls.count; call += 1) {
    const second = calls.second[call] ?? 0;
    const at = starts[second] ?? 0;
    order[at] = call;
    starts[second] = at + 1;
  }
  return order;
}
