import { randomUUID } from 'node:crypto';
import { loseReplies, type Race, someCalls } from './race-runner.ts';
import type { RunningBench } from './start-bench.ts';

/** What a race came to; `wrong` is empty when the promise held. */
export interface RaceResult {
  calls: number;
  served: number;
  refused: number;
  ambiguous: number;
  wrong: string[];
}

const dayMs = 86_400_000;
const perDay = 10;
const isoDate = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Of a user who is there: calls are settled for nobody else. */
async function newKey({ workshop }: RunningBench) {
  const key = await workshop.create(randomUUID());
  const { userId, createdAt } = key.record;
  await workshop.ports.users.ensure({ userId, email: `${userId}@example.com`, createdAt });
  return key;
}

/** Promise 1: however many at once, a day's plan is a day's plan. */
export async function raceForTheDay(
  bench: RunningBench,
  race: Race,
  seed: number,
  calls: number,
): Promise<RaceResult> {
  const key = await newKey(bench);
  const tally = await race.chat(
    key,
    someCalls(calls, race.workers.length, seed, () => 0),
  );
  const { chargedByDay } = await race.meterOf(key);
  return resultOf(tally, calls, [
    [tally.other.length, 0, 'answers that are neither 200, 401, 429 nor 503'],
    [tally.served.length, perDay, 'served'],
    [tally.modelCalls, perDay, 'model calls'],
    // On a busy machine the table may answer one too late for its refusal: a 503, and no charge.
    [tally.refused.length + tally.ambiguous.length, calls - perDay, 'refused'],
    [Object.values(chargedByDay).join(), String(perDay), 'charged'],
  ]);
}

/**
 * Promise 1 at 00:00 UTC. Calls come in the order of the seed; each worker's clock is off by its own part of
 * ±2 s. The key has a history, so that its metering item is tidied in passing.
 */
export async function raceAcrossMidnight(bench: RunningBench, race: Race, seed: number): Promise<RaceResult> {
  const key = await newKey(bench);
  const workers = race.workers.length;
  // Well ahead of today, so that preparing the key leaves nothing in the days looked at.
  const midnight = (Math.floor(Date.now() / dayMs) + 30) * dayMs;
  for (let ago = 2; ago < 12; ago += 1) {
    const now = midnight - ago * dayMs;
    const apiKeyId = key.record.apiKeyId ?? '';
    await bench.workshop.ports.meter.charge({ apiKeyId, requestId: randomUUID(), now });
  }
  const calls = someCalls(400, workers, seed, (worker, random) => {
    const skewMs = (worker / (workers - 1)) * 4000 - 2000;
    return midnight - 1 + (random() - 0.5) * 1000 + skewMs - Date.now();
  });
  const tally = await race.chat(key, calls);
  const { chargedByDay } = await race.meterOf(key);
  return resultOf(tally, calls.length, [
    [tally.other.length, 0, 'answers that are neither 200, 401, 429 nor 503'],
    [tally.served.length, 2 * perDay, 'served'],
    [tally.modelCalls, 2 * perDay, 'model calls'],
    [chargedByDay[isoDate(midnight - dayMs)], perDay, 'charged the day before'],
    [chargedByDay[isoDate(midnight)], perDay, 'charged the day after'],
  ]);
}

/** Promise 2: a fifth of DynamoDB's replies lost after being applied. */
export async function raceWithLostReplies(
  bench: RunningBench,
  race: Race,
  seed: number,
): Promise<RaceResult> {
  const key = await newKey(bench);
  race.strike(loseReplies(0.2, seed));
  const calls = someCalls(200, race.workers.length, seed, () => 0);
  const tally = await race.chat(key, calls);
  race.strike(() => undefined);
  const { chargedByDay, open, settledBy } = await race.meterOf(key);
  return resultOf(tally, calls.length, [
    [tally.other.length, 0, 'answers that are neither 200, 401, 429 nor 503'],
    [tally.served.length <= perDay, true, 'served at most the plan'],
    [tally.modelCalls, tally.served.length, 'model calls'],
    [
      tally.served.filter(({ requestId }) => settledBy.has(requestId)).length,
      tally.served.length,
      'served and settled',
    ],
    [tally.refused.filter(({ requestId }) => settledBy.has(requestId)).length, 0, 'refused and settled'],
    [settledBy.size, tally.served.length, 'settled once each'],
    [open <= tally.ambiguous.length, true, 'charged without an answer, and owned up to'],
    [Object.values(chargedByDay).join(), String(tally.served.length + open), 'charged'],
  ]);
}

function resultOf(
  tally: Awaited<ReturnType<Race['chat']>>,
  calls: number,
  checks: [found: unknown, expected: unknown, what: string][],
): RaceResult {
  const wrong = checks.filter(([found, expected]) => found !== expected);
  return {
    calls,
    served: tally.served.length,
    refused: tally.refused.length,
    ambiguous: tally.ambiguous.length,
    wrong: wrong.map(([found, expected, what]) => `${what}: ${String(found)}, not ${String(expected)}`),
  };
}
