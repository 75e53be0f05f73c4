import { describeRequests } from '../../../core/keys/key-limits.ts';
import { personOf } from '../../../core/keys/places.ts';
import { describeSpend } from '../../../core/metering/user-spend.ts';
import { mayUsePlan } from '../../../core/plans.ts';
import { openUsers } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { userRoute } from '../../http/user-route.ts';

const { ends, users, spendOf } = openUsers();
const { perUser } = catalog.limits;

/** GET /v1/me */
export const handler = userRoute(ends, { allowSuspended: true }, async (_request, caller) => {
  const now = Date.now();
  const user = await users.ensure({ ...caller, createdAt: now });
  const spend = await spendOf(personOf(user.email), now);
  const plans = catalog.plans.filter((plan) => mayUsePlan(plan, user.allowedPlans));
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
        allKeys: perUser === undefined ? null : describeRequests(perUser),
        spend: spend.map(describeSpend),
      },
      createdAt: new Date(user.createdAt).toISOString(),
    },
  };
});
