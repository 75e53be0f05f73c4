import { type FencePorts, liftFence, liftTo } from '../../../core/metering/fence.ts';
import { somePlan } from '../plan-fixture.ts';
import { someFence } from './fence-fixture.ts';

const plans = [somePlan({ name: '10-per-day', requestsPerDay: 10 })];

test.each([
  ['an open fence is not lifted', { counted: 9, left: 3 }, false, undefined],
  [
    'a fence closed by refusals is opened for what is left plus the plan’s limit',
    { counted: 10, left: 3 },
    false,
    13,
  ],
  ['a fence lifted before is closed at its new count', { counted: 23, room: 23, left: 1 }, false, 11],
  ['the last charge opens the fence for three more calls', { counted: 10, left: 0 }, true, 3],
  ['the last charge of a day with few refusals opens it too', { counted: 22, room: 23, left: 0 }, true, 3],
  [
    'the last charge does not lift a fence that is open far enough',
    { counted: 15, room: 23, left: 0 },
    true,
    undefined,
  ],
  ['a refusal after the last charge does not lift it', { counted: 10, left: 0 }, false, undefined],
  ['after ten lifts it is not lifted again', { counted: 10, left: 3, lifts: 10 }, false, undefined],
  ['the fence of a removed plan is not lifted', { counted: 10, left: 3, plan: 'gone' }, false, undefined],
])('%s', (_what, parts, isLast, expected) => {
  expect(liftTo(plans, { ...someFence, ...parts }, isLast)).toBe(expected);
});

function world(parts: Partial<{ claimed: boolean; fails: boolean }> = {}) {
  const done: string[] = [];
  const ports: FencePorts = {
    plans,
    meter: {
      claimLift: async (_standing, remaining) => {
        done.push(`claim ${remaining}`);
        return parts.claimed ?? true;
      },
      recordFailedLift: async () => void done.push('drop'),
    },
    fence: {
      setRemaining: async (planId, keyId, remaining) => {
        if (parts.fails) throw new Error('throttled');
        done.push(`set ${planId} ${keyId} ${remaining}`);
      },
    },
    onMeterFailed: (step) => void done.push(`failed ${step}`),
  };
  return { ports, done };
}
const closed = { ...someFence, counted: 10, left: 2 };

test('a lift is claimed in the table before API Gateway is asked', async () => {
  const { ports, done } = world();
  await liftFence(ports, closed);
  expect(done).toEqual(['claim 12', 'set plan1 k1 12']);
});

test('a lift that another call has claimed is not made again', async () => {
  const { ports, done } = world({ claimed: false });
  await liftFence(ports, closed);
  expect(done).toEqual(['claim 12']);
});

test('a throttled control plane costs the lift and nothing else', async () => {
  const { ports, done } = world({ fails: true });
  await liftFence(ports, closed);
  expect(done).toEqual(['claim 12', 'drop', 'failed lift']);
});

test('a key whose plan in API Gateway is unknown is left alone', async () => {
  const { ports, done } = world();
  await liftFence(ports, { ...closed, usagePlanId: undefined });
  await liftFence(ports, undefined);
  expect(done).toEqual([]);
});
