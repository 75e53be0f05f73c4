import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyRecord, KeyRecords } from '../../../core/keys/ports.ts';
import { namedAuditWrites } from '../audit/audit-writes.ts';
import { endedKeySeconds } from '../lifetimes.ts';
import { itemKeys, type Table } from '../table.ts';
import { conditionTries, isApplied, transact, transactNamed, type Write } from '../transact.ts';
import { deleteIntent, putIntent } from './dynamo-intents.ts';
import { findRecord } from './find-record.ts';
import { updateRecord } from './key-records.ts';
import { freePlace, placeOf } from './places.ts';
import { keyIsBusy, releaseKey } from './release-key.ts';

type EndWrites = Pick<KeyRecords, 'end' | 'release' | 'finishIntent' | 'forgetPreviousSecret'>;

/**
 * A key ends in two steps. After the first no call is charged, so its counters no longer change; the second moves them to
 * its place, which is then free. In between the intent records it.
 */
export function createEndWrites(table: Table): EndWrites {
  const { name: TableName } = table;
  return {
    end: (record, status, endedAt) => endKey(table, record, status, endedAt),

    release: (record) => releaseKey(table, record),

    finishIntent: (keyId) => deleteIntent(table, keyId),

    async forgetPreviousSecret(record) {
      if (record.previous === undefined) return;
      const { apiKeyId, valueHash } = record.previous;
      const outcome = await transact(table, [
        updateRecord(table, record, {
          ConditionExpression: 'previous.apiKeyId = :old',
          UpdateExpression: 'REMOVE previous',
          ExpressionAttributeValues: { ':old': apiKeyId },
        }),
        { Delete: { TableName, Key: itemKeys.hash(valueHash) } },
        // The first secret's id names the metering item itself, which stays.
        ...(apiKeyId === record.meterId ? [] : [{ Delete: { TableName, Key: itemKeys.meter(apiKeyId) } }]),
      ]);
      if (outcome === 'written') await removeOldSecret(table, record, apiKeyId);
    },
  };
}

async function endKey(
  table: Table,
  record: KeyRecord,
  status: 'revoked' | 'expired',
  endedAt: number,
): Promise<void> {
  let found: KeyRecord | undefined = record;
  let withMeter = true;
  for (let tries = 0; found !== undefined && tries < conditionTries; tries += 1) {
    const refused = await transactNamed(table, ending(table, found, { status, endedAt, withMeter }));
    if (refused.size === 0) return;
    // No call can be charged on a missing item.
    if (refused.has('meter')) withMeter = false;
    if (!refused.has('record')) continue;
    // Rotated or moved since it was read, so other items must be removed.
    found = await findRecord(table, record);
    if (found?.status === 'revoked' || found?.status === 'expired') return;
  }
  if (found !== undefined) throw keyIsBusy();
}

function ending(
  table: Table,
  record: KeyRecord,
  { status, endedAt, withMeter }: { status: 'revoked' | 'expired'; endedAt: number; withMeter: boolean },
): Map<string, Write> {
  const { name: TableName } = table;
  const { keyId, userId, planChange } = record;
  const meterId = record.meterId ?? record.apiKeyId;
  const writes = new Map<string, Write>([
    [
      'record',
      updateRecord(table, record, {
        // Once the key has ended or moved, its place may be another key's, which must keep it.
        ConditionExpression: `#status IN (:creating, :active) AND valueHash = :hash AND #plan = :plan AND slot = :slot AND ${
          planChange === undefined ? 'attribute_not_exists(planChange)' : 'planChange.#id = :change'
        }`,
        UpdateExpression:
          'SET #status = :status, endedAt = :now, #ttl = :ttl, closing = :true REMOVE planChange',
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
          ':true': true,
          ':ttl': Math.floor(endedAt / 1000) + endedKeySeconds,
        },
      }),
    ],
    ['live', { Delete: { TableName, Key: itemKeys.live(keyId) } }],
    ['intent', putIntent(table, { subject: keyId, kind: 'end', userId, since: endedAt })],
    ...deleteSecrets(table, record).map((write, at) => [`value-${at}`, write] as const),
    ...namedAuditWrites(table, { action: `key.${status}`, userId, keyId, at: endedAt }),
  ]);
  if (meterId !== undefined && withMeter) writes.set('meter', closeMeter(table, meterId));
  // The key has counted nothing on the new plan yet.
  if (planChange) writes.set('new-place', freePlace(table, placeOf(record, planChange), keyId, endedAt));
  return writes;
}

/** The metering item refuses calls from now on, and keeps its counters until the place has them. */
function closeMeter(table: Table, meterId: string): Write {
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(meterId),
      ConditionExpression: 'attribute_exists(pk)',
      UpdateExpression: 'SET #status = :ended',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':ended': 'ended' },
    },
  };
}

/** Deletes the items of rotated secrets, and the look-ups by hash. */
function deleteSecrets(table: Table, record: KeyRecord): Write[] {
  const { name: TableName } = table;
  const { apiKeyId, previous, valueHash } = record;
  const meterId = record.meterId ?? apiKeyId;
  const later = new Set([apiKeyId, previous?.apiKeyId].filter((id) => id !== undefined && id !== meterId));
  const hashes = [valueHash, previous?.valueHash].filter((hash) => hash !== undefined);
  return [
    ...[...later].map((id) => ({ Delete: { TableName, Key: itemKeys.meter(id ?? '') } })),
    ...hashes.map((hash) => ({ Delete: { TableName, Key: itemKeys.hash(hash) } })),
  ];
}

/** Outside the transaction: the secret has been refused since its end, and this only keeps the item small. */
async function removeOldSecret(table: Table, record: KeyRecord, apiKeyId: string): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.meter(record.meterId ?? apiKeyId),
    ConditionExpression: 'attribute_exists(pk)',
    UpdateExpression: 'REMOVE #values.#old',
    ExpressionAttributeNames: { '#values': 'values', '#old': apiKeyId },
  });
  await isApplied(table.documents.send(command));
}
