import { type FenceStanding, mostLiftsPerDay } from '../../../core/metering/fence.ts';
import type { Meter } from '../../../core/metering/ports.ts';
import { dayOf } from '../../../core/metering/windows.ts';
import { type HotTable, type ItemCalls, itemKeys } from '../table.ts';
import { isApplied, refusedItem, retryConflicts } from '../transact.ts';
import { fenceName, leftoversOf, liftsName, roomName } from './counter-names.ts';
import { addToDay } from './day-usage.ts';
import { atMeter, type MeterItem } from './meter-item.ts';
import { fenceStanding } from './standing.ts';
import { tidy } from './tidy.ts';

/** Counts on the metering item what the fence has counted, and its lifts. */
export function createFenceLifts(
  table: HotTable,
): Pick<Meter, 'countUncharged' | 'claimLift' | 'recordFailedLift'> {
  return {
    countUncharged: ({ apiKeyId, unfenced, now, isFull = false }) =>
      atMeter(apiKeyId, undefined, async (meterId) => {
        const counted = await countAt(table, {
          fence: unfenced ? undefined : fenceName(now, apiKeyId),
          meterId,
          now,
          isFull,
        });
        if (counted === undefined || typeof counted === 'string') return counted;
        await tidy(table, { meterId, leftovers: leftoversOf(counted, now) });
        const { userId, keyId } = counted;
        return { ...fenceStanding(counted, { meterId, apiKeyId, now }), userId, keyId };
      }),

    claimLift: (standing, remaining) =>
      written(table, standing, {
        ConditionExpression: `attribute_exists(#values) AND ${roomAsSeen(standing)} AND (attribute_not_exists(#lifts) OR #lifts < :most)`,
        UpdateExpression: 'SET #room = #fence + :remaining ADD #lifts :one',
        ExpressionAttributeNames: {
          '#values': 'values',
          '#room': roomName(standing.date, standing.apiKeyId),
          '#fence': fenceName(Date.parse(standing.date), standing.apiKeyId),
          '#lifts': liftsName(standing.date),
        },
        ExpressionAttributeValues: {
          ':remaining': remaining,
          ':one': 1,
          ':most': mostLiftsPerDay,
          ...(standing.room !== undefined && { ':seen': standing.room }),
        },
      }),

    recordFailedLift: async (standing) => {
      const { room } = standing;
      await written(table, standing, {
        ConditionExpression: 'attribute_exists(#values)',
        UpdateExpression: room === undefined ? 'REMOVE #room' : 'SET #room = :room',
        ExpressionAttributeNames: {
          '#values': 'values',
          '#room': roomName(standing.date, standing.apiKeyId),
        },
        ...(room !== undefined && { ExpressionAttributeValues: { ':room': room } }),
      });
    },
  };
}

const roomAsSeen = ({ room }: FenceStanding) =>
  room === undefined ? 'attribute_not_exists(#room)' : '#room = :seen';

/** @returns the item; the id of another item if this one only names that; undefined if it doesn't exist */
async function countAt(
  table: HotTable,
  {
    fence,
    meterId,
    now,
    isFull,
  }: { fence: string | undefined; meterId: string; now: number; isFull: boolean },
): Promise<MeterItem | string | undefined> {
  const refused = addToDay({ date: dayOf(now), amounts: { refused: isFull ? 1 : 0 } });
  const count = {
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConditionExpression: 'attribute_exists(#values)',
    UpdateExpression: `ADD ${[...(fence ? ['#fence :one'] : []), 'rev :one', ...refused.adds].join(', ')}`,
    ExpressionAttributeNames: { '#values': 'values', ...(fence && { '#fence': fence }), ...refused.names },
    ExpressionAttributeValues: { ':one': 1, ...refused.values },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  try {
    const { Attributes } = await retryConflicts(() => table.items.update(count));
    return Attributes as MeterItem;
  } catch (error) {
    return (refusedItem(error) as MeterItem | undefined)?.alias;
  }
}

/** @returns false if the condition failed */
function written(
  table: HotTable,
  { meterId }: FenceStanding,
  update: Omit<Parameters<ItemCalls['update']>[0], 'TableName' | 'Key'>,
): Promise<boolean> {
  const input = { TableName: table.name, Key: itemKeys.meter(meterId), ...update };
  return isApplied(retryConflicts(() => table.items.update(input)));
}
