import type { Plan } from '../../../../web/screens/keys/form/key-form.ts';
import type { Key } from '../../../../web/screens/keys/key.ts';
import { freePlans, holdersOf } from '../../../../web/screens/keys/plan/plan-places.ts';

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
