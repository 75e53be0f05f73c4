import type { KeyCounters } from '../../../core/keys/ports.ts';
import { world } from './world.ts';

const counters = (parts: Partial<KeyCounters> = {}): KeyCounters => ({
  usedByWindow: {},
  limits: { requestsPerDay: 10 },
  usagePlanId: 'id-of-Ten',
  ...parts,
});

test('a key whose metering item agrees with its plan is left alone', async () => {
  const all = world();
  all.addKey('ada', 'key_1');
  all.meters.set('gw-key_1', counters());
  expect((await all.reconcile()).actions).toEqual([]);
  expect(all.applied).toEqual([]);
});

test.each([
  ['number', counters({ limits: { requestsPerDay: 15 } })],
  ['limit that it had before', counters({ limits: { requestsPerDay: 10, requestsPerMinute: 5 } })],
  ['list of models', counters({ limits: { requestsPerDay: 10, models: ['nova-lite'] } })],
  ['usage plan', counters({ usagePlanId: 'gone' })],
  ['usage plan that it never knew', counters({ usagePlanId: undefined })],
])('a plan’s changed %s holds for its keys after the next pass', async (_what, before) => {
  const all = world();
  all.addKey('ada', 'key_1');
  all.meters.set('gw-key_1', before);
  expect((await all.reconcile()).actions).toEqual([{ kind: 'apply-plan', subject: 'key_1' }]);
  expect(all.applied).toMatchObject([
    { keyId: 'key_1', limits: { requestsPerDay: 10 }, usagePlanId: 'id-of-Ten' },
  ]);
});

test('a key keeps its own lower limits', async () => {
  const all = world();
  all.addKey('ada', 'key_1', { limits: { requestsPerDay: 3 } });
  all.meters.set('gw-key_1', counters());
  await all.reconcile();
  expect(all.applied).toMatchObject([{ limits: { requestsPerDay: 3 } }]);
});

test('a key that is being moved gets its limits with the move', async () => {
  const all = world();
  const planChange = { id: 'c', plan: 'twenty', slot: 1, startedAt: all.now() };
  all.addKey('ada', 'key_1', { planChange });
  all.meters.set('gw-key_1', counters({ limits: { requestsPerDay: 15 } }));
  await all.reconcile();
  expect(all.applied).toEqual([]);
});
