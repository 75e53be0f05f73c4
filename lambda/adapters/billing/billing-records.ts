import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { BillingChange, BillingRecords } from '../../../core/billing/ports.ts';
import type { BillingState } from '../../../core/billing/subscriptions.ts';
import { namedAuditWrites } from '../audit/audit-writes.ts';
import { deleteIntent, putIntent, removeIntent } from '../keys/dynamo-intents.ts';
import { endedCustomerSeconds, stripeEventSeconds } from '../lifetimes.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, transactNamed, type Write } from '../transact.ts';

/** Beside `delete-user`, whose subject is the user's id. */
const subjectOf = (userId: string) => `billing_${userId}`;

export function createBillingRecords(table: Table): BillingRecords {
  return {
    async findCustomer(customerId) {
      const item = await get(table, itemKeys.customer(customerId));
      return item && { userId: String(item.userId), isEnded: item.isEnded === true };
    },

    async findUser(userId) {
      const item = await get(table, itemKeys.user(userId));
      return item && { ...(item as Omit<UserRecord, 'userId'>), userId };
    },

    async addCustomer(user, customerId) {
      const { userId, billing } = user;
      const next: BillingState = { customerId, rev: (billing?.rev ?? 0) + 1, subscriptions: [] };
      const put: Write = {
        Put: { TableName: table.name, Item: { ...itemKeys.customer(customerId), userId } },
      };
      return (await transact(table, [writeState(table, user, next), put])) === 'written';
    },

    apply: (user, change) => apply(table, user, change),

    async finishRebind(user, againAt, now) {
      const { userId, billing } = user;
      const unchanged: Write = { ConditionCheck: isUnchanged(table, user) };
      const later = putIntent(table, {
        subject: subjectOf(userId),
        kind: 'billing',
        userId,
        since: againAt ?? now,
      });
      const intent = againAt === undefined ? removeIntent(table, subjectOf(userId)) : later;
      if (billing !== undefined) await transact(table, [unchanged, intent]);
    },

    async endCustomer(customerId, userId, now) {
      const ttl = Math.floor(now / 1000) + endedCustomerSeconds;
      const Item = { ...itemKeys.customer(customerId), userId, isEnded: true, ttl };
      await table.documents.send(new PutCommand({ TableName: table.name, Item }));
    },

    removeIntent: (userId) => deleteIntent(table, subjectOf(userId)),
  };
}

async function get(table: Table, Key: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.name, Key, ConsistentRead: true }),
  );
  return Item;
}

async function apply(
  table: Table,
  user: UserRecord,
  { subscriptions, event, plans, now }: BillingChange,
): Promise<'applied' | 'repeated' | 'changed'> {
  const { userId, billing } = user;
  if (billing === undefined) return 'changed';
  const next: BillingState = { ...billing, rev: billing.rev + 1, subscriptions };
  const isSame = textOf(subscriptions) === textOf(billing.subscriptions);
  const told = namedAuditWrites(table, {
    action: 'user.billing_changed',
    userId,
    at: now,
    detail: {
      from: plans.from,
      to: plans.to,
      subscriptions: subscriptions.map(({ id, status }) => `${id} ${status}`),
      event: event?.id ?? null,
    },
  });
  const intent = putIntent(table, { subject: subjectOf(userId), kind: 'billing', userId, since: now });
  const writes = new Map<string, Write>([
    ['state', writeState(table, user, next)],
    ...(event === undefined ? [] : ([['event', once(table, event.id, userId, now)]] as const)),
    // Read again without an event, it changes nothing: the intent that asked for it stays.
    ...(isSame ? [] : ([['intent', intent], ...told] as const)),
  ]);
  const refused = await transactNamed(table, writes);
  if (refused.size === 0) return 'applied';
  return refused.has('event') ? 'repeated' : 'changed';
}

/** The table doesn't keep the order of fields. */
function textOf(subscriptions: BillingState['subscriptions']): string {
  return JSON.stringify(subscriptions, ['id', 'priceId', 'status', 'periodEndsAt', 'endsAt', 'graceEndsAt']);
}

function once(table: Table, eventId: string, userId: string, now: number): Write {
  const ttl = Math.floor(now / 1000) + stripeEventSeconds;
  return {
    Put: {
      TableName: table.name,
      Item: { ...itemKeys.stripeEvent(eventId), userId, at: now, ttl },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function writeState(table: Table, user: UserRecord, next: BillingState): Write {
  const { ExpressionAttributeValues: values, ...condition } = isUnchanged(table, user);
  return {
    Update: {
      ...condition,
      UpdateExpression: 'SET billing = :next',
      ExpressionAttributeValues: { ...values, ':next': next },
    },
  };
}

/** The record has not changed since it was read, and its user is not leaving. */
function isUnchanged(table: Table, { userId, billing }: UserRecord) {
  return {
    TableName: table.name,
    Key: itemKeys.user(userId),
    ConditionExpression: `#status <> :deleting AND ${billing === undefined ? 'attribute_not_exists(billing)' : 'billing.rev = :rev'}`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':deleting': 'deleting',
      ...(billing !== undefined && { ':rev': billing.rev }),
    },
  };
}
