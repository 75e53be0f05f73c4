import type { Key } from '../../../../web/keys/key.ts';
import type { Plan } from '../../../../web/keys/plan-places.ts';
import { editKeySchema, formOfKey } from '../../../../web/screens/keys/change/edit-key-form.ts';
import type { KeyForm } from '../../../../web/screens/keys/form/key-form.ts';

const now = Date.parse('2026-11-22T14:30:00Z');
const noLimits = {
  requestsPerMinute: null,
  requestsPerHour: null,
  requestsPerDay: 10,
  requestsPerWeek: null,
  requestsPerMonth: null,
  tokensPerDay: 1000,
  spendPerDay: null,
  spendPerMonth: null,
};
const plan: Plan = {
  ...noLimits,
  name: '10-per-day',
  models: ['nova-lite', 'nova-micro'],
  maxKeysPerPlan: 1,
  price: 'Free',
  selfService: true,
  stripePriceId: null,
};
const key = {
  name: 'laptop',
  plan: plan.name,
  expiresAt: null,
  limits: { ...noLimits, requestsPerMinute: 3, perClient: null },
  models: ['nova-micro', 'nova-lite'],
  allowedHosts: ['app.example.com'],
  requiresProviderKey: false,
} as unknown as Key;

const before = formOfKey(key, plan);
const read = (change: Partial<KeyForm>, of = before) =>
  editKeySchema([plan], of, () => now).safeParse({ ...of, ...change });
const limitsWith = (change: Partial<KeyForm['limits']>) => ({ limits: { ...before.limits, ...change } });

test('what the plan says anyway is not the key’s own', () => {
  expect(before).toMatchObject({ models: [], expiry: 'never', allowedHosts: 'app.example.com' });
  expect(before.limits).toMatchObject({ requestsPerMinute: '3', requestsPerDay: '', tokensPerDay: '' });
});

test('without a change, name and plan alone are sent', () => {
  expect(read({}).data).toEqual({ name: 'laptop', plan: '10-per-day' });
});

test('limits are sent together, so that none is lost', () => {
  expect(read(limitsWith({ spendPerDay: '2.5' })).data?.limits).toEqual({
    requestsPerMinute: 3,
    spendPerDay: 2.5,
  });
});

test('what is emptied is null: the plan’s alone', () => {
  const emptied = read({ ...limitsWith({ requestsPerMinute: '' }), allowedHosts: ' ' }).data;
  expect(emptied).toMatchObject({ limits: null, allowedHosts: null });
});

test('an expiry is kept, taken away or set anew', () => {
  const expiring = formOfKey({ ...key, expiresAt: '2026-12-24T00:00:00.000Z' }, plan);
  expect(expiring.expiry).toBe('keep');
  expect(read({}, expiring).data).not.toHaveProperty('expiresIn');
  expect(read({ expiry: 'never' }, expiring).data?.expiresIn).toBeNull();
  expect(read({ expiry: '30d' }, expiring).data?.expiresIn).toBe('30d');
  expect(read({ expiry: '7d' }).data?.expiresIn).toBe('7d');
});

test('a limit above the plan’s is refused at its field', () => {
  expect(read(limitsWith({ requestsPerDay: '11' })).error?.issues).toMatchObject([
    { path: ['limits', 'requestsPerDay'], message: 'must be at most 10, as the plan allows' },
  ]);
});

test('a required provider key is sent if it changes', () => {
  expect(read({ requiresProviderKey: true }).data?.requiresProviderKey).toBe(true);
});
