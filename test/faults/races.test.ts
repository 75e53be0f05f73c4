import { randomUUID } from 'node:crypto';
import { recordsIn } from './inspect.ts';
import { raceAcrossMidnight, raceForTheDay, raceWithLostReplies } from './race-checks.ts';
import { type Race, raceWorkers, someCalls, startRace } from './race-runner.ts';
import { seedsFromEnvironment } from './random.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
let race: Race;

beforeAll(async () => {
  bench = await startBench();
  race = startRace(bench);
});
beforeEach(() => race.strike(() => undefined));
afterAll(async () => {
  race.close();
  await bench.close();
});

const newKey = () => bench.workshop.create(randomUUID());
const now = () => 0;

test.each(seedsFromEnvironment(1))(
  `of 1,000 calls from ${raceWorkers} processes on a 10-per-day key, exactly 10 reach the model (seed %i)`,
  async (seed) => {
    expect((await raceForTheDay(bench, race, seed, 1000)).wrong).toEqual([]);
  },
);

test.each(seedsFromEnvironment(2))(
  'across midnight UTC, with clocks two seconds apart, each day has its ten and no more (seed %i)',
  async (seed) => {
    expect((await raceAcrossMidnight(bench, race, seed)).wrong).toEqual([]);
  },
);

test.each(seedsFromEnvironment(3))(
  'with a fifth of DynamoDB’s replies lost nothing is charged twice, and each charge was served or is reported (seed %i)',
  async (seed) => {
    expect((await raceWithLostReplies(bench, race, seed)).wrong).toEqual([]);
  },
);

test('of 50 identical posts at once one makes a key, and the others are refused with 409', async () => {
  const userId = randomUUID();
  const outcomes = await race.create(userId, 50);
  const statuses = outcomes.map((outcome) => (outcome === 'killed' ? 'killed' : outcome.status));
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(49);
  const snapshot = await bench.inspector.snapshot();
  expect(recordsIn(snapshot).filter((record) => record.userId === userId)).toHaveLength(1);
  expect(snapshot.keys.filter((key) => key.userId === userId)).toHaveLength(1);
});

test('of 50 posts at once with one Idempotency-Key all answer the same key or that it is being made', async () => {
  const userId = randomUUID();
  const outcomes = await race.create(userId, 50, { 'Idempotency-Key': 'click' });
  const secrets = new Set<unknown>();
  for (const outcome of outcomes) {
    if (outcome === 'killed') throw new Error('killed');
    if (outcome.status === 201) secrets.add(outcome.body.key);
    else expect(outcome).toMatchObject({ status: 409, body: { error: { code: 'idempotency_busy' } } });
  }
  expect(secrets.size).toBe(1);
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
    const early = race.chat(key, someCalls(20, raceWorkers, 1, now));
    expect(await race.revoke(key)).toMatchObject({ status: 200 });
    const tally = await race.chat(key, someCalls(1000, raceWorkers, 2, now));
    expect((await early).other).toEqual([]);
    expect(tally.served).toEqual([]);
    expect(tally.unknownKey).toHaveLength(1000);
  },
);
