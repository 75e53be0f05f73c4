import type { UserRecord } from '../../../core/accounts/ports.ts';
import { accountDeleted, type Caller } from '../../../core/accounts/users.ts';
import { describeSubscription } from '../../../core/billing/subscriptions.ts';
import { meBody } from '../../../core/contract/accounts/account-requests.ts';
import type { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import {
  feedbackBody,
  type feedbackRoutes,
  mostFeedbackCharacters,
} from '../../../core/contract/feedback.ts';
import { DaypassError } from '../../../core/errors.ts';
import { sendFeedback } from '../../../core/feedback/send-feedback.ts';
import { personOf } from '../../../core/keys/places.ts';
import { describeUserRequests, describeUserWindow, userLimits } from '../../../core/metering/user-limits.ts';
import { mayUsePlan } from '../../../core/plans.ts';
import { openUsers } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import type { ApiAnswer } from '../../http/api-request.ts';
import { byRoute } from '../../http/by-route.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openUsers();
const { ends, users, standingsOf, changeSpendWarnings } = ports;
/** JSON may write a character as `\u0001`, six bytes for one. */
const bodyLimits = { maxBytes: 6 * mostFeedbackCharacters + 1024, maxDepth: 2 };
const { perUser } = catalog.limits;

/** A dormant account is opened again by a login after it was closed; the reconciler lets its keys in. */
async function reopened(user: UserRecord, claims: Record<string, unknown> | undefined, now: number) {
  const { status, closedBecause, closedAt = 0 } = user;
  const isBack = Number(claims?.auth_time) * 1000 > closedAt;
  if (status !== 'suspended' || closedBecause !== 'dormant' || !isBack) return user;
  await users.reopen(user.userId, now);
  return users.ensure({ ...user, createdAt: now });
}

async function describeMe(caller: Caller, claims: Record<string, unknown> | undefined): Promise<ApiAnswer> {
  const now = Date.now();
  const user = await reopened(await users.ensure({ ...caller, createdAt: now }), claims, now);
  const limits = userLimits(perUser, user.limits);
  const standings = await standingsOf(limits, personOf(user.email), now);
  const windows = standings.map(describeUserWindow);
  const plans = catalog.plans.filter((plan) => mayUsePlan(plan, { ...caller, ...user }, now));
  return {
    status: 200,
    body: {
      id: user.userId,
      email: user.email,
      emailVerified: caller.emailVerified,
      groups: caller.groups,
      status: (user.endsAt ?? Number.POSITIVE_INFINITY) <= now ? 'suspended' : user.status,
      endsAt: user.endsAt === undefined ? null : new Date(user.endsAt).toISOString(),
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

export const handler = byRoute<Pick<typeof accountRoutes, 'getMe' | 'updateMe'> & typeof feedbackRoutes>({
  'GET /v1/me': userRoute(ends, { allowSuspended: true }, ({ claims }, caller) => describeMe(caller, claims)),
  'PATCH /v1/me': userRoute(ends, { body: meBody }, async ({ body, claims }, caller) => {
    if (body.spendWarnings && catalog.mail === undefined) {
      throw new DaypassError('invalid_request', 'This deployment sends no mail, so it can’t send warnings.', {
        param: 'spendWarnings',
      });
    }
    await users.ensure({ ...caller, createdAt: Date.now() });
    if (!(await changeSpendWarnings(caller.userId, body.spendWarnings))) throw accountDeleted();
    return describeMe(caller, claims);
  }),
  // Here, since it takes no rights that the others don't.
  'POST /v1/feedback': userRoute(ends, { body: feedbackBody, bodyLimits }, async ({ body }, caller) => {
    await sendFeedback(ports, caller, body);
    return { status: 202, body: { status: 'queued' } };
  }),
});

function describeBilling({ billing }: UserRecord) {
  if (catalog.billing === undefined) return null;
  return {
    hasCustomer: billing !== undefined,
    subscriptions: (billing?.subscriptions ?? []).map((one) => describeSubscription(catalog.plans, one)),
  };
}
