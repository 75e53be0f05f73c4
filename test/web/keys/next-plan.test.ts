import type { Key } from '../../../web/keys/key.ts';
import { nextPlan } from '../../../web/keys/next-plan.ts';
import type { Plan } from '../../../web/keys/plan-places.ts';

const plans = [30, 10, 20].map((requestsPerDay) => ({
  name: `${requestsPerDay}-per-day`,
  requestsPerDay,
  maxKeysPerPlan: 1,
})) as Plan[];
const key = (id: string, plan: string, requestsPerDay = Number.parseInt(plan, 10)) =>
  ({ id, plan, limits: { requestsPerDay } }) as Key;
const mine = key('key_mine', '10-per-day');

test('the next larger plan with a place left', () => {
  expect(nextPlan(mine, plans, undefined, [mine])?.name).toBe('20-per-day');
  expect(nextPlan(mine, plans, undefined, [mine, key('key_two', '20-per-day')])?.name).toBe('30-per-day');
  expect(nextPlan(mine, plans, ['10-per-day', '30-per-day'], [mine])?.name).toBe('30-per-day');
});

test('none where every larger one is taken, and none from the largest', () => {
  const others = [key('key_two', '20-per-day'), key('key_three', '30-per-day')];
  expect(nextPlan(mine, plans, undefined, [mine, ...others])).toBeUndefined();
  expect(nextPlan(key('key_big', '30-per-day'), plans, undefined, [])).toBeUndefined();
});

test('a limit of the key’s own would stay, so another plan is no help', () => {
  expect(nextPlan(key('key_mine', '10-per-day', 5), plans, undefined, [])).toBeUndefined();
});
