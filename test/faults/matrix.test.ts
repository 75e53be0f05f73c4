import { type Cell, runMatrix } from './matrix.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const reads = /^(Get|BatchGet|Query|Decrypt|Encrypt|GenerateDataKey)/;

/**
 * By default the faults that leave the outcome in doubt, at every call that changes something: the change is made, and its
 * answer never comes, or nobody is left to take it. long-run.ts has them all.
 */
const leavesDoubt = ({ kind, at: { operation } }: Cell): boolean =>
  (kind === 'lost' || kind === 'killed-after') && !reads.test(operation);

test('whatever breaks at any call, one pass of the reconciler leaves a working key or nothing, a message for one reader, and no call charged twice or not at all', async () => {
  const { results, broken } = await runMatrix(
    bench,
    process.env.DAYPASS_FAULT_SEEDS ? () => true : leavesDoubt,
  );
  expect(broken).toEqual([]);
  for (const { operation, calls, cells } of results) {
    expect([operation, calls]).toEqual([operation, expect.any(Number)]);
    expect([operation, cells > 1]).toEqual([operation, !/^(look|list)/.test(operation)]);
  }
}, 600_000);
