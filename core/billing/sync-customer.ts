import type { UserRecord } from '../accounts/ports.ts';
import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { Plan } from '../plans.ts';
import type { BillingRecords, Payments, StripeEvent } from './ports.ts';
import { isOver, type KeptSubscription, paidPlans, type Subscription } from './subscriptions.ts';

export interface SyncPorts {
  payments: Pick<Payments, 'listSubscriptions' | 'cancelSubscription'>;
  billing: Pick<BillingRecords, 'findCustomer' | 'findUser' | 'apply'>;
  plans: readonly Plan[];
  /** For how many days a payment that is past due leaves the plan allowed. */
  graceDays: number;
  clock: Clock;
}

/** How often to read again if another event is applied meanwhile. */
const tries = 5;
const dayMs = 86_400_000;

/**
 * Makes the user's record agree with Stripe. An event only says that something has changed: what it has changed to is asked of
 * Stripe anew, after the record was read and before it is written, so that events may come late, twice and in any order.
 * @returns the record as it is now; `unknown` for a customer of others, `repeated` for an event that was applied before,
 *   `ended` if the user is gone, whose subscriptions are then cancelled
 */
export async function syncCustomer(
  ports: SyncPorts,
  customerId: string,
  event?: StripeEvent,
): Promise<UserRecord | 'unknown' | 'repeated' | 'ended'> {
  const customer = await ports.billing.findCustomer(customerId);
  if (customer === undefined) return 'unknown';
  for (let count = 0; count < tries; count += 1) {
    const user = customer.isEnded ? undefined : await ports.billing.findUser(customer.userId);
    if (user === undefined || user.status === 'deleting') {
      await cancelAll(ports, customerId);
      return 'ended';
    }
    // The user has another customer by now, since this one was deleted at Stripe.
    if (user.billing?.customerId !== customerId) return 'unknown';
    const synced = await syncOnce(ports, user, event);
    if (synced !== 'changed') return synced;
  }
  throw new DaypassError('service_unavailable', 'Too many changes at once. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}

async function syncOnce(
  { payments, billing, plans, graceDays, clock }: SyncPorts,
  user: UserRecord,
  event: StripeEvent | undefined,
): Promise<UserRecord | 'repeated' | 'changed'> {
  const { customerId = '', rev = 0, subscriptions: before = [] } = user.billing ?? {};
  const now = clock.now();
  const found = (await payments.listSubscriptions(customerId)) ?? [];
  const subscriptions = found
    .filter((one) => !isOver(one))
    .map((one) => kept(one, before, now + graceDays * dayMs));
  const after = { customerId, rev: rev + 1, subscriptions };
  const outcome = await billing.apply(user, {
    subscriptions,
    event,
    plans: { from: paidPlans(plans, user.billing, now), to: paidPlans(plans, after, now) },
    now,
  });
  return outcome === 'applied' ? { ...user, billing: after } : outcome;
}

/** The days of grace begin when the payment is first seen to be past due. */
function kept(
  { itemId: _item, ...one }: Subscription,
  before: readonly KeptSubscription[],
  graceEndsAt: number,
): KeptSubscription {
  if (one.status !== 'past_due') return one;
  const known = before.find(({ id, status }) => id === one.id && status === 'past_due');
  return { ...one, graceEndsAt: known?.graceEndsAt ?? graceEndsAt };
}

export async function cancelAll(
  { payments }: Pick<SyncPorts, 'payments'>,
  customerId: string,
): Promise<void> {
  for (const one of (await payments.listSubscriptions(customerId)) ?? []) {
    if (!isOver(one)) await payments.cancelSubscription(one.id);
  }
}
