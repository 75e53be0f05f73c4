import { createHash } from 'node:crypto';
import Stripe from 'stripe';
import type { Payments, StripeEvent } from '../../../core/billing/ports.ts';
import type { Subscription, SubscriptionStatus } from '../../../core/billing/subscriptions.ts';
import { DaypassError } from '../../../core/errors.ts';

/** The library repeats a call once, with the same idempotency key. */
const callMs = 6000;
const maxNetworkRetries = 1;

export interface StripeSecrets {
  apiKey: { read(): Promise<string> };
  webhookSecret: { read(): Promise<string> };
}

export interface StripeAdapter extends Payments {
  /** @throws DaypassError `invalid_signature`, `invalid_request` (an event of another mode or account) */
  readEvent(bytes: Buffer, signature: string | undefined): Promise<StripeEvent>;
}

/** Stripe, by its own library, which makes this function's bundle three times as long as others: no other may import it. */
export function createStripe({ apiKey, webhookSecret }: StripeSecrets): StripeAdapter {
  const open = async () => new Stripe(await apiKey.read(), clientSettings());
  return {
    createCustomer: ({ userId, email, after }) =>
      refusable(async () => {
        const stripe = await open();
        const idempotencyKey = keyOf('customer', userId, email, after ?? '');
        const made = await stripe.customers.create({ email, metadata: { userId } }, { idempotencyKey });
        return made.id;
      }),

    listSubscriptions: (customerId) =>
      refusable(async () => {
        const stripe = await open();
        const list = stripe.subscriptions.list({ customer: customerId, limit: 100 });
        return list.then(({ data }) => data.map(toSubscription)).catch(ifGone);
      }),

    cancelSubscription: (subscriptionId) =>
      refusable(async () => {
        const stripe = await open();
        await stripe.subscriptions.cancel(subscriptionId).catch(ifGone);
      }),

    openCheckout: ({ customerId, userId, priceId, paidUrl, leftUrl }) =>
      refusable(async () => {
        const stripe = await open();
        const session = await stripe.checkout.sessions.create({
          mode: 'subscription',
          customer: customerId,
          client_reference_id: userId,
          line_items: [{ price: priceId, quantity: 1 }],
          success_url: paidUrl,
          cancel_url: leftUrl,
        });
        return pageOf(session.url);
      }),

    openPortal: ({ customerId, returnUrl, change }) =>
      refusable(async () => {
        const stripe = await open();
        const session = await stripe.billingPortal.sessions.create({
          customer: customerId,
          return_url: returnUrl,
          ...(change !== undefined && {
            flow_data: {
              type: 'subscription_update_confirm',
              subscription_update_confirm: {
                subscription: change.subscription.id,
                items: [{ id: change.subscription.itemId, price: change.priceId, quantity: 1 }],
              },
              after_completion: { type: 'redirect', redirect: { return_url: change.doneUrl } },
            },
          }),
        });
        return pageOf(session.url);
      }),

    async readEvent(bytes, signature) {
      const isLive = /^[a-z]+_live_/.test(await apiKey.read());
      const event = verified(bytes, signature, await webhookSecret.read());
      if (event.livemode !== isLive || event.account !== undefined) {
        throw new DaypassError(
          'invalid_request',
          `This event is of ${event.account === undefined ? 'the other mode' : 'a connected account'}, which this deployment doesn’t serve.`,
          { param: event.account === undefined ? 'livemode' : 'account' },
        );
      }
      return { id: event.id, type: event.type, customerId: customerOf(event) };
    },
  };
}

/** One machine's runtime has a stand-in, whose address it puts there. */
function clientSettings() {
  const shared = { maxNetworkRetries, timeout: callMs, telemetry: false };
  const address = process.env.STRIPE_API_URL;
  if (address === undefined) return shared;
  const { hostname: host, port, protocol } = new URL(address);
  return { ...shared, host, port, protocol: protocol === 'http:' ? ('http' as const) : ('https' as const) };
}

function keyOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function verified(bytes: Buffer, signature: string | undefined, secret: string): Stripe.Event {
  try {
    // Also what is no JSON, or no event: the library parses after it has checked.
    return Stripe.webhooks.constructEvent(bytes, signature ?? '', secret);
  } catch (cause) {
    throw new DaypassError(
      'invalid_signature',
      'The stripe-signature is missing, wrong or more than five minutes old, or it is of other bytes.',
      { param: 'stripe-signature', cause },
    );
  }
}

/** Of a customer's event the object is the customer itself, of all others it names one. */
function customerOf({ type, data }: Stripe.Event): string | undefined {
  const object = data.object as { id?: unknown; customer?: unknown };
  const named =
    type.startsWith('customer.') && !type.startsWith('customer.subscription.') ? object.id : object.customer;
  if (typeof named === 'string') return named;
  const expanded = (named as { id?: unknown } | null | undefined)?.id;
  return typeof expanded === 'string' ? expanded : undefined;
}

/** Ours have one price each. Of one that was given more by hand, the first counts. */
function toSubscription({ id, status, items, cancel_at }: Stripe.Subscription): Subscription {
  const [item] = items.data;
  const periodEnd = item?.current_period_end ?? 0;
  return {
    id,
    itemId: item?.id ?? '',
    priceId: item?.price.id ?? '',
    status: status as SubscriptionStatus,
    periodEndsAt: periodEnd * 1000,
    ...(typeof cancel_at === 'number' && { endsAt: cancel_at * 1000 }),
  };
}

/** A customer or subscription that Stripe no longer has. */
function ifGone(error: unknown): undefined {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
    return undefined;
  throw error;
}

function pageOf(url: string | null): string {
  if (url === null) throw new Error('Stripe made a session without a page');
  return url;
}

/** What Stripe may mend is said to the caller. What it may not is the settings' fault, and logged as an error of ours. */
async function refusable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors;
    const passes = [StripeConnectionError, StripeAPIError, StripeRateLimitError].some(
      (kind) => error instanceof kind,
    );
    if (!passes) throw error;
    throw new DaypassError('service_unavailable', 'Stripe can’t be reached right now. Try again shortly.', {
      cause: error,
      retryAfterSeconds: 5,
    });
  }
}
