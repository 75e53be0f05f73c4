import { ApiError } from '../stand-in.ts';
import type { StripeEvents } from './stripe-events.ts';
import { newSubscription, type StripeSession, type StripeState } from './stripe-state.ts';

/** A form's fields by their whole names: `line_items[0][price]`. */
export type Form = Readonly<Record<string, string>>;

export interface StripeApiDeps {
  state: StripeState;
  events: StripeEvents;
  /** Where pages are, such as `http://127.0.0.1:4000`. */
  pages: () => string;
}

interface Operation {
  name: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  /** Fields that it takes; an unknown one is refused, as Stripe does. */
  fields: RegExp;
  answer(form: Form, id: string, deps: StripeApiDeps): object;
}

const hourSeconds = 3600;
const daySeconds = 86_400;

/** The calls that a deployment makes. All others are refused by name. */
export const stripeOperations: readonly Operation[] = [
  {
    name: 'CreateCustomer',
    method: 'POST',
    path: /^\/v1\/customers$/,
    fields: /^(email|name|metadata\[\w+\])$/,
    answer(form, _id, { state }) {
      const metadata = Object.entries(form).flatMap(([name, value]) => {
        const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
        return key === undefined ? [] : [[key, value] as const];
      });
      const id = state.newId('cus');
      state.customers.put(id, {
        id,
        object: 'customer',
        email: form.email ?? null,
        metadata: Object.fromEntries(metadata),
        livemode: false,
        created: state.seconds(),
      });
      return state.customers.get(id) as object;
    },
  },
  {
    name: 'ListSubscriptions',
    method: 'GET',
    path: /^\/v1\/subscriptions$/,
    fields: /^(customer|limit|status)$/,
    answer({ customer = '', limit = '10' }, _id, { state }) {
      requireCustomer(state, customer);
      // Without a status, Stripe lists those that have not been cancelled.
      const data = subscriptionsOf(state, customer).filter(({ status }) => status !== 'canceled');
      const most = Number(limit);
      return {
        object: 'list',
        url: '/v1/subscriptions',
        has_more: data.length > most,
        data: data.slice(0, most),
      };
    },
  },
  {
    name: 'CancelSubscription',
    method: 'DELETE',
    path: /^\/v1\/subscriptions\/(sub_\w+)$/,
    fields: /^(invoice_now|prorate)$/,
    answer: (_form, id, deps) => cancelNow(deps, id),
  },
  {
    name: 'CreateCheckoutSession',
    method: 'POST',
    path: /^\/v1\/checkout\/sessions$/,
    fields:
      /^(mode|customer|client_reference_id|success_url|cancel_url|line_items\[0\]\[(price|quantity)\])$/,
    answer(form, _id, { state, pages }) {
      const customer = requireCustomer(state, required(form, 'customer'));
      if (required(form, 'mode') !== 'subscription')
        throw invalid('mode', 'Only subscriptions are sold here.');
      const price = requirePrice(required(form, 'line_items[0][price]'), 'line_items[0][price]');
      const session: StripeSession = {
        id: state.newId('cs_test'),
        kind: 'checkout',
        customer,
        price,
        successUrl: requireUrl(form, 'success_url'),
        backUrl: requireUrl(form, 'cancel_url'),
        expiresAt: state.seconds() + daySeconds,
      };
      state.sessions.put(session.id, session);
      return {
        id: session.id,
        object: 'checkout.session',
        livemode: false,
        mode: 'subscription',
        status: 'open',
        customer,
        client_reference_id: form.client_reference_id ?? null,
        url: `${pages()}/_local/stripe/checkout?session=${session.id}`,
      };
    },
  },
  {
    name: 'CreatePortalSession',
    method: 'POST',
    path: /^\/v1\/billing_portal\/sessions$/,
    fields: /^(customer|return_url|flow_data\[.+\])$/,
    answer(form, _id, { state, pages }) {
      const customer = requireCustomer(state, required(form, 'customer'));
      const id = state.newId('bps');
      const session = {
        id,
        customer,
        backUrl: requireUrl(form, 'return_url'),
        ...readFlow(state, form, customer),
      };
      state.sessions.put(id, {
        kind: 'portal',
        successUrl: session.backUrl,
        expiresAt: state.seconds() + hourSeconds,
        ...session,
      });
      return {
        id,
        object: 'billing_portal.session',
        livemode: false,
        customer,
        return_url: session.backUrl,
        url: `${pages()}/_local/stripe/portal?session=${id}`,
      };
    },
  },
];

function readFlow(state: StripeState, form: Form, customer: string): Partial<StripeSession> {
  const type = form['flow_data[type]'];
  if (type === undefined) return {};
  if (type !== 'subscription_update_confirm')
    throw invalid('flow_data[type]', `The flow '${type}' is not supported.`);
  const at = 'flow_data[subscription_update_confirm]';
  const subscription = required(form, `${at}[subscription]`);
  const found = state.subscriptions.get(subscription);
  if (found === undefined || found.customer !== customer || found.status === 'canceled') {
    throw missing('subscription', subscription, `${at}[subscription]`);
  }
  const item = required(form, `${at}[items][0][id]`);
  if (!found.items.data.some(({ id }) => id === item))
    throw missing('subscription_item', item, `${at}[items][0][id]`);
  const price = requirePrice(required(form, `${at}[items][0][price]`), `${at}[items][0][price]`);
  const done = form['flow_data[after_completion][redirect][return_url]'];
  return { subscription, item, price, ...(done !== undefined && { successUrl: done }) };
}

export function subscriptionsOf(state: StripeState, customer: string) {
  return state.subscriptions
    .list()
    .map(({ value }) => value)
    .filter((one) => one.customer === customer)
    .toSorted((a, b) => b.created - a.created);
}

export function cancelNow({ state, events }: Pick<StripeApiDeps, 'state' | 'events'>, id: string): object {
  const found = state.subscriptions.get(id);
  if (found === undefined || found.status === 'canceled') throw missing('subscription', id, 'id', 404);
  const ended = { ...found, status: 'canceled' as const, canceled_at: state.seconds() };
  state.subscriptions.put(id, ended);
  events.send('customer.subscription.deleted', ended);
  return ended;
}

export function subscribe(
  { state, events }: Pick<StripeApiDeps, 'state' | 'events'>,
  { id, customer, price = '' }: StripeSession,
): void {
  const made = newSubscription(state, { customer, price });
  state.subscriptions.put(made.id, made);
  // Stripe promises no order.
  events.send('checkout.session.completed', {
    id,
    object: 'checkout.session',
    mode: 'subscription',
    status: 'complete',
    payment_status: 'paid',
    customer,
    subscription: made.id,
    livemode: false,
  });
  events.send('customer.subscription.created', made);
  events.send('invoice.paid', {
    id: state.newId('in'),
    object: 'invoice',
    customer,
    status: 'paid',
    livemode: false,
  });
}

function required(form: Form, name: string): string {
  const value = form[name];
  if (value === undefined || value === '') {
    throw new ApiError(400, 'invalid_request_error', `Missing required param: ${name}.`, {
      code: 'parameter_missing',
      param: name,
    });
  }
  return value;
}

function requireUrl(form: Form, name: string): string {
  const url = required(form, name);
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new ApiError(400, 'invalid_request_error', 'Not a valid URL', { code: 'url_invalid', param: name });
}

function requireCustomer(state: StripeState, id: string): string {
  if (state.customers.get(id) === undefined) throw missing('customer', id, 'customer');
  return id;
}

/** Prices are made in Stripe's dashboard, which is not here: every id of their form is one, but for `price_missing`. */
function requirePrice(id: string, param: string): string {
  if (!/^price_\w+$/.test(id) || id.startsWith('price_missing')) throw missing('price', id, param);
  return id;
}

function missing(what: string, id: string, param: string, status = 400): ApiError {
  return new ApiError(status, 'invalid_request_error', `No such ${what}: '${id}'`, {
    code: 'resource_missing',
    param,
  });
}

function invalid(param: string, message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', message, { param });
}
