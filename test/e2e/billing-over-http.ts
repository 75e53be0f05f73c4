import Stripe from 'stripe';
import { eventually } from '../browser/eventually.ts';
import { type Answer, call, chatBody, createKey, newPassword } from './client.ts';
import { edgeSecret } from './edge-secret.ts';
import { moveClock } from './local-switches.ts';
import type { RunningRuntime } from './runtime.ts';

/** What the settings of a suite need, so that plans are sold: two of them, beside the free ones. */
export const soldPlans = (shown: string): string =>
  shown.replace(
    'signUp:\n',
    `  - { name: pro, requestsPerDay: 100, price: 20 dollars a month, stripePriceId: price_pro }
  - { name: max, requestsPerDay: 1000, price: 90 dollars a month, stripePriceId: price_max }
billing:
  stripe: { apiKey: { secret: daypass/stripe }, webhookSecret: { secret: daypass/stripe-webhook } }
signUp:
`,
  );

/** Presses a button of a page of the stand-in. @returns where it leads; undefined: it stays */
export async function press(page: string, action: string, subscription = ''): Promise<string | undefined> {
  const url = new URL(page);
  const body = new URLSearchParams({ session: url.searchParams.get('session') ?? '', action, subscription });
  const answer = await fetch(`${url.origin}${url.pathname}`, { method: 'POST', body, redirect: 'manual' });
  if (answer.status >= 400)
    throw new Error(`${action} was answered ${answer.status}: ${await answer.text()}`);
  return answer.headers.get('location') ?? undefined;
}

/** As the AWS CLI sends it; the runtime asks for a signature and doesn't verify it. */
function awsHeaders(service: string): Record<string, string> {
  const scope = `Credential=local/20261128/us-east-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=local` };
}

async function secretOf(runtime: RunningRuntime, SecretId: string): Promise<string> {
  const answer = await fetch(runtime.aws, {
    method: 'POST',
    headers: {
      ...awsHeaders('secretsmanager'),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.GetSecretValue',
    },
    body: JSON.stringify({ SecretId }),
  });
  return ((await answer.json()) as { SecretString: string }).SecretString;
}

async function invoke(runtime: RunningRuntime, name: string, event: object): Promise<void> {
  const url = `${runtime.aws}/2015-03-31/functions/${name}/invocations`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: awsHeaders('lambda'),
    body: JSON.stringify(event),
  });
  const { statusCode } = (await answer.json()) as { statusCode: number };
  if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}`);
}

/** Tests of a deployment that sells plans, for a suite that has `soldPlans` in its settings, without confirmation by mail. */
export function describeBilling(runtime: () => RunningRuntime): void {
  const register = async () => {
    const account = { email: `${crypto.randomUUID()}@example.com`, password: newPassword() };
    const { body } = await call(runtime().edge, '/v1/register', { body: account });
    return { ...account, token: String(body.token) };
  };
  const post = (token: string, path: string, body: object = {}): Promise<Answer> =>
    call(runtime().edge, path, { token, method: 'POST', body });
  const me = async (token: string) => (await call(runtime().edge, '/v1/me', { token })).body;
  const keyOf = async (token: string, id: string) =>
    (await call(runtime().edge, `/v1/api-keys/${id}`, { token })).body;
  const portal = async (token: string) => (await post(token, '/v1/billing/portal')).body.url as string;
  const subscriptionsIn = async (page: string) =>
    [...(await (await fetch(page)).text()).matchAll(/name="subscription" value="(sub_\w+)"/g)].map(
      ([, id]) => id ?? '',
    );

  const subscribe = async (token: string, plan = 'pro') => {
    const { body } = await post(token, '/v1/billing/checkout', { plan });
    expect(await press(body.url, 'pay')).toBe(`${runtime().edge}/billing?checkout=paid&plan=${plan}`);
    await eventually(async () => expect((await me(token)).plans).toContain(plan));
  };

  describe('billing', () => {
    test('a plan is sold: checkout, event, key; then up, cancelled, and the key’s secret stays', async () => {
      const { token } = await register();
      expect((await me(token)).billing).toEqual({ hasCustomer: false, subscriptions: [] });
      const refused = await post(token, '/v1/api-keys', { name: 'x', plan: 'pro' });
      expect(refused).toMatchObject({ status: 403, body: { error: { code: 'plan_not_allowed' } } });
      await subscribe(token);
      expect((await me(token)).billing.subscriptions).toMatchObject([{ plan: 'pro', status: 'active' }]);
      const { id, key } = await createKey(runtime(), token, { plan: 'pro' });

      const change = await post(token, '/v1/billing/checkout', { plan: 'max' });
      expect(await press(change.body.url, 'confirm')).toContain('plan=max');
      await eventually(async () => expect((await keyOf(token, id)).plan).toBe('max'));

      const page = await portal(token);
      const [subscription] = await subscriptionsIn(page);
      await press(page, 'end', subscription);
      await eventually(async () => expect((await keyOf(token, id)).plan).toBe('20-per-day'));
      expect((await me(token)).plans).not.toContain('max');
      const chat = await call(runtime().edge, '/v1/chat/completions', {
        key,
        body: chatBody({ model: 'nova-micro' }),
      });
      expect(chat.status).toBe(200);
    });

    test('a payment that fails has days of grace, and then the reconciler moves the key', async () => {
      const { email, password, token } = await register();
      await subscribe(token);
      const { id } = await createKey(runtime(), token, { plan: 'pro' });
      const page = await portal(token);
      const [subscription] = await subscriptionsIn(page);
      await press(page, 'fail', subscription);
      await eventually(async () =>
        expect((await me(token)).billing.subscriptions).toMatchObject([{ status: 'past_due' }]),
      );
      expect((await keyOf(token, id)).plan).toBe('pro');
      try {
        await moveClock(runtime(), 300);
        expect((await keyOf(token, id)).plan).toBe('pro');
        await moveClock(runtime(), 8 * 86_400);
        const later = await call(runtime().edge, '/v1/login', { body: { email, password } });
        await eventually(async () => expect((await keyOf(later.body.token, id)).plan).toBe('20-per-day'));
      } finally {
        await moveClock(runtime(), 0);
      }
    });

    test('leaving the checkout, and a declined card, change nothing', async () => {
      const { token } = await register();
      const { body } = await post(token, '/v1/billing/checkout', { plan: 'pro' });
      expect(await press(body.url, 'decline')).toBeUndefined();
      expect(await press(body.url, 'back')).toBe(`${runtime().edge}/billing?checkout=left`);
      expect((await me(token)).plans).not.toContain('pro');
    });

    test('who deletes the account pays no longer', async () => {
      const { token } = await register();
      await subscribe(token);
      const page = await portal(token);
      expect(await subscriptionsIn(page)).toHaveLength(1);
      expect((await call(runtime().edge, '/v1/me', { token, method: 'DELETE' })).status).toBe(200);
      expect(await subscriptionsIn(page)).toEqual([]);
    });

    test('the webhook takes nothing that Stripe hasn’t signed', async () => {
      for (const body of ['', '{}', '[]', 'null', '\u0000', '{"id":"evt_1"}', 'x'.repeat(10_000)]) {
        const answer = await fetch(`${runtime().edge}/v1/billing/webhook`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
          body,
        });
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({ error: { code: 'invalid_signature' } });
      }
    });

    test('an event of Stripe’s is applied once; other modes, accounts and customers change nothing', async () => {
      const { token } = await register();
      await subscribe(token);
      const before = (await me(token)).billing;
      const secret = await secretOf(runtime(), 'daypass/stripe-webhook');
      const send = async (fields: object, sign = secret) => {
        const event = { id: `evt_${crypto.randomUUID()}`, object: 'event', livemode: false, ...fields };
        const payload = JSON.stringify({ type: 'customer.subscription.updated', ...event }, null, 1);
        const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: sign });
        const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
        const url = `${runtime().edge}/v1/billing/webhook`;
        return (await fetch(url, { method: 'POST', headers, body: payload })).status;
      };
      const customer = { data: { object: { id: 'sub_1', customer: 'cus_of_others' } } };
      expect(await send(customer)).toBe(200);
      expect(await send({ ...customer, id: 'evt_twice' })).toBe(200);
      expect(await send({ ...customer, id: 'evt_twice' })).toBe(200);
      expect(await send({ ...customer, livemode: true })).toBe(400);
      expect(await send({ ...customer, account: 'acct_1' })).toBe(400);
      expect(await send(customer, 'whsec_of_others')).toBe(400);
      expect((await me(token)).billing).toEqual(before);
    });

    test('a suspended user may end what is paid for, and begin nothing', async () => {
      const { token } = await register();
      await subscribe(token);
      await invoke(runtime(), 'Daypass-admin', {
        operator: 'test',
        method: 'PATCH',
        resource: '/v1/admin/users/{id}',
        id: (await me(token)).id,
        body: { suspended: true },
      });
      expect(await post(token, '/v1/billing/checkout', { plan: 'max' })).toMatchObject({
        status: 403,
        body: { error: { code: 'user_suspended' } },
      });
      expect((await post(token, '/v1/billing/portal')).status).toBe(200);
    });

    test('only whom it is about may open the pages', async () => {
      for (const path of ['/v1/billing/checkout', '/v1/billing/portal']) {
        expect((await call(runtime().edge, path, { body: { plan: 'pro' } })).status).toBe(401);
        const { key } = await createKey(runtime(), (await register()).token);
        expect((await call(runtime().edge, path, { key, body: { plan: 'pro' } })).status).toBe(401);
      }
      const { token } = await register();
      expect(await post(token, '/v1/billing/portal')).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found' } },
      });
      expect(await post(token, '/v1/billing/checkout', { plan: '10-per-day' })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request', param: 'plan' } },
      });
      // The settings close the stage to whoever doesn't know the secret, which says nothing of the console's address.
      const atStage = await fetch(`${runtime().stage}/v1/billing/checkout`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          referer: edgeSecret(runtime()),
        },
        body: JSON.stringify({ plan: 'pro' }),
      });
      expect(atStage.status).toBe(400);
      expect(await atStage.json()).toMatchObject({ error: { code: 'invalid_request' } });
    });
  });
}
