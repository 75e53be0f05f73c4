import type { KeyLimits, KeyRecord, KeyRecords, OwnSettings } from '../../../core/keys/ports.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { storedLimits } from '../meter/meter-item.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, type Write } from '../transact.ts';
import { meterIdOf, settingLimits } from './complete-plan-change.ts';
import { updateRecord } from './key-records.ts';

/** Changes a key's own settings on its record and its metering item, both or neither. */
export function createSettingsWrites(table: Table): Pick<KeyRecords, 'changeSettings'> {
  return {
    async changeSettings(record, settings, limits) {
      const outcome = await transact(table, [
        updateRecord(table, record, {
          // If it moved since it was read, its limits follow from another plan.
          ConditionExpression: '#status = :active AND #plan = :plan AND attribute_not_exists(planChange)',
          ...changing(
            { ...settings },
            { '#status': 'status', '#plan': 'plan' },
            { ':active': 'active', ':plan': record.plan },
          ),
        }),
        meterUpdate(table, record, settings, limits),
        ...auditWrites(table, {
          action: 'key.limits_changed',
          userId: record.userId,
          keyId: record.keyId,
          at: Date.now(),
        }),
      ]);
      return outcome === 'written';
    },
  };
}

function meterUpdate(table: Table, record: KeyRecord, settings: OwnSettings, limits: KeyLimits): Write {
  const { expiresAt, requiresProviderKey } = settings;
  const { allowedHosts, perClient } = limits;
  const { values } = settingLimits(limits, undefined);
  const fields = {
    expiresAt,
    requiresProviderKey,
    allowedHosts,
    perClient: perClient && storedLimits(perClient),
    models: values[':models'],
    limits: values[':limits'],
  };
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(meterIdOf(record)),
      ConditionExpression: 'attribute_exists(#values) AND #plan = :plan',
      ...changing(fields, { '#values': 'values', '#plan': 'plan' }, { ':plan': record.plan }),
    },
  };
}

/** Sets the fields with a value and removes the others. */
function changing(
  fields: Record<string, unknown>,
  names: Record<string, string>,
  values: Record<string, unknown>,
) {
  const all = Object.entries(fields);
  const set = all.filter(([, value]) => value !== undefined).map(([name]) => `#${name} = :${name}`);
  const removed = all.filter(([, value]) => value === undefined).map(([name]) => `#${name}`);
  return {
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: {
      ...names,
      ...Object.fromEntries(all.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...values,
      ...Object.fromEntries(
        all.filter(([, value]) => value !== undefined).map(([name, value]) => [`:${name}`, value]),
      ),
    },
  };
}
