import type { UserRecord } from '../../../core/accounts/ports.ts';
import { accountDeleted, type Caller } from '../../../core/accounts/users.ts';
import { describeSubscription } from '../../../core/billing/subscriptions.ts';
import { meBody } from '../../../core/contract/account-requests.ts';
import type { accountRoutes } from '../../../core/contract/accounts.ts';
import { DaypassError } from '../../../core/errors.ts';
import { personOf } from '../../../core/keys/places.ts';
import { describeUserRequests, describeUserWindow, userLimits } from '../../../core/metering/user-limits.ts';
import { mayUsePlan } from '../../../core/plans.ts';
import { openUsers } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import type { ApiAnswer } from '../../http/api-request.ts';
import { byRoute } from '../../http/by-route.ts';
import { userRoute } from '../../http/user-route.ts';

const { ends, users, standingsOf, changeSpendWarnings } = openUsers();
const { perUser } = catalog.limits;

async function describeMe(caller: Caller): Promise<ApiAnswer> {
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
      spendWarnings: catalog.mail === undefined ? null : (user.spendWarnings ?? false),
      createdAt: new Date(user.createdAt).toISOString(),
    },
  };
}

export const handler = byRoute<Pick<typeof accountRoutes, 'getMe' | 'updateMe'>>({
  'GET /v1/me': userRoute(ends, { allowSuspended: true }, (_request, caller) => describeMe(caller)),
  'PATCH /v1/me': userRoute(ends, { body: meBody }, async ({ body }, caller) => {
    if (body.spendWarnings && catalog.mail === undefined) {
      throw new DaypassError('invalid_request', 'This deployment sends no mail, so it can’t send warnings.', {
        param: 'spendWarnings',
      });
    }
    await users.ensure({ ...caller, createdAt: Date.now() });
    if (!(await changeSpendWarnings(caller.userId, body.spendWarnings))) throw accountDeleted();
    return describeMe(caller);
  }),
});

function describeBilling({ billing }: UserRecord) {
  if (catalog.billing === undefined) return null;
  return {
    hasCustomer: billing !== undefined,
    subscriptions: (billing?.subscriptions ?? []).map((one) => describeSubscription(catalog.plans, one)),
  };
}
