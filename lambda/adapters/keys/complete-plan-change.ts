import type { KeyLimits, KeyRecord, KeyRecords, PlanChange } from '../../../core/keys/ports.ts';
import { namedAuditWrites } from '../audit/audit-writes.ts';
import { keptCounters } from '../meter/counter-names.ts';
import { type MeterItem, meterLimits, readMeter } from '../meter/meter-item.ts';
import { itemKeys, type Table } from '../table.ts';
import { conditionTries, transactNamed, type Write } from '../transact.ts';
import { removeIntent } from './dynamo-intents.ts';
import { updateRecord } from './key-records.ts';
import { freePlace, handToMeter, placeOf, revValue, unchanged } from './places.ts';
import { type PlaceItem, readPlace } from './read-place.ts';
import { leftBy } from './release-key.ts';

/** Once the key has ended, the intent is no longer this change's. */
export const underWay = '#status = :active AND planChange.#id = :id';
export const isThis = (change: PlanChange) => ({ ':active': 'active', ':id': change.id });

type Completion = Parameters<KeyRecords['completePlanChange']>[2];

/**
 * Moves the key's counters to the new plan as well as back to its old place, so that a change of plan never begins a new
 * day. Where the new place has counted more, its counters stand.
 */
export async function completePlanChange(
  table: Table,
  record: KeyRecord,
  change: PlanChange,
  what: Completion,
): Promise<KeyRecord | undefined> {
  const { planChange: _done, ...rest } = record;
  const { plan, slot, name } = change;
  const meterId = meterIdOf(record);
  for (let tries = 0; tries < conditionTries; tries += 1) {
    const meter = await readMeter(table, meterId);
    const place = await readPlace(table, placeOf(record, change));
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        ['record', moveRecord(table, record, change, what.changedAt)],
        ['meter', moveMeter(table, { meterId, meter, place, change }, what)],
        ['new-place', handToMeter(table, placeOf(record, change), { keyId: record.keyId, meterId }, place)],
        [
          'old-place',
          freePlace(table, placeOf(record), record.keyId, what.changedAt, leftBy(meter, what.changedAt)),
        ],
        ['intent', removeIntent(table, record.keyId)],
        ...namedAuditWrites(table, {
          action: 'key.moved',
          userId: record.userId,
          keyId: record.keyId,
          at: what.changedAt,
          detail: { from: record.plan, to: plan },
        }),
      ]),
    );
    if (refused.size === 0) {
      return { ...rest, plan, slot, planChangedAt: what.changedAt, ...(name !== undefined && { name }) };
    }
    if (refused.has('record') || meter === undefined) return undefined;
  }
  return undefined;
}

function moveRecord(table: Table, record: KeyRecord, change: PlanChange, changedAt: number): Write {
  const { plan, slot, name } = change;
  const isNamed = name !== undefined;
  return updateRecord(table, record, {
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
  });
}

/** The fence's counts belong to the old usage plan, and are removed. */
function moveMeter(
  table: Table,
  at: { meterId: string; meter: MeterItem | undefined; place: PlaceItem; change: PlanChange },
  { limits, usagePlanId, changedAt }: Completion,
): Write {
  const { sets, removes, names, values } = settingLimits(limits, usagePlanId);
  const own = (at.meter ?? {}) as Record<string, unknown>;
  const raised = Object.entries(keptCounters(at.place as Record<string, unknown>, changedAt)).filter(
    ([name, used]) => used > Number(own[name] ?? 0),
  );
  const fence = Object.keys(own).filter((name) => /^(fence|room)-/.test(name));
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(at.meterId),
      ConditionExpression: `attribute_exists(#values) AND ${unchanged(at.meter ?? {})}`,
      UpdateExpression: `${updateExpression(
        [
          ...sets,
          '#plan = :plan',
          'slot = :slot',
          ...raised.map((_entry, index) => `#c${index} = :c${index}`),
        ],
        [...removes, ...fence.map((_name, index) => `#f${index}`)],
      )} ADD rev :one`,
      ExpressionAttributeNames: {
        ...names,
        '#values': 'values',
        '#plan': 'plan',
        ...Object.fromEntries(raised.map(([name], index) => [`#c${index}`, name])),
        ...Object.fromEntries(fence.map((name, index) => [`#f${index}`, name])),
      },
      ExpressionAttributeValues: {
        ...values,
        ':plan': at.change.plan,
        ':slot': at.change.slot,
        ':one': 1,
        ...revValue(at.meter ?? {}),
        ...Object.fromEntries(raised.map(([, used], index) => [`:c${index}`, used])),
      },
    },
  };
}

/** The parts of a metering item that depend on the plan. */
export function settingLimits(what: KeyLimits, usagePlanId: string | undefined) {
  const { limits, models } = meterLimits(what);
  return {
    sets: [
      '#limits = :limits',
      ...(models === undefined ? [] : ['models = :models']),
      ...(usagePlanId === undefined ? [] : ['usagePlanId = :usagePlan']),
    ],
    removes: models === undefined ? ['models'] : [],
    names: { '#limits': 'limits' },
    values: { ':limits': limits, ':models': models, ':usagePlan': usagePlanId },
  };
}

export function updateExpression(sets: readonly string[], removes: readonly string[]): string {
  return `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`;
}

export function meterIdOf({ meterId, apiKeyId }: KeyRecord): string {
  return meterId ?? apiKeyId ?? '';
}
