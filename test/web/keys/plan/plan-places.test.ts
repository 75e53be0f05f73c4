import type { Plan } from '../../../../web/screens/keys/create/create-key-form.ts';
import type { Key } from '../../../../web/screens/keys/key.ts';
import { freePlans, holdersOf } from '../../../../web/screens/keys/plan/plan-places.ts';

const plan = (name: string, maxKeysPerPlan = 1) => ({ name, maxKeysPerPlan }) as Plan;
const keyOn = (name: string) => ({ plan: name }) as Key;

test('a plan is full when as many keys live on it as it has places', () => {
  const keys = [keyOn('a'), keyOn('b')];
  expect(holdersOf(plan('a'), keys)).toEqual([keyOn('a')]);
  expect(holdersOf(plan('a', 2), keys)).toEqual([]);
  expect(holdersOf(plan('c'), keys)).toEqual([]);
});

test('a plan is free for whoever may use it and has a place left on it', () => {
  const plans = [plan('a'), plan('b'), plan('c')];
  expect(freePlans(plans, ['a', 'b'], [keyOn('a')])).toEqual([plan('b')]);
  expect(freePlans(plans, undefined, [])).toEqual(plans);
});
