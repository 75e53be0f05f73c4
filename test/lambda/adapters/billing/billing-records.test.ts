import type { UserRecord, UserRecords } from '../../../../core/accounts/ports.ts';
import type { BillingRecords } from '../../../../core/billing/ports.ts';
import type { KeptSubscription } from '../../../../core/billing/subscriptions.ts';
import type { Intent } from '../../../../core/reconcile/ports.ts';
import { newUserId } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let billing: BillingRecords;
let users: UserRecords;
let intentsOf: (userId: string) => Promise<Intent[]>;
let eventsOf: (userId: string) => Promise<string[]>;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createBillingRecords } = await import('../../../../lambda/adapters/billing/billing-records.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoIntents } = await import('../../../../lambda/adapters/keys/dynamo-intents.ts');
  const { createAuditLog } = await import('../../../../lambda/adapters/audit/audit-log.ts');
  const table = openTable('records');
  billing = createBillingRecords(table);
  users = createDynamoUsers(table);
  const intents = createDynamoIntents(table);
  intentsOf = async (userId) =>
    (await Array.fromAsync(intents.list())).filter((intent) => intent.userId === userId);
  const audit = createAuditLog(table);
  eventsOf = async (subject) => {
    const query = { from: '1970-01-01', to: '2100-01-01', subject, limit: 100, cursor: undefined };
    return (await audit.list(query)).events.map(({ action }) => action);
  };
});
afterAll(() => aws.close());

const now = 1_764_000_000_000;
const subscription: KeptSubscription = {
  id: 'sub_1',
  priceId: 'price_1',
  status: 'active',
  periodEndsAt: now + 1000,
};

async function customer(): Promise<{
  user: UserRecord;
  customerId: string;
  again: () => Promise<UserRecord>;
}> {
  const userId = newUserId();
  const user = await users.ensure({ userId, email: 'ada@example.com', createdAt: now });
  const customerId = `cus_${userId}`;
  expect(await billing.addCustomer(user, customerId)).toBe(true);
  const again = async () => (await billing.findUser(userId)) as UserRecord;
  return { user: await again(), customerId, again };
}

const change = (eventId: string | undefined, subscriptions: KeptSubscription[] = [subscription]) => ({
  subscriptions,
  event: eventId === undefined ? undefined : { id: eventId },
  plans: { from: [], to: ['pro'] },
  now,
});

test('a customer is found with its user', async () => {
  const { user, customerId } = await customer();
  expect(await billing.findCustomer(customerId)).toEqual({ userId: user.userId, isEnded: false });
  expect(await billing.findCustomer('cus_of_others')).toBeUndefined();
  expect(user.billing).toEqual({ customerId, rev: 1, subscriptions: [] });
});

test('one that was made meanwhile is not replaced', async () => {
  const { user, again } = await customer();
  const { billing: _none, ...before } = user;
  expect(await billing.addCustomer(before, 'cus_second')).toBe(false);
  expect(await again()).toEqual(user);
  expect(await billing.findCustomer('cus_second')).toBeUndefined();
});

test('an event is applied once, with its intent and its entry of the trail', async () => {
  const { user, again } = await customer();
  const id = `evt_${user.userId}`;
  expect(await billing.apply(user, change(id))).toBe('applied');
  const after = await again();
  expect(after.billing).toMatchObject({ rev: 2, subscriptions: [subscription] });
  expect(await billing.apply(after, change(id, []))).toBe('repeated');
  expect(await again()).toEqual(after);
  expect(await intentsOf(user.userId)).toMatchObject([{ kind: 'billing', since: now }]);
  expect(await eventsOf(user.userId)).toEqual(['user.billing_changed']);
});

test('one that is based on an older record changes nothing, and is not taken for applied', async () => {
  const { user, again } = await customer();
  expect(await billing.apply(user, change('evt_a'))).toBe('applied');
  const after = await again();
  const id = `evt_late_${user.userId}`;
  expect(await billing.apply(user, change(id, []))).toBe('changed');
  expect(await again()).toEqual(after);
  expect(await billing.apply(after, change(id, []))).toBe('applied');
});

test('of two at once one has to be based on the other', async () => {
  const { user } = await customer();
  const ids = ['one', 'two'].map((name) => `evt_${name}_${user.userId}`);
  const outcomes = await Promise.all(ids.map((id) => billing.apply(user, change(id))));
  expect(outcomes.toSorted()).toEqual(['applied', 'changed']);
});

test('what is the same as before is no change to tell of', async () => {
  const { user, again } = await customer();
  await billing.apply(user, change(undefined));
  await billing.removeIntent(user.userId);
  expect(await billing.apply(await again(), change(`evt_same_${user.userId}`))).toBe('applied');
  expect(await intentsOf(user.userId)).toEqual([]);
  expect(await eventsOf(user.userId)).toEqual(['user.billing_changed']);
});

test('a finished intent goes, or waits for the end of the grace, unless another change has come', async () => {
  const { user, again } = await customer();
  await billing.apply(user, change(undefined));
  const applied = await again();
  await billing.finishRebind(applied, now + 5000, now);
  expect(await intentsOf(user.userId)).toMatchObject([{ since: now + 5000 }]);
  await billing.apply(applied, change(undefined, []));
  await billing.finishRebind(applied, undefined, now);
  expect(await intentsOf(user.userId)).toMatchObject([{ since: now }]);
  await billing.finishRebind(await again(), undefined, now);
  expect(await intentsOf(user.userId)).toEqual([]);
});

test('a user who is leaving is changed no more, and the customer’s end outlives the account', async () => {
  const { user, customerId } = await customer();
  await users.beginDeletion(user.userId, now, { as: 'user' });
  expect(await billing.apply(user, change(undefined))).toBe('changed');
  await billing.endCustomer(customerId, user.userId, now);
  await users.deleteAll(user.userId, now, () => true);
  expect(await billing.findCustomer(customerId)).toEqual({ userId: user.userId, isEnded: true });
});

test('a login keeps what the user pays for', async () => {
  const { user, again } = await customer();
  await users.ensure({ userId: user.userId, email: 'new@example.com', createdAt: now });
  expect((await again()).billing).toEqual(user.billing);
});
