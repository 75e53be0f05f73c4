import type { KeyRecord, KeyRecords, RotationIntent } from '../../../core/keys/ports.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, type Write } from '../transact.ts';
import { putIntent, removeIntent } from './dynamo-intents.ts';
import { noEnd, putHash, updateRecord } from './key-records.ts';

type RotationWrites = Pick<KeyRecords, 'beginRotation' | 'completeRotation' | 'abandonRotation'>;

export function createRotationWrites(table: Table): RotationWrites {
  return {
    async beginRotation(record, rotation) {
      const outcome = await transact(table, [
        updateRecord(table, record, {
          // If it was rotated since it was read, completing would lose track of a secret; if it was moved, the new secret
          // would be bound to the wrong plan.
          ConditionExpression:
            '#status = :active AND attribute_not_exists(rotation) AND valueHash = :hash AND attribute_not_exists(planChange) AND #plan = :plan',
          UpdateExpression: 'SET rotation = :rotation',
          ExpressionAttributeNames: { '#status': 'status', '#plan': 'plan' },
          ExpressionAttributeValues: {
            ':active': 'active',
            ':rotation': rotation,
            ':hash': record.valueHash,
            ':plan': record.plan,
          },
        }),
        putIntent(table, {
          subject: record.keyId,
          kind: 'rotate',
          userId: record.userId,
          since: rotation.startedAt,
        }),
      ]);
      return outcome === 'written';
    },

    async completeRotation(record, rotation, apiKeyId) {
      const rotated = rotatedRecord(record, rotation, apiKeyId);
      const outcome = await transact(table, [
        updateRecord(table, record, {
          ConditionExpression: '#status = :active AND rotation.valueHash = :hash',
          UpdateExpression:
            'SET apiKeyId = :id, valueHash = :hash, last4 = :last4, previous = :previous, rotatedAt = :now REMOVE rotation',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':active': 'active',
            ':id': apiKeyId,
            ':hash': rotation.valueHash,
            ':last4': rotation.last4,
            ':previous': rotated.previous,
            ':now': rotation.startedAt,
          },
        }),
        updateSecrets(table, rotated, record.previous?.apiKeyId),
        // Calls with the new secret look for its own id, which names the key's one metering item.
        { Put: { TableName: table.name, Item: { ...itemKeys.meter(apiKeyId), alias: rotated.meterId } } },
        putHash(table, record, rotation.valueHash),
        ...deleteBeforeLast(table, record),
        removeIntent(table, record.keyId),
        ...auditWrites(table, {
          action: 'key.rotated',
          userId: record.userId,
          keyId: record.keyId,
          at: rotation.startedAt,
        }),
      ]);
      return outcome === 'refused' ? undefined : rotated;
    },

    async abandonRotation(record, rotation) {
      const outcome = await transact(table, [
        updateRecord(table, record, {
          // Once the key has ended, the intent is no longer this rotation's.
          ConditionExpression: '#status = :active AND rotation.valueHash = :hash',
          UpdateExpression: 'REMOVE rotation',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':active': 'active', ':hash': rotation.valueHash },
        }),
        removeIntent(table, record.keyId),
      ]);
      return outcome === 'written';
    },
  };
}

/** A secret still in its grace ends with the next rotation; the reconciler removes its key in API Gateway as an orphan. */
function deleteBeforeLast(table: Table, { previous, meterId }: KeyRecord): Write[] {
  if (previous === undefined) return [];
  const hash = { Delete: { TableName: table.name, Key: itemKeys.hash(previous.valueHash) } };
  if (previous.apiKeyId === meterId) return [hash];
  return [hash, { Delete: { TableName: table.name, Key: itemKeys.meter(previous.apiKeyId) } }];
}

function rotatedRecord(record: KeyRecord, rotation: RotationIntent, apiKeyId: string): KeyRecord {
  const { rotation: _done, ...rest } = record;
  const oldId = record.apiKeyId ?? '';
  return {
    ...rest,
    apiKeyId,
    meterId: record.meterId ?? oldId,
    valueHash: rotation.valueHash,
    last4: rotation.last4,
    previous: { apiKeyId: oldId, valueHash: record.valueHash, endsAt: rotation.graceEndsAt },
    rotatedAt: rotation.startedAt,
  };
}

/** The new secret works from now on, the old one until its grace ends, and the one before it no longer. */
function updateSecrets(table: Table, rotated: KeyRecord, beforeLast: string | undefined): Write {
  const names: Record<string, string> = {
    '#values': 'values',
    '#new': rotated.apiKeyId ?? '',
    '#old': rotated.previous?.apiKeyId ?? '',
  };
  if (beforeLast !== undefined) names['#beforeLast'] = beforeLast;
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(rotated.meterId ?? ''),
      ConditionExpression: 'attribute_exists(#values)',
      UpdateExpression: `SET #values.#new = :noEnd, #values.#old = :graceEnd${
        beforeLast === undefined ? '' : ' REMOVE #values.#beforeLast'
      }`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':noEnd': noEnd, ':graceEnd': rotated.previous?.endsAt },
    },
  };
}
