import { DaypassError } from '../../../core/errors.ts';
import type {
  KeyLimits,
  KeyRecord,
  KeyRecords,
  MadeGatewayKey,
  UsedByWindow,
} from '../../../core/keys/ports.ts';
import type { KeptKey } from '../../../core/provider-keys/kept-keys.ts';
import { namedAuditWrites } from '../audit/audit-writes.ts';
import { keptCounters } from '../meter/counter-names.ts';
import { meterLimits, readMeter, storedLimits } from '../meter/meter-item.ts';
import { forgetKept, putKept } from '../provider-keys/dynamo-kept-keys.ts';
import { itemKeys, type Table } from '../table.ts';
import { conditionTries, transact, transactNamed, type Write } from '../transact.ts';
import { putIntent, removeIntent } from './dynamo-intents.ts';
import { noEnd, putHash, updateRecord } from './key-records.ts';
import { freePlace, handToMeter, placeOf, slotsByUse, takePlace } from './places.ts';
import { readPlace } from './read-place.ts';
import { deleteMeter, leftBy } from './release-key.ts';

type CreationWrites = Pick<KeyRecords, 'reserve' | 'activate' | 'abandon'>;

export function createCreationWrites(table: Table): CreationWrites {
  const { name: TableName } = table;
  return {
    async reserve(intent, places) {
      const person = intent.person ?? intent.userId;
      for (const slot of await slotsByUse(table, { person, plan: intent.plan }, places, intent.createdAt)) {
        const record: KeyRecord = { ...intent, slot, status: 'creating' };
        const outcome = await transact(table, [
          takePlace(table, placeOf(record), intent.keyId),
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

    activate: (record, made, limits, kept = []) => activate(table, record, made, { limits, kept }),

    abandon: (record, apiKeyId) => abandon(table, record, apiKeyId),
  };
}

/** Counting goes on where the place's last key stopped; calls of that key may still end meanwhile, hence the retries. */
async function activate(
  table: Table,
  record: KeyRecord,
  { apiKeyId, usagePlanId }: MadeGatewayKey,
  { limits, kept }: { limits: KeyLimits; kept: readonly KeptKey[] },
): Promise<UsedByWindow> {
  const { name: TableName } = table;
  const place = placeOf(record);
  for (let tries = 0; tries < conditionTries; tries += 1) {
    const read = await readPlace(table, place);
    const used = keptCounters(read as Record<string, unknown>, record.createdAt);
    const meter = { ...meterItem(record, apiKeyId, limits), usagePlanId, ...used };
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        [
          'record',
          updateRecord(table, record, {
            ConditionExpression: '#status = :creating',
            UpdateExpression: 'SET #status = :active, apiKeyId = :apiKeyId, meterId = :apiKeyId',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':creating': 'creating',
              ':active': 'active',
              ':apiKeyId': apiKeyId,
            },
          }),
        ],
        ['meter', { Put: { TableName, Item: { ...itemKeys.meter(apiKeyId), ...meter } } }],
        ['hash', putHash(table, record, record.valueHash)],
        ['user', userIsActive(table, record.userId, limits)],
        ['live', { Put: { TableName, Item: { ...itemKeys.live(record.keyId), userId: record.userId } } }],
        ['place', handToMeter(table, place, { keyId: record.keyId, meterId: apiKeyId }, read)],
        ['intent', removeIntent(table, record.keyId)],
        ...kept.map((key): [string, Write] => [`kept ${key.provider}`, putKept(table, record.userId, key)]),
        ...namedAuditWrites(table, {
          action: 'key.created',
          userId: record.userId,
          keyId: record.keyId,
          at: record.createdAt,
          detail: {
            plan: record.plan,
            ...(kept.length > 0 && { providerKeys: kept.map(({ provider }) => provider) }),
          },
        }),
      ]),
    );
    if (refused.size === 0) return used;
    if (refused.has('record') || refused.has('user')) break;
  }
  throw keyBusy();
}

/** If an activation succeeded and its reply was lost, the place's counters are on the key: they go back to the place. */
async function abandon(table: Table, record: KeyRecord, apiKeyId: string | undefined): Promise<void> {
  const { name: TableName } = table;
  const place = placeOf(record);
  if (apiKeyId !== undefined) await forgetKept(table, record);
  for (let tries = 0; tries < conditionTries; tries += 1) {
    const meter = apiKeyId === undefined ? undefined : await readMeter(table, apiKeyId);
    const holdsPlace = (await readPlace(table, place)).keyId === record.keyId;
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        // After an earlier abandon the place may be another key's, which must keep it.
        ...(holdsPlace
          ? [['place', freePlace(table, place, record.keyId, record.createdAt, leftBy(meter))] as const]
          : []),
        ['record', { Delete: { TableName, Key: itemKeys.key(record.userId, record.keyId) } }],
        ['hash', { Delete: { TableName, Key: itemKeys.hash(record.valueHash) } }],
        ['live', { Delete: { TableName, Key: itemKeys.live(record.keyId) } }],
        ...(apiKeyId === undefined ? [] : [['meter', deleteMeter(table, apiKeyId, meter)] as const]),
        ['intent', removeIntent(table, record.keyId)],
        // The trail has told of the activation.
        ...(meter === undefined
          ? []
          : namedAuditWrites(table, {
              action: 'key.undone',
              userId: record.userId,
              keyId: record.keyId,
              at: Date.now(),
            })),
      ]),
    );
    if (refused.size === 0) return;
  }
  throw keyBusy();
}

/**
 * An account being deleted gets no new key, however its deletion and a creation interleave.
 * @param limits with those of the user, which must still be the same
 */
function userIsActive(table: Table, userId: string, limits?: KeyLimits): Write {
  const { perUserAt } = limits ?? {};
  const isSame = perUserAt === undefined ? 'attribute_not_exists(limitsChangedAt)' : 'limitsChangedAt = :at';
  const isActive = '(attribute_not_exists(#status) OR #status = :active)';
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression: limits === undefined ? isActive : `${isActive} AND ${isSame}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':active': 'active',
        ...(perUserAt !== undefined && { ':at': perUserAt }),
      },
    },
  };
}

function meterItem(record: KeyRecord, apiKeyId: string, limits: KeyLimits) {
  const { person, plan, slot } = placeOf(record);
  return {
    status: 'active',
    userId: record.userId,
    keyId: record.keyId,
    plan,
    slot,
    person,
    expiresAt: record.expiresAt,
    requiresProviderKey: record.requiresProviderKey,
    allowedHosts: limits.allowedHosts,
    ...meterLimits(limits),
    /** If present, charges take the transaction that counts beyond the key. */
    perClient: limits.perClient && storedLimits(limits.perClient),
    perUser: limits.perUser && storedLimits(limits.perUser),
    perUserAt: limits.perUserAt,
    /** Until when each secret works, by its id in API Gateway. */
    values: { [apiKeyId]: noEnd },
  };
}

/** The creation was undone meanwhile, or the account is being deleted. */
function keyBusy(): DaypassError {
  return new DaypassError('key_busy', 'This key or its account was changed meanwhile. Nothing was made.');
}
