import type { Key } from '../../../../web/keys/key.ts';
import { fitOf, freePlans, holdersOf, type Plan } from '../../../../web/keys/plan-places.ts';

const plan = (name: string, maxKeysPerPlan = 1) => ({ name, maxKeysPerPlan }) as Plan;
const keyOn = (name: string) => ({ plan: name }) as Key;

test('a plan is full when live keys hold all of its places', () => {
  const keys = [keyOn('a'), keyOn('b')];
  expect(holdersOf(plan('a'), keys)).toEqual([keyOn('a')]);
  expect(holdersOf(plan('a', 2), keys)).toEqual([]);
  expect(holdersOf(plan('c'), keys)).toEqual([]);
});

test('a plan is free for users who may choose it and have a place left', () => {
  const plans = [plan('a'), plan('b'), plan('c')];
  expect(freePlans(plans, ['a', 'b'], [keyOn('a')])).toEqual([plan('b')]);
  expect(freePlans(plans, undefined, [])).toEqual(plans);
});

test('a plan says what it is good for, by its place among the others', () => {
  const plans = [10, 20, 30].map((requestsPerDay) => ({ ...plan('a'), requestsPerDay }));
  const words = plans.map((one) => fitOf(one, plans));
  expect(new Set(words).size).toBe(3);
  expect(words[0]).toContain('trying');
  expect(plans.slice(0, 1).map((one) => fitOf(one, [one]))).toEqual(['']);
});
