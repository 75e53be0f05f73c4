import type { UserRecord } from '../../../core/accounts/ports.ts';
import { describeSubscription } from '../../../core/billing/subscriptions.ts';
import { personOf } from '../../../core/keys/places.ts';
import { describeUserRequests, describeUserWindow, userLimits } from '../../../core/metering/user-limits.ts';
import { mayUsePlan } from '../../../core/plans.ts';
import { openUsers } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { userRoute } from '../../http/user-route.ts';

const { ends, users, standingsOf } = openUsers();
const { perUser } = catalog.limits;

/** GET /v1/me */
export const handler = userRoute(ends, { allowSuspended: true }, async (_request, caller) => {
  const now = Date.now();
  const user = await users.ensure({ ...caller, createdAt: now });
  const limits = userLimits(perUser, user.limits);
  const standings = await standingsOf(limits, personOf(user.email), now);
  const windows = standings.map(describeUserWindow);
  const plans = catalog.plans.filter((plan) => mayUsePlan(plan, user, now));
  return {
    status: 200,
    body: {
      id: user.userId,
      email: user.email,
      emailVerified: caller.emailVerified,
      groups: caller.groups,
      status: user.status,
      plans: plans.map((plan) => plan.name),
      limits: {
        maxKeysPerPlan: Object.fromEntries(plans.map((plan) => [plan.name, plan.maxKeysPerPlan])),
        allKeys: describeUserRequests(limits),
        spend: windows.flatMap(({ unit, ...window }) => (unit === 'dollars' ? [window] : [])),
        windows,
      },
      billing: describeBilling(user),
      createdAt: new Date(user.createdAt).toISOString(),
    },
  };
});

function describeBilling({ billing }: UserRecord) {
  if (catalog.billing === undefined) return null;
  return {
    hasCustomer: billing !== undefined,
    subscriptions: (billing?.subscriptions ?? []).map((one) => describeSubscription(catalog.plans, one)),
  };
}
