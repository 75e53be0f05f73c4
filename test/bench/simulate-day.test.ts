import { createKeyRetries } from '../../bench/aws-figures.ts';
import { main } from '../../bench/simulate-day.ts';
import { type Day, simulateDay } from '../../bench/simulation/day.ts';
import { simulateKeyCreation } from '../../bench/simulation/key-creation.ts';
import { createRandom } from '../../bench/simulation/random.ts';
import { emptySeries, spreadOf, sumOf } from '../../bench/simulation/series.ts';
import { type DaySettings, defaultSettings } from '../../bench/simulation/settings.ts';
import { renderDay } from '../../bench/simulation/tables.ts';
import { spreadOverShards, throttledWrites } from '../../bench/simulation/throttles.ts';

const settings: DaySettings = { ...defaultSettings, users: 10_000 };
let day: Day;

beforeAll(() => {
  day = simulateDay(settings);
});

test('every call is served or refused, once', () => {
  const { calls, served, refused, refunded } = day.demand;
  expect(calls).toBeGreaterThan(10_000);
  expect(served + refused + refunded).toBe(calls);
  expect(sumOf(day.demand.callsPerSecond)).toBe(calls);
  for (const account of day.accounts) {
    const refusals = Object.values(account.day.refused).reduce((sum, count) => sum + count, 0);
    expect(account.day.served + refusals).toBe(account.day.calls);
    expect(account.day.calls).toBe(calls);
  }
});

test('write units are those of the meter: one for each call and one for each end, and the rest', () => {
  const { calls, served, refused, refunded, writes, ceilingWrites, partitions } = day.demand;
  expect(sumOf(writes.gate)).toBe(calls);
  expect(sumOf(writes.settle)).toBe(served);
  expect(sumOf(writes.ledger)).toBe(2 * (served + refunded));
  expect(sumOf(writes.refund)).toBe(refunded);
  expect(sumOf(writes.refusal)).toBe(refused);
  // With the first call of nearly every active user.
  const firsts = sumOf(writes.moveDay) / 4;
  expect(firsts).toBeLessThanOrEqual(settings.users * settings.activeShare);
  expect(firsts).toBeGreaterThan(0.95 * settings.users * settings.activeShare);
  expect(sumOf(writes.keys)).toBe(20 * day.creation.made);
  expect(sumOf(ceilingWrites)).toBe(2 * calls);
  const table = Object.values(writes).reduce((sum, series) => sum + sumOf(series), 0);
  expect(partitions.reduce((sum, series) => sum + sumOf(series), 0)).toBe(table);
});

test('every function that starts ends', () => {
  expect(Math.min(...day.demand.running)).toBeGreaterThanOrEqual(0);
  const { streamSeconds } = day.demand.totals;
  // Ends are rounded up to whole seconds, half a second on average.
  expect(sumOf(day.demand.running)).toBeGreaterThan(streamSeconds);
  expect(sumOf(day.demand.running)).toBeLessThan(streamSeconds + day.demand.served);
});

test('nobody is served past the plan', () => {
  const eager = simulateDay({
    ...settings,
    users: 2_000,
    failedShare: 0,
    plans: [{ requestsPerDay: 1, share: 1, meanAttempts: 50 }],
  });
  expect(eager.demand.served).toBe(500);
  expect(eager.accounts.every((account) => account.day.served <= 500)).toBe(true);
});

test('the same seed gives the same day, another seed another', () => {
  const dayOf = (seed: number) => {
    const small = { ...settings, users: 1_000, seed };
    return renderDay(small, simulateDay(small)).replace(/seed \d+/, '');
  };
  expect(dayOf(1)).toBe(dayOf(1));
  expect(dayOf(2)).not.toBe(dayOf(1));
});

test('a counter on one item throttles where sixteen do not', () => {
  const writes = emptySeries();
  writes.fill(2_500, 100, 110);
  const on = (shards: number) => throttledWrites(spreadOverShards(writes, shards, createRandom(1)), 1_000);
  expect(on(1)).toEqual({ writes: 15_000, seconds: 10 });
  expect(on(16)).toEqual({ writes: 0, seconds: 0 });
});

test('in a day with a rush, the ceiling’s one item refuses calls that sixteen let through', () => {
  const rush = simulateDay({ ...settings, users: 25_000, scheduledShare: 1, activeShare: 1 });
  const [, , one, many] = rush.accounts;
  expect(rush.ceiling[0]?.throttled.writes).toBeGreaterThan(0);
  expect(rush.ceiling[1]?.throttled.writes).toBe(0);
  expect(one?.day.refused['ceiling item']).toBeGreaterThan(0);
  expect(many?.day.refused['ceiling item']).toBe(0);
});

test('sharding neither loses nor invents a write', () => {
  const writes = emptySeries();
  for (let second = 0; second < 500; second += 1) writes[second] = second;
  const spread = spreadOverShards(writes, 7, createRandom(3));
  expect(spread.reduce((sum, shard) => sum + sumOf(shard), 0)).toBe(sumOf(writes));
});

describe('keys at API Gateway’s 5 a second', () => {
  const limits = { createApiKeyPerSecond: 5, ...createKeyRetries };

  test('everybody who wants one gets one or gives up', () => {
    const { wanted, made, gaveUp, madeAt } = day.creation;
    expect(made + gaveUp).toBe(wanted);
    expect(madeAt).toHaveLength(made);
  });

  test('no second makes more than the bucket holds', () => {
    const crowd = { ...settings, users: 300_000, announcement: { share: 1, hour: 9, minutes: 2 } };
    const { madeAt, answers503, gaveUp } = simulateKeyCreation(crowd, limits, createRandom(1));
    const perSecond = new Map<number, number>();
    for (const at of madeAt) perSecond.set(Math.floor(at), (perSecond.get(Math.floor(at)) ?? 0) + 1);
    // A full bucket may empty while the next second's five flow in.
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(10);
    const [first = 0, last = 0] = [madeAt[0], madeAt.at(-1)];
    expect(madeAt.length).toBeLessThanOrEqual(5 + 5 * (last - first));
    expect(answers503).toBeGreaterThan(0);
    expect(gaveUp).toBeGreaterThan(0);
  });

  test('a quiet day makes nobody wait', () => {
    const quiet = { ...settings, users: 1_000, announcement: { share: 0, hour: 9, minutes: 2 } };
    const { waitSeconds, answers503 } = simulateKeyCreation(quiet, limits, createRandom(1));
    expect([waitSeconds.max, answers503]).toEqual([0, 0]);
  });
});

test('percentiles are values of the series', () => {
  expect(spreadOf(Array.from({ length: 100 }, (_, index) => index + 1))).toEqual({
    p50: 51,
    p95: 96,
    max: 100,
  });
});

describe('the command', () => {
  const run = (...args: string[]) => {
    let printed = '';
    const code = main(args, (text) => {
      printed += text;
    });
    return { code, printed };
  };

  test('prints its tables', () => {
    const { code, printed } = run('--users', '2000', '--seed', '7', '--ceiling', '8');
    expect(code).toBe(0);
    for (const title of ['What breaks first', 'Throttled write units', 'Keys made', 'Cost of the day']) {
      expect(printed).toContain(`### ${title}`);
    }
    expect(printed).toContain('ceiling’s requests on 8 items');
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('explains itself', () => {
    expect(run('--help')).toMatchObject({ code: 0, printed: expect.stringContaining('--users N') });
  });

  test.each([
    ['--users', 'many'],
    ['--users', '0'],
    ['--users', '1.5'],
    ['--active', '2'],
    ['--unknown', '1'],
  ])('says what is wrong with %s %s', (...args) => {
    const { code, printed } = run(...args);
    expect(code).toBe(2);
    expect(printed).toContain(args[0]);
  });
});
