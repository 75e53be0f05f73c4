import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { DaypassError } from '../../core/errors.ts';
import type { KeyLimits, KeyRecord, KeyRecords, Page } from '../../core/ports.ts';
import { invalidCursor, isKeyId } from './cursors.ts';
import { itemKeys, type Table } from './table.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** How long a revoked key stays in its owner's list. */
const revokedLifeSeconds = 90 * 86_400;
/** Two transactions on one item at a time cancel each other; a few tries settle it. */
const conflictAttempts = 5;
/** Why a transaction may be cancelled that will do better next time. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

export function createDynamoKeys(table: Table): KeyRecords {
  const { name: TableName } = table;
  const writeAll = (writes: Write[]) => transact(table, writes);

  return {
    async reserve(intent, places) {
      for (let slot = 1; slot <= places; slot += 1) {
        const record: KeyRecord = { ...intent, slot, status: 'creating' };
        const outcome = await writeAll([
          {
            Put: {
              TableName,
              Item: { ...itemKeys.place(intent.userId, intent.plan, slot), keyId: intent.keyId },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          { Put: { TableName, Item: { ...itemKeys.key(intent.userId, intent.keyId), ...record } } },
        ]);
        if (outcome === 'written') return record;
      }
      return undefined;
    },

    async activate(record, apiKeyId, limits) {
      const outcome = await writeAll([
        {
          Update: {
            TableName,
            Key: itemKeys.key(record.userId, record.keyId),
            ConditionExpression: '#status = :creating',
            UpdateExpression: 'SET #status = :active, apiKeyId = :apiKeyId',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':creating': 'creating',
              ':active': 'active',
              ':apiKeyId': apiKeyId,
            },
          },
        },
        { Put: { TableName, Item: { ...itemKeys.meter(apiKeyId), ...meterItem(record, limits) } } },
        {
          Put: {
            TableName,
            Item: { ...itemKeys.hash(record.valueHash), userId: record.userId, keyId: record.keyId },
          },
        },
      ]);
      if (outcome === 'refused') throw new Error('the intent of this key is gone');
    },

    async abandon(record, apiKeyId) {
      await writeAll([
        { Delete: { TableName, Key: itemKeys.place(record.userId, record.plan, record.slot) } },
        { Delete: { TableName, Key: itemKeys.key(record.userId, record.keyId) } },
        { Delete: { TableName, Key: itemKeys.hash(record.valueHash) } },
        ...(apiKeyId === undefined ? [] : [{ Delete: { TableName, Key: itemKeys.meter(apiKeyId) } }]),
      ]);
    },

    async revoke(record, revokedAt) {
      await writeAll([
        {
          Update: {
            TableName,
            Key: itemKeys.key(record.userId, record.keyId),
            ConditionExpression: 'attribute_exists(pk)',
            UpdateExpression: 'SET #status = :revoked, revokedAt = :now, #ttl = :ttl',
            ExpressionAttributeNames: { '#status': 'status', '#ttl': 'ttl' },
            ExpressionAttributeValues: {
              ':revoked': 'revoked',
              ':now': revokedAt,
              ':ttl': Math.floor(revokedAt / 1000) + revokedLifeSeconds,
            },
          },
        },
        { Delete: { TableName, Key: itemKeys.place(record.userId, record.plan, record.slot) } },
        { Delete: { TableName, Key: itemKeys.hash(record.valueHash) } },
        ...(record.apiKeyId === undefined
          ? []
          : [{ Delete: { TableName, Key: itemKeys.meter(record.apiKeyId) } }]),
      ]);
    },

    async find(userId, keyId) {
      if (!isKeyId(keyId)) return undefined;
      const answer = await table.documents.send(
        new GetCommand({ TableName, Key: itemKeys.key(userId, keyId), ConsistentRead: true }),
      );
      return answer.Item as KeyRecord | undefined;
    },

    async listAll(userId) {
      const records: KeyRecord[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await queryKeys(table, userId, start);
        records.push(...page.records);
        start = page.next;
      } while (start !== undefined);
      return records;
    },

    listVisible: (userId, page) => listVisible(table, userId, page),

    async findByHash(valueHash) {
      const pointer = await table.documents.send(
        new GetCommand({ TableName, Key: itemKeys.hash(valueHash), ConsistentRead: true }),
      );
      if (pointer.Item === undefined) return undefined;
      return this.find(String(pointer.Item['userId']), String(pointer.Item['keyId']));
    },
  };
}

function meterItem(record: KeyRecord, limits: KeyLimits) {
  return {
    status: 'active',
    userId: record.userId,
    keyId: record.keyId,
    plan: record.plan,
    expiresAt: record.expiresAt,
    models: limits.models,
    limits: { day: limits.requestsPerDay, hour: limits.requestsPerHour, minute: limits.requestsPerMinute },
  };
}

/**
 * @returns `refused` when a condition failed; conflicts with other transactions are tried again
 * @throws DaypassError `service_unavailable` when conflicts go on
 */
async function transact(table: Table, writes: Write[]): Promise<'written' | 'refused'> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await table.documents.send(new TransactWriteCommand({ TransactItems: writes }));
      return 'written';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons?.map((reason) => reason.Code) ?? [];
      if (reasons.includes('ConditionalCheckFailed')) return 'refused';
      if (!reasons.some((reason) => passing.has(reason ?? ''))) throw error;
      if (attempt === conflictAttempts) throw tooManyAtOnce(error);
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * Math.random()));
    }
  }
}

function tooManyAtOnce(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'Too many changes at once. Try again in a moment.', {
    retryAfterSeconds: 1,
    cause,
  });
}

async function queryKeys(
  table: Table,
  userId: string,
  start: Record<string, unknown> | undefined,
): Promise<{ records: KeyRecord[]; next: Record<string, unknown> | undefined }> {
  const { pk, sk } = itemKeys.key(userId, '');
  const answer = await table.documents.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ScanIndexForward: false,
      ConsistentRead: true,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    }),
  );
  return { records: (answer.Items ?? []) as KeyRecord[], next: answer.LastEvaluatedKey };
}

/** Key ids sort by time, so the id of a page's last key says where the next one starts. */
async function listVisible(table: Table, userId: string, { limit, cursor }: Page) {
  const visible: KeyRecord[] = [];
  if (cursor !== undefined && !isKeyId(cursor)) throw invalidCursor();
  let start: Record<string, unknown> | undefined =
    cursor === undefined ? undefined : itemKeys.key(userId, cursor);
  do {
    const page = await queryKeys(table, userId, start);
    visible.push(...page.records.filter((record) => record.status !== 'creating'));
    start = page.next;
  } while (start !== undefined && visible.length <= limit);
  const records = visible.slice(0, limit);
  return { records, nextCursor: visible.length > limit ? (records.at(-1)?.keyId ?? null) : null };
}
