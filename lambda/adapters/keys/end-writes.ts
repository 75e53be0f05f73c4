import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DaypassError } from '../../../core/errors.ts';
import type { KeyCounters, KeyRecord, KeyRecords } from '../../../core/keys/ports.ts';
import { lastsADay, limitsAt } from '../../../core/metering/windows.ts';
import type { MeterItem } from '../meter/item.ts';
import { toCounters } from '../meter/key-meters.ts';
import { deleteMeter, leftBy, readMeter } from '../meter/release-meter.ts';
import { itemKeys, type Table } from '../table.ts';
import { conditionTries, transact, transactNamed, type Write } from '../transact.ts';
import { deleteIntent, putIntent } from './dynamo-intents.ts';
import { freePlace, placeOf, readPlace } from './places.ts';

/** How long an ended key stays in its owner's list. */
const endedLifeSeconds = 90 * 86_400;

type EndWrites = Pick<KeyRecords, 'end' | 'release' | 'finishIntent' | 'dropPrevious'>;

/**
 * A key ends in two steps. With the first no call is charged any more, so that its counters stand still; with the second
 * they go to its place, which is free from then on. In between the intent tells of it.
 */
export function createEndWrites(table: Table): EndWrites {
  const { name: TableName } = table;
  return {
    end: (record, status, endedAt) => endKey(table, record, status, endedAt),

    release: (record) => release(table, record),

    finishIntent: (keyId) => deleteIntent(table, keyId),

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
    // Nobody can be charged on an item that is not there.
    if (refused.has('meter')) withMeter = false;
    if (!refused.has('record')) continue;
    // Rotated or moved since it was read: what is to be forgotten has changed.
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
      {
        Update: {
          TableName,
          Key: itemKeys.key(userId, keyId),
          // Once ended or moved, its place may be another key's: ending it again must not take that away.
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
            ':ttl': Math.floor(endedAt / 1000) + endedLifeSeconds,
          },
        },
      },
    ],
    ['live', { Delete: { TableName, Key: itemKeys.live(keyId) } }],
    ['intent', putIntent(table, { subject: keyId, kind: 'end', userId, since: endedAt })],
    ...forgetValues(table, record).map((write, at) => [`value-${at}`, write] as const),
  ]);
  if (meterId !== undefined && withMeter) writes.set('meter', closeMeter(table, meterId));
  // Nothing was counted there yet.
  if (planChange) writes.set('new-place', freePlace(table, placeOf(record, planChange), keyId, endedAt));
  return writes;
}

async function release(table: Table, { userId, keyId }: Pick<KeyRecord, 'userId' | 'keyId'>): Promise<void> {
  for (let tries = 0; tries < conditionTries; tries += 1) {
    const record = await findRecord(table, { userId, keyId });
    if (record?.closing === undefined) return;
    const endedAt = record.endedAt ?? record.createdAt;
    const meterId = record.meterId ?? record.apiKeyId;
    const meter = meterId === undefined ? undefined : await readMeter(table, meterId);
    const place = placeOf(record);
    const holdsPlace = (await readPlace(table, place)).keyId === keyId;
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        ['record', closed(table, record, meter, endedAt)],
        ...(holdsPlace
          ? [['place', freePlace(table, place, keyId, endedAt, leftBy(meter, endedAt))] as const]
          : []),
        ...(meterId === undefined ? [] : [['meter', deleteMeter(table, meterId, meter)] as const]),
      ]),
    );
    if (refused.size === 0) return;
  }
  throw keyIsBusy();
}

function keyIsBusy(): DaypassError {
  return new DaypassError('key_busy', 'Calls with this key are ending right now. Try again in a moment.', {
    retryAfterSeconds: 5,
  });
}

/** Keeps of the counters what is shown of an ended key. */
function closed(table: Table, record: KeyRecord, meter: MeterItem | undefined, endedAt: number): Write {
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.key(record.userId, record.keyId),
      ConditionExpression: 'closing = :true',
      UpdateExpression: `${meter === undefined ? '' : 'SET lastCounters = :counters '}REMOVE closing`,
      ExpressionAttributeValues: {
        ':true': true,
        ':counters': meter && shownOf(meter, endedAt),
      },
    },
  };
}

function shownOf(meter: MeterItem, endedAt: number): KeyCounters {
  const { usedByWindow, limits, lastUsedAt } = toCounters(meter as unknown as Record<string, unknown>);
  const { allowedHosts: _onTheRecord, ...shown } = limits;
  const counters = limitsAt(endedAt).filter(({ unit, kind }) => unit === 'requests' && lastsADay(kind));
  return {
    usedByWindow: Object.fromEntries(counters.map(({ counter }) => [counter, usedByWindow[counter] ?? 0])),
    limits: shown,
    lastUsedAt,
  };
}

async function findRecord(
  table: Table,
  { userId, keyId }: Pick<KeyRecord, 'userId' | 'keyId'>,
): Promise<KeyRecord | undefined> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.name, Key: itemKeys.key(userId, keyId), ConsistentRead: true }),
  );
  return Item as KeyRecord | undefined;
}

/** The metering item refuses from here on, and keeps its counters until they are with the place. */
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

/** What else stands for a key's values: items of later values, and look-ups by hash. */
function forgetValues(table: Table, record: KeyRecord): Write[] {
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
