import type { UserRecord } from '../../core/accounts/ports.ts';
import { type BillingPorts, endBilling, finishBilling, takeEvent } from '../../core/billing/take-event.ts';
import { createKey } from '../../core/keys/create-key.ts';
import { createApiGateway } from '../../local/aws/apigateway/api-gateway.ts';
import { startDynamoDb } from '../../local/aws/dynamodb/dynamodb.ts';
import { createClock } from '../../local/clock.ts';
import { silentLog } from '../../local/log.ts';
import {
  createStripe as createStandIn,
  type StripeStandIn,
} from '../../local/providers/stripe/stripe-service.ts';
import { newSubscription } from '../../local/providers/stripe/stripe-state.ts';
import { openStore, type Store } from '../../local/state/store.ts';
import { somePlan } from '../core/plan-fixture.ts';
import { type RunningAws, startAws } from '../lambda/adapters/start-aws.ts';
import { tableName, tableProperties } from './platform.ts';

/**
 * Every call that ending a subscription makes, to the table, to API Gateway and to Stripe, failing or with its reply lost: real
 * adapters and clients against the stand-ins. test/core/billing has the same over the ports, with the calls failing before and
 * after.
 */
const place = { region: 'us-east-1', accountId: '000000000000' };
const plans = [
  somePlan({ name: 'free', usagePlanName: 'Free' }),
  somePlan({
    name: 'pro',
    usagePlanName: 'Pro',
    requestsPerDay: 100,
    selfService: false,
    stripePriceId: 'price_pro',
  }),
];

let aws: RunningAws;
let store: Store;
let standIn: StripeStandIn;
let ports: BillingPorts & Parameters<typeof createKey>[0];
let billing: import('../../core/billing/ports.ts').BillingRecords;
let payments: import('../../core/billing/ports.ts').Payments;
let ensure: (userId: string) => Promise<UserRecord>;
const closers: (() => unknown)[] = [];
const clock = createClock();

beforeAll(async () => {
  store = openStore(':memory:');
  const dynamoDb = await startDynamoDb({
    inMemory: true,
    clock,
    log: silentLog,
    environment: { PATH: process.env.PATH },
    ...place,
  });
  await dynamoDb.defineTable(tableName, tableProperties);
  const gateway = createApiGateway({
    store,
    clock,
    log: silentLog,
    lambda: { invoke: notHere, invokeStreaming: notHere },
    verifyIdToken: async () => undefined,
    controlPlaneLimits: false,
    ...place,
  });
  const { ref: ApiId } = gateway.defineRestApi('Api', { Name: 'Daypass' });
  const DeploymentId = gateway.defineDeployment('Deployment', { RestApiId: ApiId }).ref;
  gateway.defineStage('Stage', { RestApiId: ApiId, DeploymentId, StageName: 'prod' });
  for (const { usagePlanName, requestsPerDay } of plans) {
    gateway.defineUsagePlan(usagePlanName, {
      UsagePlanName: usagePlanName,
      ApiStages: [{ ApiId, Stage: 'prod' }],
      Quota: { Limit: requestsPerDay, Period: 'DAY' },
    });
  }
  standIn = createStandIn({ store, clock, log: silentLog, edgeUrl: 'http://localhost:9', ...place });
  standIn.makeSecrets({ STRIPE_API_KEY_SECRET: 'key', STRIPE_WEBHOOK_SECRET: 'hook' });
  aws = await startAws([dynamoDb.service, gateway.controlPlane, standIn.service]);
  process.env.STRIPE_API_URL = aws.url;
  closers.push(
    () => delete process.env.STRIPE_API_URL,
    () => standIn.close(),
    () => aws.close(),
    () => dynamoDb.stop(),
    () => store.close(),
  );
  await openPorts();
});

afterAll(async () => {
  for (const close of closers) await close();
});

const notHere = () => Promise.reject(new Error('no function runs here'));

/** Adapters read their environment when they are loaded. */
async function openPorts(): Promise<void> {
  const { openTable } = await import('../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../lambda/adapters/accounts/dynamo-users.ts');
  const { createApiGatewayKeys } = await import('../../lambda/adapters/api-gateway/keys.ts');
  const { createApiGatewayFence } = await import('../../lambda/adapters/api-gateway/fence.ts');
  const { createBillingRecords } = await import('../../lambda/adapters/billing/billing-records.ts');
  const { createStripe } = await import('../../lambda/adapters/billing/stripe.ts');
  const table = openTable(tableName);
  const users = createDynamoUsers(table);
  const secret = store.collection<{ value: string }>('secrets').get('key')?.value ?? '';
  billing = createBillingRecords(table);
  payments = createStripe({
    apiKey: { read: async () => secret },
    webhookSecret: { read: async () => 'whsec_unused' },
  });
  ensure = (userId) => users.ensure({ userId, email: `${userId}@example.com`, createdAt: clock.now() });
  ports = {
    payments,
    billing,
    records: createDynamoKeys(table),
    gateway: createApiGatewayKeys(tableName),
    fence: createApiGatewayFence(),
    plans,
    graceDays: 7,
    clock,
    inReservedTime: (work) => work(),
    onUndoFailed: () => {},
    onRebindFailed: () => {},
    models: [],
    providerKeys: { seal: async () => 'sealed', hosts: {} },
  };
}

/** A user who pays for `pro` and has a key on it. */
async function subscriber() {
  const userId = crypto.randomUUID();
  const user = await ensure(userId);
  const customerId = await payments.createCustomer({ userId, email: user.email, after: undefined });
  await billing.addCustomer(user, customerId);
  const subscription = newSubscription(standIn.state, { customer: customerId, price: 'price_pro' });
  standIn.state.subscriptions.put(subscription.id, subscription);
  await takeEvent(ports, event(customerId));
  const paying = (await billing.findUser(userId)) as UserRecord;
  const { record, secret } = await createKey(ports, paying, { name: 'laptop', plan: 'pro' });
  await finishBilling(ports, userId);
  return { userId, customerId, subscription, record, secret };
}

const event = (customerId: string) => ({
  id: `evt_${crypto.randomUUID()}`,
  type: 'customer.subscription.deleted',
  customerId,
});

const mostCalls = 40;
/** As many as the clients make at most of one call: the call fails for good. */
const attempts = 4;

/** A lost reply is the harder of the two; the long runs have both. */
const kinds =
  process.env.DAYPASS_FAULT_SEEDS === undefined
    ? (['drop-reply'] as const)
    : (['error', 'drop-reply'] as const);

async function strikeEach(
  kind: 'error' | 'drop-reply',
  run: () => Promise<{ check(cell: string): Promise<void>; work(): Promise<unknown> }>,
): Promise<number> {
  for (let skip = 0; skip < mostCalls; skip += 1) {
    const { work, check } = await run();
    const counting = { service: '*', kind: 'delay', delayMs: 0, skip };
    aws.faults.replace([{ service: '*', kind, skip, times: attempts }, counting]);
    await work().catch(() => undefined);
    // Asking counts one call more: without it, the work has not come as far as the call that was to fail.
    const asked = aws.faults.striking({ service: 'none', operation: undefined }, ['delay']);
    const wasBeyond = asked.length === 0;
    aws.faults.replace([]);
    await check(`${kind} of call ${skip}`);
    if (wasBeyond) return skip;
  }
  return mostCalls;
}

test.each(kinds)(
  'a subscription that ends, with each call failing by %s: the key ends on the free plan alone, with its secret',
  async (kind) => {
    const cells = await strikeEach(kind, async () => {
      const { userId, customerId, subscription, record } = await subscriber();
      standIn.state.subscriptions.put(subscription.id, { ...subscription, status: 'canceled' });
      const ended = event(customerId);
      return {
        work: () => takeEvent(ports, ended),
        async check(cell) {
          await takeEvent(ports, ended);
          // An interrupted change of plan is undone after a minute.
          clock.moveTo(clock.offsetSeconds + 300);
          await finishBilling(ports, userId);
          const key = await ports.records.find(userId, record.keyId);
          expect([cell, key?.status, key?.plan, key?.valueHash, key?.planChange]).toEqual([
            cell,
            'active',
            'free',
            record.valueHash,
            undefined,
          ]);
          expect((await billing.findUser(userId))?.billing?.subscriptions).toEqual([]);
        },
      };
    });
    expect(cells).toBeGreaterThan(8);
  },
  120_000,
);

test.each(kinds)(
  'an account that goes, with each call failing by %s: nothing is paid for in the end',
  async (kind) => {
    const cells = await strikeEach(kind, async () => {
      const { userId, customerId } = await subscriber();
      return {
        work: () => endBilling(ports, userId),
        async check(cell) {
          await endBilling(ports, userId);
          expect([cell, await payments.listSubscriptions(customerId)]).toEqual([cell, []]);
          expect(await billing.findCustomer(customerId)).toEqual({ userId, isEnded: true });
        },
      };
    });
    expect(cells).toBeGreaterThan(3);
  },
  120_000,
);
