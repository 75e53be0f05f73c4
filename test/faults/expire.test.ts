import { findPlan } from '../../core/plans.ts';
import type { FaultKind, SeenCall, Strike } from './aws-proxy.ts';
import type { Environment } from './functions.ts';
import { findFaults } from './inspect.ts';
import { reconcileOnce } from './matrix.ts';
import { type RunningBench, startBench } from './start-bench.ts';

const isLongRun = process.env.DAYPASS_FAULT_SEEDS !== undefined;
/** By default those that leave the outcome in doubt, as in matrix.test.ts. */
const kinds: readonly FaultKind[] = [
  'lost',
  'killed-after',
  ...(isLongRun ? (['error', 'throttle', 'killed-before', 'timeout'] as const) : []),
];

let bench: RunningBench;
let disturbed: Environment;
let clean: Environment;
beforeAll(async () => {
  bench = await startBench();
  disturbed = bench.functions.environment('disturbed');
  clean = bench.functions.environment('clean');
});
afterAll(() => bench.close());

const lane = () => bench.platform.proxy.lane('disturbed');
const usagePlanOf = (plan: string) => findPlan(bench.platform.catalog.plans, plan).usagePlanName;

/** A key past its time, one secret of it rotated away. */
async function expiredKey() {
  const { record } = await bench.workshop.create(await bench.platform.addUser(), { expiresIn: '10m' });
  const rotated = await bench.workshop.rotate(record, 3600);
  bench.platform.clock.moveTo(bench.platform.clock.offsetSeconds + 700);
  return rotated.record;
}

async function disturbedPass(strike?: Strike): Promise<readonly SeenCall[]> {
  lane().begin(strike, () => disturbed.kill());
  await disturbed.invoke('reconcile', {}, bench.platform.clock.offsetSeconds * 1000);
  const { calls } = lane();
  lane().begin();
  return calls;
}

/** Of the many reads of one kind the first stands for all. */
function distinct(calls: readonly SeenCall[]): SeenCall[] {
  const kindOf = ({ operation, detail }: SeenCall) => `${operation} ${detail.split('#')[0]}`;
  const repeats = new Set(['Query PENDING', 'Query LIVE', 'GetUsagePlans ', 'GetUsagePlanKeys ']);
  return calls.filter(
    (call, at) =>
      !repeats.has(kindOf(call)) || calls.findIndex((other) => kindOf(other) === kindOf(call)) === at,
  );
}

test('wherever the pass that expires a key breaks, the next one ends the key, which is refused throughout', async () => {
  await expiredKey();
  const calls = await disturbedPass();
  const chosen = isLongRun ? calls : distinct(calls);
  expect(chosen.length).toBeGreaterThan(7);
  const broken: string[] = [];
  for (const { number, operation, detail } of chosen) {
    for (const kind of kinds) {
      const record = await expiredKey();
      const tell = (text: string) => broken.push(`${operation} ${detail} × ${kind}: ${text}`);
      const seen = await disturbedPass((call) => (call.number === number ? kind : undefined));
      if (!seen.some((call) => call.number === number)) tell('the call was never made');
      const ids = [record.apiKeyId ?? '', record.previous?.apiKeyId ?? ''];
      for (const id of ids) {
        if ((await bench.workshop.charge(id)).outcome !== 'unknown_key')
          tell('an expired secret was charged');
      }
      await reconcileOnce(bench, clean);
      const snapshot = await bench.inspector.snapshot();
      for (const texts of findFaults(snapshot, usagePlanOf).values()) for (const text of texts) tell(text);
      if (snapshot.keys.length > 0) tell('API Gateway still has a key');
      const found = await bench.workshop.ports.records.find(record.userId, record.keyId);
      if (found?.status !== 'expired') tell(`the record says ${found?.status}`);
    }
  }
  expect(broken).toEqual([]);
}, 600_000);
