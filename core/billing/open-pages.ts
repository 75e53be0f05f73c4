import type { UserRecord } from '../accounts/ports.ts';
import { DaypassError } from '../errors.ts';
import { findPlan, type Plan } from '../plans.ts';
import type { BillingRecords, Payments } from './ports.ts';
import { isOver, type Subscription } from './subscriptions.ts';

export interface OpenPagesPorts {
  payments: Pick<Payments, 'createCustomer' | 'listSubscriptions' | 'openCheckout' | 'openPortal'>;
  billing: Pick<BillingRecords, 'addCustomer' | 'findUser'>;
  plans: readonly Plan[];
}

/**
 * Opens the page on which a user subscribes to a plan. Whoever has a subscription already gets a page that changes it, so that
 * nobody pays twice.
 * @param returnUrl the console's page for billing
 * @throws DaypassError `unknown_plan`, `invalid_request` (the plan is not sold), `service_unavailable`
 */
export async function startCheckout(
  ports: OpenPagesPorts,
  user: UserRecord,
  planName: string,
  returnUrl: string,
): Promise<string> {
  const { name, stripePriceId: priceId } = findPlan(ports.plans, planName);
  if (priceId === undefined) {
    const text = `The plan '${name}' is not sold. POST /v1/api-keys creates a key on it, if you may use it.`;
    throw new DaypassError('invalid_request', text, { param: 'plan' });
  }
  const paidUrl = `${returnUrl}?checkout=paid&plan=${name}`;
  const leftUrl = `${returnUrl}?checkout=left`;
  const { customerId, subscriptions } = await customerOf(ports, user);
  const current = subscriptions.find(({ status }) => changeable.has(status)) ?? subscriptions.find(isOpen);
  if (current === undefined) {
    return ports.payments.openCheckout({ customerId, userId: user.userId, priceId, paidUrl, leftUrl });
  }
  const canChange = changeable.has(current.status) && current.priceId !== priceId;
  const change = canChange ? { subscription: current, priceId, doneUrl: paidUrl } : undefined;
  return ports.payments.openPortal({ customerId, returnUrl, change });
}

const changeable = new Set<Subscription['status']>(['active', 'trialing']);
/** The first payment of an `incomplete` one was never made: Stripe forgets it after a day. */
const isOpen = (one: Subscription) => one.status !== 'incomplete' && !isOver(one);

/** @throws DaypassError `not_found` for a user who has never been to the checkout */
export async function openPortal(
  { payments }: Pick<OpenPagesPorts, 'payments'>,
  { billing }: UserRecord,
  returnUrl: string,
): Promise<string> {
  if (billing !== undefined) return payments.openPortal({ customerId: billing.customerId, returnUrl });
  throw new DaypassError(
    'not_found',
    'There is nothing to manage yet: subscribe to a plan first, with POST /v1/billing/checkout.',
  );
}

/** The user's customer at Stripe, which is made if there is none, or it is gone there. */
async function customerOf(
  { payments, billing }: OpenPagesPorts,
  user: UserRecord,
): Promise<{ customerId: string; subscriptions: Subscription[] }> {
  const known = user.billing?.customerId;
  if (known !== undefined) {
    const subscriptions = await payments.listSubscriptions(known);
    if (subscriptions !== undefined) return { customerId: known, subscriptions };
  }
  const { userId, email } = user;
  const customerId = await payments.createCustomer({ userId, email, after: known });
  if (await billing.addCustomer(user, customerId)) return { customerId, subscriptions: [] };
  // Two calls at once make one customer, which the other call has recorded.
  const now = await billing.findUser(userId);
  if (now?.billing?.customerId === customerId) return { customerId, subscriptions: [] };
  throw new DaypassError('service_unavailable', 'Your account is being changed right now. Try again.', {
    retryAfterSeconds: 1,
  });
}
