import type { KeyLimits, KeyRecord, KeyRecords, PlanChange } from '../../../core/keys/ports.ts';
import { keptCounters } from '../meter/counter-names.ts';
import type { MeterItem } from '../meter/item.ts';
import { meterLimits } from '../meter/limits.ts';
import { leftBy, readMeter } from '../meter/release-meter.ts';
import { itemKeys, type Table } from '../table.ts';
import { conditionTries, transact, transactNamed, type Write } from '../transact.ts';
import { putIntent, removeIntent } from './dynamo-intents.ts';
import {
  freePlace,
  handToMeter,
  type PlaceItem,
  placeOf,
  readPlace,
  revValue,
  slotsByUse,
  takePlace,
  unchanged,
} from './places.ts';

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
      return (await transact(table, [renamed])) === 'written';
    },

    async applyLimits(record, limits, usagePlanId) {
      const { sets, removes, names, values } = settingLimits(limits, usagePlanId);
      await transact(table, [
        {
          Update: {
            TableName: table.name,
            Key: itemKeys.meter(meterIdOf(record)),
            // Moved meanwhile, it has the limits of its new plan.
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
      // Refused when the key has ended meanwhile, which freed the place, or another undo was faster.
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
    ['place', takePlace(table, placeOf(record, change), keyId)],
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

type Completion = Parameters<KeyRecords['completePlanChange']>[2];

/**
 * What was used of the old plan stays with its place there, and counts on the new one too, unless more was used of the
 * place there already.
 */
async function completePlanChange(
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

/** The fence's counts are those of the old usage plan, and go. */
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

/** What of a metering item goes by a plan and its settings. */
function settingLimits(what: KeyLimits, usagePlanId: string | undefined) {
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

function updateExpression(sets: readonly string[], removes: readonly string[]): string {
  return `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`;
}

function meterIdOf({ meterId, apiKeyId }: KeyRecord): string {
  return meterId ?? apiKeyId ?? '';
}

function updateRecord(
  table: Table,
  record: KeyRecord,
  update: Omit<NonNullable<Write['Update']>, 'TableName' | 'Key'>,
): Write {
  return { Update: { TableName: table.name, Key: itemKeys.key(record.userId, record.keyId), ...update } };
}
