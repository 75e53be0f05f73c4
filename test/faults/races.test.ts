import { randomUUID } from 'node:crypto';
import { recordsIn } from './inspect.ts';
import { loseReplies, type Race, someCalls, startRace } from './race-runner.ts';
import { seedsFromEnvironment } from './random.ts';
import { type RunningBench, startBench } from './start-bench.ts';

const workerCount = 8;
const day = 86_400_000;
let bench: RunningBench;
let race: Race;

beforeAll(async () => {
  bench = await startBench();
  race = startRace(bench, workerCount);
});
beforeEach(() => race.strike(() => undefined));
afterAll(async () => {
  race.close();
  await bench.close();
});

const newKey = () => bench.workshop.create(randomUUID());
const dateAt = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString().slice(0, 10);
const now = () => 0;

test.each(seedsFromEnvironment(1))(
  'of 1,000 calls from 8 processes on a 10-per-day key exactly 10 reach the model (seed %i)',
  async (seed) => {
    const key = await newKey();
    const tally = await race.chat(key, someCalls(1000, workerCount, seed, now));
    expect(tally.other).toEqual([]);
    expect([tally.served.length, tally.modelCalls, tally.refused.length]).toEqual([10, 10, 990]);
    expect((await race.meterOf(key)).chargedByDay).toEqual({ [dateAt(0)]: 10 });
  },
);

test.each(seedsFromEnvironment(2))(
  'across midnight UTC, by clocks two seconds apart, each day has its ten and no more (seed %i)',
  async (seed) => {
    const key = await newKey();
    // Well past today, so that preparing the key leaves nothing in the days looked at.
    const midnight = (Math.floor(Date.now() / day) + 30) * day;
    await makeHistory(key.record.apiKeyId ?? '', midnight);
    const skews = Array.from(
      { length: workerCount },
      (_unused, at) => (at / (workerCount - 1)) * 4000 - 2000,
    );
    const calls = someCalls(400, workerCount, seed, (worker, random) => {
      const aroundMidnight = midnight - 1 + (random() - 0.5) * 1000;
      return aroundMidnight + (skews[worker] ?? 0) - Date.now();
    });
    // Calls come in the order of true time, as they would; the workers' clocks disagree on the date.
    const tally = await race.chat(key, calls);
    expect(tally.other).toEqual([]);
    const { chargedByDay } = await race.meterOf(key);
    const before = new Date(midnight - day).toISOString().slice(0, 10);
    const after = new Date(midnight).toISOString().slice(0, 10);
    expect([tally.served.length, tally.modelCalls]).toEqual([20, 20]);
    expect({ [before]: chargedByDay[before], [after]: chargedByDay[after] }).toEqual({
      [before]: 10,
      [after]: 10,
    });
  },
);

/** Counters of many past windows: enough that the metering item is tidied in passing. */
async function makeHistory(apiKeyId: string, midnight: number): Promise<void> {
  for (let ago = 2; ago < 12; ago += 1) {
    const charged = await bench.workshop.ports.meter.charge({
      apiKeyId,
      requestId: randomUUID(),
      now: midnight - ago * day,
    });
    expect(charged.outcome).toBe('charged');
  }
}

test.each(seedsFromEnvironment(3))(
  'with a fifth of DynamoDB’s replies lost nothing is charged twice, and what is charged was served or is owned up to (seed %i)',
  async (seed) => {
    const key = await newKey();
    race.strike(loseReplies(0.2, seed));
    const calls = someCalls(200, workerCount, seed, now);
    const tally = await race.chat(key, calls);
    race.strike(() => undefined);
    expect(tally.other).toEqual([]);
    const { chargedByDay, isCharged } = await race.meterOf(key);
    expect(tally.served.length).toBeLessThanOrEqual(10);
    expect(tally.modelCalls).toBe(tally.served.length);
    expect(tally.served.every(isCharged)).toBe(true);
    expect(tally.refused.filter(isCharged)).toEqual([]);
    const ambiguousCharged = tally.ambiguous.filter(isCharged).length;
    expect(chargedByDay).toEqual({ [dateAt(0)]: tally.served.length + ambiguousCharged });
  },
);

test('of 50 identical posts at once one makes a key, and the others are told that there is one', async () => {
  const userId = randomUUID();
  const outcomes = await race.create(userId, 50);
  const statuses = outcomes.map((outcome) => (outcome === 'killed' ? 'killed' : outcome.status));
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(49);
  const snapshot = await bench.inspector.snapshot();
  expect(recordsIn(snapshot).filter((record) => record.userId === userId)).toHaveLength(1);
  expect(snapshot.keys.filter((key) => key.userId === userId)).toHaveLength(1);
});

test('of 50 posts at once with one Idempotency-Key all tell the same key or that it is being made', async () => {
  const userId = randomUUID();
  const outcomes = await race.create(userId, 50, { 'Idempotency-Key': 'click' });
  const values = new Set<unknown>();
  for (const outcome of outcomes) {
    if (outcome === 'killed') throw new Error('killed');
    if (outcome.status === 201) values.add(outcome.body.key);
    else expect(outcome).toMatchObject({ status: 409, body: { error: { code: 'idempotency_busy' } } });
  }
  expect(values.size).toBe(1);
  const snapshot = await bench.inspector.snapshot();
  expect(snapshot.keys.filter((key) => key.userId === userId)).toHaveLength(1);
});

test.each([false, true])(
  'after a revocation’s answer none of 1,000 calls is charged (DeleteApiKey failing: %s)',
  async (deletionFails) => {
    const key = await newKey();
    if (deletionFails) {
      race.strike(
        () =>
          ({ operation }) =>
            operation === 'DeleteApiKey' ? 'error' : undefined,
      );
    }
    const early = race.chat(key, someCalls(20, workerCount, 1, now));
    expect(await race.revoke(key)).toMatchObject({ status: 200 });
    const tally = await race.chat(key, someCalls(1000, workerCount, 2, now));
    expect((await early).other).toEqual([]);
    expect(tally.served).toEqual([]);
    expect(tally.unknownKey).toHaveLength(1000);
  },
);
