import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Randomness } from '../../randomness.ts';
import type { Collection, Store } from '../../state/store.ts';

export interface StripeCustomer {
  id: string;
  object: 'customer';
  email: string | null;
  metadata: Record<string, string>;
  livemode: false;
  created: number;
}

/** The fields that are used, by Stripe's names. */
export interface StripeSubscription {
  id: string;
  object: 'subscription';
  customer: string;
  status: 'active' | 'past_due' | 'canceled';
  livemode: false;
  created: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  items: {
    object: 'list';
    has_more: false;
    data: {
      id: string;
      object: 'subscription_item';
      price: StripePrice;
      quantity: number;
      current_period_start: number;
      current_period_end: number;
    }[];
  };
}

export interface StripePrice {
  id: string;
  object: 'price';
  type: 'recurring';
}

/** A page on which a customer subscribes, or sees and changes what they pay. */
export interface StripeSession {
  id: string;
  kind: 'checkout' | 'portal';
  customer: string;
  price?: string;
  subscription?: string;
  item?: string;
  successUrl: string;
  backUrl: string;
  expiresAt: number;
  isDone?: true;
}

export interface StripeState {
  customers: Collection<StripeCustomer>;
  subscriptions: Collection<StripeSubscription>;
  sessions: Collection<StripeSession>;
  /** Answers by idempotency key, which are given again for a day. */
  answers: Collection<{ parameters: string; status: number; body: string; at: number }>;
  newId(prefix: string): string;
  seconds(): number;
}

export interface StripeStateDeps {
  store: Pick<Store, 'collection'>;
  clock: Clock;
  randomness: Randomness;
}

export function openStripeState({ store, clock, randomness }: StripeStateDeps): StripeState {
  return {
    customers: store.collection('stripe/customers'),
    subscriptions: store.collection('stripe/subscriptions'),
    sessions: store.collection('stripe/sessions'),
    answers: store.collection('stripe/answers'),
    newId: (prefix) => `${prefix}_${randomness.bytes(12).toString('hex')}`,
    seconds: () => Math.floor(clock.now() / 1000),
  };
}

export const monthSeconds = 30 * 86_400;

export function newSubscription(
  state: StripeState,
  { customer, price }: { customer: string; price: string },
): StripeSubscription {
  const now = state.seconds();
  const period = { current_period_start: now, current_period_end: now + monthSeconds };
  const item = {
    id: state.newId('si'),
    object: 'subscription_item' as const,
    price: priceOf(price),
    quantity: 1,
  };
  return {
    id: state.newId('sub'),
    object: 'subscription',
    customer,
    status: 'active',
    livemode: false,
    created: now,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    items: { object: 'list', has_more: false, data: [{ ...item, ...period }] },
  };
}

export function priceOf(id: string): StripePrice {
  return { id, object: 'price', type: 'recurring' };
}

/** `stripe-signature`: https://docs.stripe.com/webhooks/signature */
export function signatureOf(body: string, secret: string, seconds: number): string {
  const hash = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hash}`;
}
