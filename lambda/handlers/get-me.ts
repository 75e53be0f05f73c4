import { callerFromClaims } from '../../core/accounts.ts';
import { mayUsePlan } from '../../core/plans.ts';
import { createDynamoUsers } from '../adapters/dynamo-users.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const users = createDynamoUsers(openTable(readEnvironment(tableEnvironment).TABLE_NAME));

/** GET /v1/me */
export const handler = jsonRoute({}, async ({ claims }) => {
  const caller = callerFromClaims(claims);
  const user = await users.ensure({ ...caller, createdAt: Date.now() });
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
      limits: { maxKeysPerPlan: Object.fromEntries(plans.map((plan) => [plan.name, plan.maxKeysPerPlan])) },
      createdAt: new Date(user.createdAt).toISOString(),
    },
  };
});
