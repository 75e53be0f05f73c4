import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DaypassError } from '../../core/errors.ts';
import type { KeyCounters, KeyLimits, KeyRecord, KeyRecords } from '../../core/ports.ts';
import { deleteIntent, putIntent, removeIntent } from './dynamo-intents.ts';
import { toCounters } from './dynamo-key-meters.ts';
import { createPlanChangeWrites } from './dynamo-plan-change-writes.ts';
import { createRotationWrites } from './dynamo-rotation-writes.ts';
import { noEnd, putHash } from './key-values.ts';
import { meterLimits, windowLimits } from './meter-limits.ts';
import { itemKeys, type Table } from './table.ts';
import { transact, type Write } from './transact.ts';

/** How long an ended key stays in its owner's list. */
const endedLifeSeconds = 90 * 86_400;

type KeyWrites = Omit<KeyRecords, 'find' | 'findByHash' | 'listAll' | 'listUnsettled' | 'listVisible'>;

/** Every change of a key is one transaction, with its intent in it: nobody ever sees half of one. */
export function createKeyWrites(table: Table): KeyWrites {
  const { name: TableName } = table;
  return {
    ...createRotationWrites(table),
    ...createPlanChangeWrites(table),

    async reserve(intent, places) {
      for (let slot = 1; slot <= places; slot += 1) {
        const record: KeyRecord = { ...intent, slot, status: 'creating' };
        const outcome = await transact(table, [
          {
            Put: {
              TableName,
              Item: { ...itemKeys.place(intent.userId, intent.plan, slot), keyId: intent.keyId },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          { Put: { TableName, Item: { ...itemKeys.key(intent.userId, intent.keyId), ...record } } },
          userIsActive(table, intent.userId),
          putIntent(table, {
            subject: intent.keyId,
            kind: 'create',
            userId: intent.userId,
            since: intent.createdAt,
          }),
        ]);
        if (outcome === 'written') return record;
      }
      return undefined;
    },

    async activate(record, apiKeyId, limits) {
      const outcome = await transact(table, [
        {
          Update: {
            TableName,
            Key: itemKeys.key(record.userId, record.keyId),
            ConditionExpression: '#status = :creating',
            UpdateExpression: 'SET #status = :active, apiKeyId = :apiKeyId, meterId = :apiKeyId',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':creating': 'creating',
              ':active': 'active',
              ':apiKeyId': apiKeyId,
            },
          },
        },
        { Put: { TableName, Item: { ...itemKeys.meter(apiKeyId), ...meterItem(record, apiKeyId, limits) } } },
        putHash(table, record, record.valueHash),
        userIsActive(table, record.userId),
        { Put: { TableName, Item: { ...itemKeys.live(record.keyId), userId: record.userId } } },
        removeIntent(table, record.keyId),
      ]);
      if (outcome === 'refused') throw keyBusy();
    },

    async abandon(record, apiKeyId) {
      await transact(table, [
        {
          Delete: {
            TableName,
            Key: itemKeys.place(record.userId, record.plan, record.slot),
            // Once abandoned, the place may be another key's: repeating this must not take it away.
            ConditionExpression: 'attribute_not_exists(pk) OR keyId = :keyId',
            ExpressionAttributeValues: { ':keyId': record.keyId },
          },
        },
        { Delete: { TableName, Key: itemKeys.key(record.userId, record.keyId) } },
        { Delete: { TableName, Key: itemKeys.hash(record.valueHash) } },
        { Delete: { TableName, Key: itemKeys.live(record.keyId) } },
        ...(apiKeyId === undefined ? [] : [{ Delete: { TableName, Key: itemKeys.meter(apiKeyId) } }]),
        removeIntent(table, record.keyId),
      ]);
    },

    end: (record, status, endedAt) => endKey(table, record, status, endedAt),

    settleIntent: (keyId) => deleteIntent(table, keyId),

    async dropPrevious(record) {
      if (record.previous === undefined) return;
      const { apiKeyId, valueHash } = record.previous;
      const condition = { ':old': apiKeyId };
      const outcome = await transact(table, [
        {
          Update: {
            TableName,
            Key: itemKeys.key(record.userId, record.keyId),
            ConditionExpression: 'previous.apiKeyId = :old',
            UpdateExpression: 'REMOVE previous',
            ExpressionAttributeValues: condition,
          },
        },
        { Delete: { TableName, Key: itemKeys.hash(valueHash) } },
        // The first value's id names the metering item itself, which lives on.
        ...(apiKeyId === record.meterId ? [] : [{ Delete: { TableName, Key: itemKeys.meter(apiKeyId) } }]),
      ]);
      if (outcome === 'written') await forgetOldValue(table, record, apiKeyId);
    },
  };
}

/** An account being deleted gets no key any more, however its deletion and a create interleave. */
function userIsActive(table: Table, userId: string): Write {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression: 'attribute_not_exists(#status) OR #status = :active',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':active': 'active' },
    },
  };
}

async function endKey(
  table: Table,
  record: KeyRecord,
  status: 'revoked' | 'expired',
  endedAt: number,
): Promise<void> {
  const { name: TableName } = table;
  const { keyId, userId, planChange } = record;
  const Key = itemKeys.key(userId, keyId);
  const places = [record, planChange].flatMap((holds) => holds ?? []);
  const lastCounters = await readLastCounters(table, record);
  const outcome = await transact(table, [
    {
      Update: {
        TableName,
        Key,
        // Once ended or moved, its place may be another key's: ending it again must not take that away.
        ConditionExpression: `#status IN (:creating, :active) AND valueHash = :hash AND #plan = :plan AND slot = :slot AND ${
          planChange === undefined ? 'attribute_not_exists(planChange)' : 'planChange.#id = :change'
        }`,
        UpdateExpression: `SET #status = :status, endedAt = :now, #ttl = :ttl${
          lastCounters === undefined ? '' : ', lastCounters = :counters'
        } REMOVE planChange`,
        ExpressionAttributeNames: {
          '#status': 'status',
          '#ttl': 'ttl',
          '#plan': 'plan',
          ...(planChange !== undefined && { '#id': 'id' }),
        },
        ExpressionAttributeValues: {
          ':creating': 'creating',
          ':active': 'active',
          ':hash': record.valueHash,
          ':plan': record.plan,
          ':slot': record.slot,
          ':change': planChange?.id,
          ':status': status,
          ':now': endedAt,
          ':ttl': Math.floor(endedAt / 1000) + endedLifeSeconds,
          ':counters': lastCounters,
        },
      },
    },
    ...places.map(({ plan, slot }) => ({
      Delete: { TableName, Key: itemKeys.place(userId, plan, slot) },
    })),
    { Delete: { TableName, Key: itemKeys.live(keyId) } },
    ...forgetValues(table, record),
    putIntent(table, { subject: keyId, kind: 'end', userId, since: endedAt }),
  ]);
  if (outcome === 'written') return;
  const { Item } = await table.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  const found = Item as KeyRecord | undefined;
  // Rotated or moved since it was read: what is to be forgotten has changed.
  if (found?.status === 'active') await endKey(table, found, status, endedAt);
}

/**
 * What an ended key still shows. Calls that are charged between this and the end are not in it; the usage of the day
 * has them.
 */
async function readLastCounters(
  table: Table,
  { meterId, apiKeyId }: KeyRecord,
): Promise<KeyCounters | undefined> {
  const id = meterId ?? apiKeyId;
  if (id === undefined) return undefined;
  const command = new GetCommand({
    TableName: table.name,
    Key: itemKeys.meter(id),
    ConsistentRead: true,
  });
  const { Item } = await table.documents.send(command);
  if (Item === undefined) return undefined;
  const counters = toCounters(Item);
  const days = Object.entries(counters.usedByWindow).filter(([window]) => window.startsWith('day-'));
  return { ...counters, usedByWindow: Object.fromEntries(days) };
}

/** What stands for a key's values: metering items and look-ups by hash. */
function forgetValues(table: Table, record: KeyRecord): Write[] {
  const { name: TableName } = table;
  const { apiKeyId, meterId, previous, valueHash } = record;
  const meters = new Set([apiKeyId, meterId, previous?.apiKeyId].filter((id) => id !== undefined));
  const hashes = [valueHash, previous?.valueHash].filter((hash) => hash !== undefined);
  return [
    ...[...meters].map((id) => ({ Delete: { TableName, Key: itemKeys.meter(id) } })),
    ...hashes.map((hash) => ({ Delete: { TableName, Key: itemKeys.hash(hash) } })),
  ];
}

function meterItem(record: KeyRecord, apiKeyId: string, limits: KeyLimits) {
  return {
    status: 'active',
    userId: record.userId,
    keyId: record.keyId,
    plan: record.plan,
    expiresAt: record.expiresAt,
    allowedHosts: limits.allowedHosts,
    ...meterLimits(limits),
    /** Its presence sends charges to the transaction that counts clients too. */
    perClient: limits.perClient && windowLimits(limits.perClient),
    /** Until when each value works, by API Gateway's id of it. */
    values: { [apiKeyId]: noEnd },
  };
}

/** Not part of the transaction: the value is refused since its end already; this only keeps the item small. */
async function forgetOldValue(table: Table, record: KeyRecord, apiKeyId: string): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.meter(record.meterId ?? apiKeyId),
    ConditionExpression: 'attribute_exists(pk)',
    UpdateExpression: 'REMOVE #values.#old',
    ExpressionAttributeNames: { '#values': 'values', '#old': apiKeyId },
  });
  await table.documents.send(command).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}

/** The intent was undone meanwhile, or the account is being deleted. */
function keyBusy(): DaypassError {
  return new DaypassError('key_busy', 'This key or its account was changed meanwhile. Nothing was made.');
}
