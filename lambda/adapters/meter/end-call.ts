import type { Charge, DayUsage } from '../../../core/metering/ports.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { refusedItem, retryConflicts, transactNamed, type Write } from '../transact.ts';
import { userIsThere } from '../user-is-there.ts';
import { endedIn } from './counter-names.ts';
import { addToDay, addToRow } from './day-usage.ts';
import { type CountersChange, changeCounters, findHome, isHome, mostHomes } from './find-counters.ts';
import type { MeterItem } from './meter-item.ts';

/** What the end of a call changes. */
export interface CallEnding {
  now: number;
  /** Added to the key's usage. */
  usage?: DayUsage | undefined;
  /** Of counters that stay with the place where the call was charged. */
  counters?: CountersChange | undefined;
  /** In the same transaction: counters beyond the key's. */
  beyond?: readonly [string, Write][];
}

/**
 * Ends an open call once: takes its id off the metering item, in the one write that counts what it used. A call whose id
 * isn't there has ended before, however long it ran and however often that is tried.
 * @returns `refused` if the condition of `counters` was, and `userGone` if the user was deleted meanwhile
 */
export async function endCall(
  table: HotTable,
  charge: Charge,
  ending: CallEnding,
): Promise<'ended' | 'refused' | 'userGone'> {
  const { counters, usage, beyond = [], now } = ending;
  let found = await write(table, [['meter', endOnMeter(table, charge, ending)], ...beyond]);
  for (let tries = 0; tries < mostHomes && found.size > 0; tries += 1) {
    if (found.has('user')) return 'userGone';
    const item = found.has('meter')
      ? (found.get('meter') as MeterItem | undefined)
      : await read(table, charge);
    if (item === undefined) return (await isUserThere(table, charge)) ? 'ended' : 'userGone';
    if (!item.charged?.has(charge.chargeId)) return 'ended';
    const atHome = (found.get('home') ?? item) as unknown as Record<string, unknown>;
    if (counters?.condition !== undefined && isHome(atHome, charge)) return 'refused';
    // The key has ended or moved, and its place's counters are elsewhere.
    const isLastTry = tries === mostHomes - 1;
    const home = counters === undefined || isLastTry ? undefined : await findHome(table, charge);
    found = await transactNamed(
      table,
      new Map<string, Write>([
        ...(isLeft(item)
          ? [
              ['meter', takeFromLeft(table, charge, item)] as const,
              ...(usage ? [['row', addToRow(table, charge, usage)] as const] : []),
              ['user', userIsThere(table, charge.userId)] as const,
            ]
          : [['meter', endOnMeter(table, charge, { now, usage })] as const]),
        ...(counters && home ? [['home', changeCounters(table, home, counters, now)] as const] : []),
        ...beyond,
      ]),
    );
  }
  return 'ended';
}

/** One write is an update, which costs half of a transaction. */
async function write(table: HotTable, writes: [string, Write][]): Promise<Map<string, unknown>> {
  const [[name, { Update }] = ['', {} as Write]] = writes;
  if (writes.length > 1 || Update === undefined) return transactNamed(table, new Map(writes));
  try {
    await retryConflicts(() => table.items.update(Update));
    return new Map();
  } catch (error) {
    return new Map([[name, refusedItem(error)]]);
  }
}

function endOnMeter(
  table: HotTable,
  charge: Charge,
  { now, usage, counters }: Omit<CallEnding, 'beyond'>,
): Write {
  const { chargeId, leftovers, place } = charge;
  const day = usage && addToDay(usage);
  const endedName = endedIn(chargeId, now);
  // Names of past windows, and as many as the expression may hold.
  const removed = leftovers.windowIds.slice(0, mostRemoved);
  const onPlace = counters === undefined || place === undefined ? [] : ['#plan = :plan', 'slot = :slot'];
  const sets = counters?.sets ?? [];
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.meter(charge.meterId),
      ConditionExpression: [
        'contains(charged, :id)',
        'attribute_exists(#values)',
        ...onPlace,
        ...(counters?.condition === undefined ? [] : [counters.condition]),
      ].join(' AND '),
      UpdateExpression: [
        ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
        `ADD ${[...(day?.adds ?? []), ...(counters?.adds ?? []), ...(endedName ? ['#ended :own'] : []), 'rev :one'].join(', ')}`,
        'DELETE charged :ids',
        ...(removed.length > 0 ? [`REMOVE ${removed.map((_name, at) => `#l${at}`).join(', ')}`] : []),
      ].join(' '),
      ExpressionAttributeNames: {
        '#values': 'values',
        ...(onPlace.length > 0 && { '#plan': 'plan' }),
        ...(endedName && { '#ended': endedName }),
        ...day?.names,
        ...counters?.names,
        ...Object.fromEntries(removed.map((name, at) => [`#l${at}`, name])),
      },
      ExpressionAttributeValues: {
        ':id': chargeId,
        ':one': 1,
        ':ids': new Set([chargeId, ...leftovers.chargeIds.slice(0, mostRemoved)]),
        ...(onPlace.length > 0 && { ':plan': place?.plan, ':slot': place?.slot }),
        ...(endedName && { ':own': new Set([chargeId]) }),
        ...day?.values,
        ...counters?.values,
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** An expression has at most 4 KB; later calls remove the rest. */
const mostRemoved = 100;

/** Whether the key has ended, and only the ids of its open calls are left: see release-key.ts. */
const isLeft = ({ values }: Partial<MeterItem>) => values === undefined;

/** The last one removes the item. */
function takeFromLeft(table: HotTable, { meterId, chargeId }: Charge, { charged }: MeterItem): Write {
  const at = { TableName: table.name, Key: itemKeys.meter(meterId) };
  const isOpen = 'contains(charged, :id)';
  const found = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (charged?.size === 1) {
    return {
      Delete: {
        ...at,
        ConditionExpression: `${isOpen} AND size(charged) = :one`,
        ExpressionAttributeValues: { ':id': chargeId, ':one': 1 },
        ...found,
      },
    };
  }
  return {
    Update: {
      ...at,
      ConditionExpression: `${isOpen} AND size(charged) > :one`,
      UpdateExpression: 'DELETE charged :ids',
      ExpressionAttributeValues: { ':id': chargeId, ':one': 1, ':ids': new Set([chargeId]) },
      ...found,
    },
  };
}

async function read(table: HotTable, { meterId }: Charge): Promise<MeterItem | undefined> {
  const { Item } = await table.items.get({
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConsistentRead: true,
  });
  return Item as MeterItem | undefined;
}

async function isUserThere(table: HotTable, { userId }: Charge): Promise<boolean> {
  const { Item } = await table.items.get({
    TableName: table.name,
    Key: itemKeys.user(userId),
    ConsistentRead: true,
  });
  return Item !== undefined && Item.status !== 'deleting';
}
