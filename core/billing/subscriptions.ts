/** What Stripe calls them. `canceled` and `incomplete_expired` have ended, and are never kept. */
export type SubscriptionStatus =
  | 'active'
  | 'trialing'
  | 'past_due'
  | 'unpaid'
  | 'paused'
  | 'incomplete'
  | 'incomplete_expired'
  | 'canceled';

/** A subscription, as Stripe has it now. */
export interface Subscription {
  id: string;
  /** Of the one price that it is for, which may change. */
  itemId: string;
  priceId: string;
  status: SubscriptionStatus;
  /** When it is next paid for, or ends. */
  periodEndsAt: number;
  /** Set if it is to end then. */
  endsAt?: number | undefined;
}

/** A subscription in the user's record. */
export interface KeptSubscription extends Omit<Subscription, 'itemId'> {
  /** Set while a payment is past due: how long its plan stays allowed. */
  graceEndsAt?: number | undefined;
}

/** What a user's record says of billing. */
export interface BillingState {
  customerId: string;
  /** Counts the changes, so that none is written over a later one. */
  rev: number;
  /** Those that have not ended. */
  subscriptions: readonly KeptSubscription[];
}

/** The part of a plan that matters here. Plans ask whether they are paid for, so they are not imported. */
interface Sold {
  name: string;
  stripePriceId?: string | undefined;
}

/** Whether it can't go on, so that a new one has to be begun. */
export function isOver({ status }: Pick<Subscription, 'status'>): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

/** Whether the user has paid for the plan, or is still within the days of grace. */
export function isPaidFor(
  { stripePriceId }: Pick<Sold, 'stripePriceId'>,
  billing: Pick<BillingState, 'subscriptions'> | undefined,
  now: number,
): boolean {
  if (stripePriceId === undefined || billing === undefined) return false;
  return billing.subscriptions.some((one) => one.priceId === stripePriceId && isGood(one, now));
}

/** Names of the plans that are paid for. */
export function paidPlans(
  plans: readonly Sold[],
  billing: Pick<BillingState, 'subscriptions'> | undefined,
  now: number,
): string[] {
  return plans.filter((plan) => isPaidFor(plan, billing, now)).map(({ name }) => name);
}

function isGood({ status, graceEndsAt = 0 }: KeptSubscription, now: number): boolean {
  return status === 'active' || status === 'trialing' || (status === 'past_due' && now < graceEndsAt);
}

/** A subscription as `GET /v1/me` answers it. */
export function describeSubscription(plans: readonly Sold[], one: KeptSubscription) {
  return {
    plan: plans.find(({ stripePriceId }) => stripePriceId === one.priceId)?.name ?? null,
    status: one.status,
    periodEndsAt: isoOf(one.periodEndsAt),
    endsAt: one.endsAt === undefined ? null : isoOf(one.endsAt),
    graceEndsAt: one.graceEndsAt === undefined ? null : isoOf(one.graceEndsAt),
  };
}

const isoOf = (time: number) => new Date(time).toISOString();
