import { type ActiveUsers, type Calls, secondsOf } from './calls.ts';
import type { Random } from './random.ts';
import { add, emptySeries, runningAtOnce, type Series, secondsPerDay } from './series.ts';
import type { DaySettings } from './settings.ts';
import { ceilingChargeUnits, type WriteKind, writeKinds, writeUnits } from './write-units.ts';

/** What a day asks of the parts below, when nothing but the plan refuses. */
export interface Demand {
  calls: number;
  served: number;
  /** Past the plan. */
  refused: number;
  /** Charged, failed before the first token, refunded. */
  refunded: number;
  callsPerSecond: Series;
  /** In write units. */
  writes: Record<WriteKind, Series>;
  /** By partition. */
  partitions: Series[];
  /** Write units of the ceiling's busier items, those of the day's requests. */
  ceilingWrites: Series;
  /** Chat functions at once. */
  running: Series;
  /** By model: calls that reach it. */
  requests: Series[];
  /** By model: tokens used, and what they hold of the minute's quota. */
  tokens: Series[];
  heldTokens: Series[];
  totals: { inputTokens: number[]; outputTokens: number[]; streamSeconds: number; pastMidnight: number };
}

export function measureDemand(
  settings: DaySettings,
  users: ActiveUsers,
  calls: Calls,
  random: Random,
): Demand {
  const demand = emptyDemand(settings);
  const starts = emptySeries();
  const write = (kind: WriteKind, second: number, partition: number) => {
    add(demand.writes[kind], second, writeUnits[kind]);
    add(demand.partitions[partition] ?? emptySeries(), second, writeUnits[kind]);
  };
  let next = 0;
  for (let user = 0; user < users.attempts.length; user += 1) {
    // A key's meter and its user's rows have partition keys of their own.
    const meterPartition = random.below(settings.partitions);
    const userPartition = random.below(settings.partitions);
    const limit = users.requestsPerDay[user] ?? 0;
    let used = 0;
    for (let attempt = 0; attempt < (users.attempts[user] ?? 0); attempt += 1, next += 1) {
      const second = calls.second[next] ?? 0;
      add(demand.callsPerSecond, second);
      write('gate', second, meterPartition);
      add(demand.ceilingWrites, second, ceilingChargeUnits);
      if (used >= limit) {
        demand.refused += 1;
        write('refusal', second, meterPartition);
        continue;
      }
      add(demand.requests[calls.model[next] ?? 0] ?? emptySeries(), second);
      if (random.chance(settings.failedShare)) {
        demand.refunded += 1;
        write('refund', second, meterPartition);
        write('ledger', second, userPartition);
        continue;
      }
      demand.served += 1;
      const end = noteAnswer(settings, demand, calls, next, starts);
      if (used === 0) write('moveDay', end, userPartition);
      used += 1;
      write('settle', end, meterPartition);
      write('ledger', end, userPartition);
    }
  }
  demand.calls = calls.count;
  demand.running = runningAtOnce(starts, demand.totals.pastMidnight);
  demand.heldTokens = demand.heldTokens.map(sumWithinMinutes);
  return demand;
}

/**
 * Bedrock takes input and the most a call may answer from the minute's quota when it starts, and gives back what
 * was not answered when it ends.
 */
function sumWithinMinutes(changes: Series): Series {
  let held = 0;
  return changes.map((change, second) => {
    held = (second % 60 === 0 ? 0 : held) + change;
    return held;
  });
}

export const sameMinute = (second: number, other: number) =>
  Math.floor(second / 60) === Math.floor(other / 60);

/** @returns the second at which the answer ends */
function noteAnswer(
  settings: DaySettings,
  demand: Demand,
  calls: Calls,
  call: number,
  starts: Series,
): number {
  const second = calls.second[call] ?? 0;
  const input = calls.inputTokens[call] ?? 0;
  const output = calls.outputTokens[call] ?? 0;
  const model = calls.model[call] ?? 0;
  const seconds = secondsOf(settings, output);
  const { totals } = demand;
  totals.inputTokens[model] = (totals.inputTokens[model] ?? 0) + input;
  totals.outputTokens[model] = (totals.outputTokens[model] ?? 0) + output;
  totals.streamSeconds += seconds;
  add(demand.tokens[model] ?? emptySeries(), second, input + output);
  const end = Math.ceil(second + seconds);
  const held = demand.heldTokens[model] ?? emptySeries();
  add(held, second, input + settings.maxOutputTokens);
  if (sameMinute(second, end)) add(held, end, output - settings.maxOutputTokens);
  add(starts, second);
  add(starts, end, -1);
  if (end >= secondsPerDay) totals.pastMidnight += 1;
  return second + seconds;
}

function emptyDemand(settings: DaySettings): Demand {
  const forModels = () => settings.models.map(emptySeries);
  const writes = {} as Record<WriteKind, Series>;
  for (const kind of writeKinds) writes[kind] = emptySeries();
  return {
    calls: 0,
    served: 0,
    refused: 0,
    refunded: 0,
    callsPerSecond: emptySeries(),
    writes,
    partitions: Array.from({ length: settings.partitions }, emptySeries),
    ceilingWrites: emptySeries(),
    running: emptySeries(),
    requests: forModels(),
    tokens: forModels(),
    heldTokens: forModels(),
    totals: {
      inputTokens: settings.models.map(() => 0),
      outputTokens: settings.models.map(() => 0),
      streamSeconds: 0,
      pastMidnight: 0,
    },
  };
}
