import { byField, limitRows } from '../../../core/metering/windows.ts';
import { nextPlan } from '../../../web/keys/next-plan.ts';

const limits = (requestsPerDay: number | null) => ({
  ...byField(limitRows, () => null),
  requestsPerDay,
  perClient: null,
});
const plan = (name: string, requestsPerDay: number | null, maxKeysPerPlan = 1) => ({
  ...byField(limitRows, () => null),
  name,
  // The contract has no null here; the plan without limits says the most a number can.
  requestsPerDay: requestsPerDay ?? Number.MAX_SAFE_INTEGER,
  maxKeysPerPlan,
});
const key = (
  id: string,
  planName: string,
  requestsPerDay: number | null,
  status: 'active' | 'revoked' = 'active',
) => ({
  id,
  plan: planName,
  status,
  limits: limits(requestsPerDay),
});
const plans = [plan('30-per-day', 30), plan('10-per-day', 10), plan('20-per-day', 20)];
const mine = key('key_a', '10-per-day', 10);
const all = plans.map(({ name }) => name);
const facts = { key: mine, keys: [mine], plans, allowed: all, field: 'requestsPerDay' as const };

test('the next larger plan is offered', () => {
  expect(nextPlan(facts)?.name).toBe('20-per-day');
});

test('a plan that the user may not have, or whose places are taken, is passed over', () => {
  expect(nextPlan({ ...facts, allowed: ['10-per-day', '30-per-day'] })?.name).toBe('30-per-day');
  const other = key('key_b', '20-per-day', 20);
  expect(nextPlan({ ...facts, keys: [mine, other] })?.name).toBe('30-per-day');
  const ended = key('key_b', '20-per-day', 20, 'revoked');
  expect(nextPlan({ ...facts, keys: [mine, ended] })?.name).toBe('20-per-day');
});

test('no plan helps a key on the largest one, or with a lower limit of its own', () => {
  expect(nextPlan({ ...facts, key: key('key_a', '30-per-day', 30) })).toBeUndefined();
  expect(nextPlan({ ...facts, key: key('key_a', '10-per-day', 5) })).toBeUndefined();
});

test('a plan with the same limit is no way out', () => {
  expect(nextPlan({ ...facts, field: 'tokensPerDay' })).toBeUndefined();
});
