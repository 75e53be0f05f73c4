import { type Cell, runMatrix } from './matrix.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

/**
 * By default the faults that leave the outcome in doubt, at every call of every operation: the change is made, and its
 * answer never comes, or nobody is left to take it. long-run.ts has them all.
 */
const leavesDoubt = ({ kind }: Cell): boolean => kind === 'lost' || kind === 'killed-after';

test('whatever breaks at any call, one pass of the reconciler leaves a working key or nothing', async () => {
  const { results, broken } = await runMatrix(
    bench,
    process.env.DAYPASS_FAULT_SEEDS ? () => true : leavesDoubt,
  );
  expect(broken).toEqual([]);
  for (const { calls, cells } of results) {
    expect(calls).toBeGreaterThan(3);
    expect(cells).toBeGreaterThanOrEqual(calls * 2);
  }
}, 600_000);
