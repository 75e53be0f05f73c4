import type { KeyLimits, KeyRecord, KeyRecords, PlanChange } from '../../core/ports.ts';
import { putIntent, removeIntent } from './dynamo-intents.ts';
import { meterLimits } from './meter-limits.ts';
import { itemKeys, type Table } from './table.ts';
import { transact, transactNamed, type Write } from './transact.ts';

type PlanChangeWrites = Pick<
  KeyRecords,
  'rename' | 'beginPlanChange' | 'completePlanChange' | 'stopPlanChange' | 'abandonPlanChange'
>;

export function createPlanChangeWrites(table: Table): PlanChangeWrites {
  return {
    async rename(record, name) {
      const renamed = updateRecord(table, record, {
        ConditionExpression: '#status = :active',
        UpdateExpression: 'SET #name = :name',
        ExpressionAttributeNames: { '#status': 'status', '#name': 'name' },
        ExpressionAttributeValues: { ':active': 'active', ':name': name },
      });
      return (await transact(table, [renamed])) === 'written';
    },

    async beginPlanChange(record, wanted, places) {
      for (let slot = 1; slot <= places; slot += 1) {
        const change: PlanChange = { ...wanted, slot };
        const refused = await transactNamed(table, beginning(table, record, change));
        if (refused.size === 0) return change;
        if (refused.has('record')) return 'changed';
      }
      return 'no_place';
    },

    async completePlanChange(record, change, { limits, changedAt }) {
      const { planChange: _done, ...rest } = record;
      const { plan, slot, name } = change;
      const isNamed = name !== undefined;
      const outcome = await transact(table, [
        updateRecord(table, record, {
          ConditionExpression: `${underWay} AND attribute_not_exists(planChange.undoing)`,
          UpdateExpression: `SET #plan = :plan, slot = :slot, planChangedAt = :now${isNamed ? ', #name = :name' : ''} REMOVE planChange`,
          ExpressionAttributeNames: {
            '#status': 'status',
            '#id': 'id',
            '#plan': 'plan',
            ...(isNamed && { '#name': 'name' }),
          },
          ExpressionAttributeValues: {
            ...isThis(change),
            ':plan': plan,
            ':slot': slot,
            ':name': name,
            ':now': changedAt,
          },
        }),
        changeMeter(table, record, plan, limits),
        { Delete: { TableName: table.name, Key: itemKeys.place(record.userId, record.plan, record.slot) } },
        removeIntent(table, record.keyId),
      ]);
      if (outcome === 'refused') return undefined;
      return { ...rest, plan, slot, planChangedAt: changedAt, ...(isNamed && { name }) };
    },

    async stopPlanChange(record, change) {
      const stopped = updateRecord(table, record, {
        ConditionExpression: underWay,
        UpdateExpression: 'SET planChange.undoing = :true',
        ExpressionAttributeNames: { '#status': 'status', '#id': 'id' },
        ExpressionAttributeValues: { ...isThis(change), ':true': true },
      });
      return (await transact(table, [stopped])) === 'written';
    },

    async abandonPlanChange(record, change) {
      // Refused when the key has ended meanwhile, which freed the place, or another undo was faster.
      await transact(table, [
        updateRecord(table, record, {
          ConditionExpression: underWay,
          UpdateExpression: 'REMOVE planChange',
          ExpressionAttributeNames: { '#status': 'status', '#id': 'id' },
          ExpressionAttributeValues: isThis(change),
        }),
        { Delete: { TableName: table.name, Key: itemKeys.place(record.userId, change.plan, change.slot) } },
        removeIntent(table, record.keyId),
      ]);
    },
  };
}

/** Of an ended key the intent is no longer this change's. */
const underWay = '#status = :active AND planChange.#id = :id';
const isThis = (change: PlanChange) => ({ ':active': 'active', ':id': change.id });

function beginning(
  table: Table,
  record: KeyRecord,
  change: PlanChange,
): Map<'place' | 'record' | 'intent', Write> {
  const { keyId, userId } = record;
  return new Map<'place' | 'record' | 'intent', Write>([
    [
      'place',
      {
        Put: {
          TableName: table.name,
          Item: { ...itemKeys.place(userId, change.plan, change.slot), keyId },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ],
    [
      'record',
      updateRecord(table, record, {
        // Rotated or moved since it was read, what has to be moved in API Gateway is something else.
        ConditionExpression:
          '#status = :active AND valueHash = :hash AND #plan = :plan AND attribute_not_exists(rotation) AND attribute_not_exists(planChange)',
        UpdateExpression: 'SET planChange = :change',
        ExpressionAttributeNames: { '#status': 'status', '#plan': 'plan' },
        ExpressionAttributeValues: {
          ':active': 'active',
          ':hash': record.valueHash,
          ':plan': record.plan,
          ':change': change,
        },
      }),
    ],
    ['intent', putIntent(table, { subject: keyId, kind: 'change-plan', userId, since: change.startedAt })],
  ]);
}

/** The counters stay: what was used of the day is used on the new plan too. */
function changeMeter(table: Table, record: KeyRecord, plan: string, what: KeyLimits): Write {
  const { limits, models } = meterLimits(what);
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(record.meterId ?? record.apiKeyId ?? ''),
      ConditionExpression: 'attribute_exists(#values)',
      UpdateExpression: `SET #plan = :plan, #limits = :limits${models === undefined ? ' REMOVE models' : ', models = :models'}`,
      ExpressionAttributeNames: { '#values': 'values', '#plan': 'plan', '#limits': 'limits' },
      ExpressionAttributeValues: { ':plan': plan, ':limits': limits, ':models': models },
    },
  };
}

function updateRecord(
  table: Table,
  record: KeyRecord,
  update: Omit<NonNullable<Write['Update']>, 'TableName' | 'Key'>,
): Write {
  return { Update: { TableName: table.name, Key: itemKeys.key(record.userId, record.keyId), ...update } };
}
