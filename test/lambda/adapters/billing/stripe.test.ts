import * as fc from 'fast-check';
import Stripe from 'stripe';
import type { StripeAdapter } from '../../../../lambda/adapters/billing/stripe.ts';
import { createClock } from '../../../../local/clock.ts';
import { silentLog } from '../../../../local/log.ts';
import { createStripe as createStandIn } from '../../../../local/providers/stripe/stripe-service.ts';
import { openStore, type Store } from '../../../../local/state/store.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

const secret = 'whsec_of_this_test';
const names = { STRIPE_API_KEY_SECRET: 'stripe', STRIPE_WEBHOOK_SECRET: 'hook' };
const page = 'https://llm.example.com/billing';

let aws: RunningAws;
let store: Store;
let stripe: StripeAdapter;
let key: string;
let open: typeof import('../../../../lambda/adapters/billing/stripe.ts').createStripe;

beforeAll(async () => {
  store = openStore(':memory:');
  const standIn = createStandIn({
    store,
    clock: createClock(),
    log: silentLog,
    edgeUrl: 'http://localhost:9',
    region: 'us-east-1',
    accountId: '111122223333',
  });
  standIn.makeSecrets(names);
  key = store.collection<{ value: string }>('secrets').get('stripe')?.value ?? '';
  aws = await startAws([standIn.service]);
  process.env.STRIPE_API_URL = aws.url;
  ({ createStripe: open } = await import('../../../../lambda/adapters/billing/stripe.ts'));
  stripe = open({ apiKey: { read: async () => key }, webhookSecret: { read: async () => secret } });
});

afterEach(() => aws.faults.replace([]));
afterAll(async () => {
  delete process.env.STRIPE_API_URL;
  await aws.close();
  store.close();
});

const event = (fields: object = {}) =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'customer.subscription.updated',
    livemode: false,
    data: { object: { id: 'sub_1', object: 'subscription', customer: 'cus_1' } },
    ...fields,
  });

/** By the library's own helper, as Stripe signs. */
const signed = (payload: string, options: { secret?: string; timestamp?: number } = {}) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, ...options });

const read = (payload: string, signature: string | undefined = signed(payload)) =>
  stripe.readEvent(Buffer.from(payload), signature);

describe('an event', () => {
  test('is read with its customer', async () => {
    expect(await read(event())).toEqual({
      id: 'evt_1',
      type: 'customer.subscription.updated',
      customerId: 'cus_1',
    });
  });

  test.each([
    ['of an invoice', 'invoice.paid', { id: 'in_1', customer: 'cus_2' }, 'cus_2'],
    ['of a checkout', 'checkout.session.completed', { id: 'cs_1', customer: { id: 'cus_3' } }, 'cus_3'],
    ['of a customer', 'customer.deleted', { id: 'cus_4' }, 'cus_4'],
    ['of nobody', 'product.created', { id: 'prod_1' }, undefined],
    [
      'of a checkout without a customer',
      'checkout.session.completed',
      { id: 'cs_1', customer: null },
      undefined,
    ],
  ])('%s too', async (_name, type, object, customerId) => {
    expect((await read(event({ type, data: { object } }))).customerId).toBe(customerId);
  });

  test('is signed over its bytes: text beyond ASCII, white space and line ends count', async () => {
    const payload = `${event({ note: 'é – 漢字 😀' })}\r\n  `;
    expect((await read(payload)).id).toBe('evt_1');
    await expect(read(payload.trim(), signed(payload))).rejects.toMatchObject({ code: 'invalid_signature' });
  });

  const now = Math.floor(Date.now() / 1000);

  test.each([
    ['without a signature', event(), undefined],
    ['with an empty one', event(), ''],
    ['with another secret', event(), signed(event(), { secret: 'whsec_other' })],
    ['of other bytes', event({ id: 'evt_2' }), signed(event())],
    ['of the day before', event(), signed(event(), { timestamp: now - 86_400 })],
    ['six minutes old', event(), signed(event(), { timestamp: now - 360 })],
    ['with a scheme of old', event(), signed(event()).replace('v1=', 'v0=')],
    ['with a time that was changed', event(), signed(event()).replace(/t=\d+/, `t=${now + 1000}`)],
    ['that is no JSON', '{', signed('{')],
  ])('%s is refused', async (_name, payload, signature) => {
    const refused = stripe.readEvent(Buffer.from(payload), signature);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_signature', status: 400 });
  });

  test('may be four minutes old, since clocks differ', async () => {
    expect((await read(event(), signed(event(), { timestamp: now - 240 }))).id).toBe('evt_1');
    expect((await read(event(), signed(event(), { timestamp: now + 240 }))).id).toBe('evt_1');
  });

  test('of live mode, or of a connected account, is refused', async () => {
    await expect(read(event({ livemode: true }))).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'livemode',
    });
    await expect(read(event({ account: 'acct_1' }))).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'account',
    });
  });

  test('of test mode is refused where the key is live', async () => {
    const live = open({
      apiKey: { read: async () => 'rk_live_12345678' },
      webhookSecret: { read: async () => secret },
    });
    const readLive = (payload: string) => live.readEvent(Buffer.from(payload), signed(payload));
    await expect(readLive(event())).rejects.toMatchObject({ param: 'livemode' });
    expect((await readLive(event({ livemode: true }))).id).toBe('evt_1');
  });

  test('with any byte changed is refused', async () => {
    const payload = Buffer.from(event());
    const signature = signed(event());
    await fc.assert(
      fc.asyncProperty(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Buffer.from(payload);
        changed[at] = (payload[at] ?? 0) ^ by;
        await expect(stripe.readEvent(changed, signature)).rejects.toMatchObject({
          code: 'invalid_signature',
        });
      }),
    );
  });

  test('of any bytes and header is read or refused, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ maxLength: 200 }),
        async (bytes, signature) => {
          await expect(stripe.readEvent(Buffer.from(bytes), signature)).rejects.toMatchObject({
            code: 'invalid_signature',
          });
        },
      ),
    );
  });
});

describe('calls', () => {
  const newCustomer = (email = 'ada@example.com') =>
    stripe.createCustomer({ userId: crypto.randomUUID(), email, after: undefined });

  test('a customer is made once, even if the reply is lost', async () => {
    const user = { userId: 'grace', email: 'grace@example.com', after: undefined };
    aws.faults.replace([{ service: 'stripe', operation: 'CreateCustomer', kind: 'drop-reply', times: 1 }]);
    const id = await stripe.createCustomer(user);
    expect(await stripe.createCustomer(user)).toBe(id);
    expect(
      store
        .collection<{ metadata: { userId: string } }>('stripe/customers')
        .list()
        .filter(({ value }) => value.metadata.userId === 'grace'),
    ).toHaveLength(1);
    expect(await stripe.createCustomer({ ...user, after: id })).not.toBe(id);
  });

  test('checkout and portal are pages', async () => {
    const customerId = await newCustomer();
    const checkout = {
      customerId,
      userId: 'ada',
      priceId: 'price_1',
      paidUrl: `${page}?a`,
      leftUrl: `${page}?b`,
    };
    expect(await stripe.openCheckout(checkout)).toMatch(/^http:.+checkout\?session=cs_test_/);
    expect(await stripe.openPortal({ customerId, returnUrl: page })).toMatch(/^http:.+portal\?session=bps_/);
  });

  test('a customer or subscription that is gone is no failure', async () => {
    expect(await stripe.listSubscriptions('cus_gone')).toBeUndefined();
    expect(await stripe.listSubscriptions(await newCustomer())).toEqual([]);
    await stripe.cancelSubscription('sub_gone');
  });

  test('a price that Stripe doesn’t have is the settings’ fault, and not said to be the caller’s', async () => {
    const checkout = {
      customerId: await newCustomer(),
      userId: 'ada',
      priceId: 'price_missing',
      paidUrl: page,
      leftUrl: page,
    };
    await expect(stripe.openCheckout(checkout)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  });

  test.each([
    ['fails', { kind: 'error', status: 500 }],
    ['throttles', { kind: 'throttle' }],
    ['breaks off', { kind: 'drop-reply' }],
  ])('Stripe %s: the caller may come again', async (_name, fault) => {
    aws.faults.replace([{ service: 'stripe', operation: 'ListSubscriptions', ...fault }]);
    await expect(stripe.listSubscriptions('cus_1')).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  test('one that breaks off once is made again', async () => {
    aws.faults.replace([{ service: 'stripe', operation: 'ListSubscriptions', kind: 'drop-reply', times: 1 }]);
    expect(await stripe.listSubscriptions('cus_gone')).toBeUndefined();
  });

  test('another key is refused', async () => {
    const stranger = open({
      apiKey: { read: async () => 'sk_test_of_others' },
      webhookSecret: { read: async () => secret },
    });
    await expect(stranger.listSubscriptions('cus_1')).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
    });
  });
});
