import { requireWithinPlan } from '../../core/keys/key-limits.ts';
import { mayUsePlan, type PlanUser, unlimitedPlan } from '../../core/plans.ts';
import { somePlan } from './plan-fixture.ts';

const plans = [
  somePlan({ name: 'everyone' }),
  somePlan({ name: 'by-admin', selfService: false }),
  somePlan({ name: 'staff', for: { domains: ['example.com', 'example.org'], groups: ['staff'] } }),
  somePlan({ name: 'team', for: { groups: ['team'] } }),
  unlimitedPlan,
];
const of = (user: PlanUser) => {
  const whole = { email: 'ada@else.com', emailVerified: true, groups: [], ...user };
  return plans.filter((plan) => mayUsePlan(plan, whole, 0)).map(({ name }) => name);
};

test.each<[string, PlanUser, string[]]>([
  ['anyone', {}, ['everyone']],
  ['an address of a domain', { email: 'Ada@Example.ORG' }, ['everyone', 'staff']],
  [
    'an address of a domain that is not proven',
    { email: 'ada@example.com', emailVerified: false },
    ['everyone'],
  ],
  ['an address of a domain below it', { email: 'ada@evil.example.com' }, ['everyone']],
  ['an address that only holds the domain', { email: 'example.com@else.com' }, ['everyone']],
  ['a member of a group', { groups: ['staff'] }, ['everyone', 'staff']],
  ['a member of two groups', { groups: ['team', 'staff'] }, ['everyone', 'staff', 'team']],
  ['a member of a group of a similar name', { groups: ['staff2', 'Staff'] }, ['everyone']],
  ['an admin', { groups: ['admins'] }, ['everyone', 'unlimited']],
  ['an admin with a list of their own', { groups: ['admins'], allowedPlans: ['everyone'] }, ['everyone']],
  ['whom an admin gave plans', { allowedPlans: ['by-admin', 'unlimited'] }, ['by-admin', 'unlimited']],
  ['whom an admin gave none', { email: 'ada@example.com', allowedPlans: [] }, []],
])('%s may have', (_who, user, expected) => {
  expect(of(user)).toEqual(expected);
});

test('a key on unlimited takes no limits of its own, since it would ignore them', () => {
  expect(() => requireWithinPlan(unlimitedPlan, { requestsPerDay: 1 })).toThrow(/ignores every limit/);
  expect(() => requireWithinPlan(unlimitedPlan, undefined)).not.toThrow();
});
