import type { KeyRecord, KeyRecords, PlanChange } from '../../../core/keys/ports.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, transactNamed, type Write } from '../transact.ts';
import {
  completePlanChange,
  isThis,
  meterIdOf,
  settingLimits,
  underWay,
  updateExpression,
} from './complete-plan-change.ts';
import { putIntent, removeIntent } from './dynamo-intents.ts';
import { updateRecord } from './key-records.ts';
import { freePlace, placeOf, slotsByUse, takePlace } from './places.ts';

type PlanChangeWrites = Pick<
  KeyRecords,
  'rename' | 'applyLimits' | 'beginPlanChange' | 'completePlanChange' | 'stopPlanChange' | 'abandonPlanChange'
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
      const { userId, keyId } = record;
      const told = auditWrites(table, { action: 'key.renamed', userId, keyId, at: Date.now() });
      return (await transact(table, [renamed, ...told])) === 'written';
    },

    async applyLimits(record, limits, usagePlanId) {
      const { sets, removes, names, values } = settingLimits(limits, usagePlanId);
      await transact(table, [
        {
          Update: {
            TableName: table.name,
            Key: itemKeys.meter(meterIdOf(record)),
            // A key moved meanwhile has the limits of its new plan.
            ConditionExpression: 'attribute_exists(#values) AND #plan = :plan',
            UpdateExpression: updateExpression(sets, removes),
            ExpressionAttributeNames: { ...names, '#values': 'values', '#plan': 'plan' },
            ExpressionAttributeValues: { ...values, ':plan': record.plan },
          },
        },
      ]);
    },

    async beginPlanChange(record, wanted, places) {
      const { person } = placeOf(record);
      for (const slot of await slotsByUse(table, { person, plan: wanted.plan }, places, wanted.startedAt)) {
        const change: PlanChange = { ...wanted, slot };
        const refused = await transactNamed(table, beginning(table, record, change));
        if (refused.size === 0) return change;
        if (refused.has('record')) return 'changed';
      }
      return 'no_place';
    },

    completePlanChange: (record, change, what) => completePlanChange(table, record, change, what),

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
      // Refused if the key has ended meanwhile, which freed the place, or another undo was faster.
      await transact(table, [
        updateRecord(table, record, {
          ConditionExpression: underWay,
          UpdateExpression: 'REMOVE planChange',
          ExpressionAttributeNames: { '#status': 'status', '#id': 'id' },
          ExpressionAttributeValues: isThis(change),
        }),
        freePlace(table, placeOf(record, change), record.keyId, change.startedAt),
        removeIntent(table, record.keyId),
      ]);
    },
  };
}

function beginning(
  table: Table,
  record: KeyRecord,
  change: PlanChange,
): Map<'place' | 'record' | 'intent', Write> {
  const { keyId, userId } = record;
  return new Map<'place' | 'record' | 'intent', Write>([
    ['place', takePlace(table, placeOf(record, change), keyId)],
    [
      'record',
      updateRecord(table, record, {
        // If it was rotated or moved since it was read, other keys have to be moved in API Gateway.
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
