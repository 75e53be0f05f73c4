import { ApiError } from '../stand-in.ts';
import { cancelNow, subscribe, subscriptionsOf } from './stripe-operations.ts';
import type { StripeStandIn } from './stripe-service.ts';
import { priceOf, type StripeSession, type StripeSubscription } from './stripe-state.ts';

type Stripe = Pick<StripeStandIn, 'state' | 'events'>;

/** What a page answers: itself, or where it leads. */
export type PageAnswer = { status: number; html: string } | { status: 303; location: string };

/** A page of Stripe's: checkout or portal. */
export function showPage(
  { state }: Stripe,
  kind: StripeSession['kind'],
  id: string | null,
  notice = '',
): PageAnswer {
  const session = open(state, kind, id);
  if (session === undefined)
    return { status: 404, html: page('Gone', '<p>This page has expired or was used.</p>') };
  if (session.kind === 'checkout') {
    return {
      status: 200,
      html: page(
        'Subscribe',
        `${note(notice)}<p>Price: <code>${asHtml(session.price ?? '')}</code> a month</p>${form(session, [
          ['pay', 'Pay'],
          ['decline', 'Payment fails'],
          ['back', 'Cancel'],
        ])}`,
      ),
    };
  }
  if (session.subscription !== undefined) {
    return {
      status: 200,
      html: page(
        'Confirm the change',
        `<p>New price: <code>${asHtml(session.price ?? '')}</code> a month</p>${form(session, [
          ['confirm', 'Confirm'],
          ['back', 'Back'],
        ])}`,
      ),
    };
  }
  const list = subscriptionsOf(state, session.customer).map((one) => entry(session, one));
  const none = '<p>There is no subscription.</p>';
  return {
    status: 200,
    html: page('Manage billing', `${list.join('') || none}${form(session, [['back', 'Back']])}`),
  };
}

/** A button of a page was pressed. */
export function pressButton(
  stripe: Stripe,
  kind: StripeSession['kind'],
  fields: URLSearchParams,
): PageAnswer {
  const { state } = stripe;
  const session = open(state, kind, fields.get('session'));
  if (session === undefined) return showPage(stripe, kind, null);
  const action = fields.get('action');
  if (action === 'back') return { status: 303, location: session.backUrl };
  if (action === 'decline') return showPage(stripe, kind, session.id, 'Your card was declined.');
  if (session.kind === 'checkout' && action === 'pay') {
    state.sessions.put(session.id, { ...session, isDone: true });
    subscribe(stripe, session);
    return { status: 303, location: session.successUrl };
  }
  if (action === 'confirm' && session.subscription !== undefined) {
    state.sessions.put(session.id, { ...session, isDone: true });
    update(stripe, session.subscription, (one) => withPrice(one, session.price ?? ''));
    return { status: 303, location: session.successUrl };
  }
  const one = subscriptionsOf(state, session.customer).find(({ id }) => id === fields.get('subscription'));
  if (session.kind !== 'portal' || one === undefined)
    throw new ApiError(400, 'invalid_request_error', 'There is no such button.');
  change(stripe, one, action);
  return showPage(stripe, kind, session.id);
}

function change(stripe: Stripe, { id, customer, items }: StripeSubscription, action: string | null): void {
  const { state, events } = stripe;
  const invoice = { id: state.newId('in'), object: 'invoice', customer, livemode: false };
  if (action === 'end') cancelNow(stripe, id);
  if (action === 'end-later') {
    update(stripe, id, (one) => ({
      ...one,
      cancel_at_period_end: true,
      cancel_at: items.data[0]?.current_period_end ?? null,
    }));
  }
  if (action === 'go-on')
    update(stripe, id, (one) => ({ ...one, cancel_at_period_end: false, cancel_at: null }));
  if (action === 'fail') {
    events.send('invoice.payment_failed', { ...invoice, status: 'open' });
    update(stripe, id, (one) => ({ ...one, status: 'past_due' }));
  }
  if (action === 'pay') {
    update(stripe, id, (one) => ({ ...one, status: 'active' }));
    events.send('invoice.paid', { ...invoice, status: 'paid' });
  }
}

function update(
  { state, events }: Stripe,
  id: string,
  work: (one: StripeSubscription) => StripeSubscription,
): void {
  const found = state.subscriptions.get(id);
  if (found === undefined) return;
  const changed = work(found);
  state.subscriptions.put(id, changed);
  events.send('customer.subscription.updated', changed);
}

function withPrice(one: StripeSubscription, price: string): StripeSubscription {
  const data = one.items.data.map((item) => ({ ...item, price: priceOf(price) }));
  return { ...one, items: { ...one.items, data } };
}

function open(
  state: Stripe['state'],
  kind: StripeSession['kind'],
  id: string | null,
): StripeSession | undefined {
  const session = id === null ? undefined : state.sessions.get(id);
  if (session?.kind !== kind || session.isDone || session.expiresAt <= state.seconds()) return undefined;
  return session;
}

function entry(
  session: StripeSession,
  { id, status, cancel_at_period_end: isEnding, items }: StripeSubscription,
): string {
  const buttons: [string, string][] =
    status === 'canceled'
      ? []
      : [
          isEnding ? ['go-on', 'Don’t cancel'] : ['end-later', 'Cancel at the end of the period'],
          ['end', 'Cancel now'],
          status === 'past_due' ? ['pay', 'Pay now'] : ['fail', 'Let the next payment fail'],
        ];
  const facts = `<code>${asHtml(items.data[0]?.price.id ?? '')}</code>: ${status}${isEnding ? ', ends with its period' : ''}`;
  return `<section><p>${facts}</p>${buttons.length === 0 ? '' : form(session, buttons, id)}</section>`;
}

function form({ id, kind }: StripeSession, buttons: [string, string][], subscription = ''): string {
  const list = buttons.map(([action, label]) => `<button name="action" value="${action}">${label}</button>`);
  return `<form method="post" action="/_local/stripe/${kind}">
<input type="hidden" name="session" value="${asHtml(id)}"><input type="hidden" name="subscription" value="${asHtml(subscription)}">
${list.join('\n')}
</form>`;
}

const note = (text: string) => (text === '' ? '' : `<p role="alert">${asHtml(text)}</p>`);

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Stripe’s stand-in</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.25rem; }
  section { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem; padding: 0 1rem 1rem; margin: 1rem 0; }
  button { font: inherit; padding: .5rem 1rem; margin: .25rem .25rem 0 0; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>This machine’s stand-in for Stripe. Nothing is charged.</p>
${content}
</main>
</body>
</html>
`;
}

function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
