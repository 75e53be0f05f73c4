import { type Cell, runMatrix } from './matrix.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

/** In CI every fault at every call of every operation, and a failing rollback where the outcome is in doubt. */
const inCi = ({ kind, rollbackFails }: Cell): boolean => !rollbackFails || kind === 'lost';

test('whatever breaks at whichever call, after one pass of the reconciler there is a working key or nothing', async () => {
  const { results, broken } = await runMatrix(bench, process.env.DAYPASS_FAULT_SEEDS ? () => true : inCi);
  expect(broken).toEqual([]);
  for (const { calls, cells } of results) {
    expect(calls).toBeGreaterThan(3);
    expect(cells).toBeGreaterThanOrEqual(calls * 8);
  }
}, 600_000);
