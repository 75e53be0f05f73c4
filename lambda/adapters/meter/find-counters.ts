import type { Charge } from '../../../core/metering/ports.ts';
import { windowAt } from '../../../core/metering/windows.ts';
import { readPlace } from '../keys/read-place.ts';
import { type HotTable, itemKeys } from '../table.ts';
import type { Write } from '../transact.ts';
import { counterEnd } from './counter-names.ts';

/** A key may end or move while its call is settled, and again during the retry; more often is a fault. */
export const mostHomes = 4;

/** The item that holds the counters of a charge, and the condition under which it still does. */
export interface CountersHome {
  Key: { pk: string; sk: string };
  condition: string;
  names: Record<string, string>;
  values: Record<string, unknown>;
  /** A place whose item has expired is recreated with the day's tokens alone, and must expire too. */
  setsTtl: boolean;
}

/** Whether an item, of a key or a place, holds the counters of a charge. */
export function isHome(
  { plan, slot, sk, meterId }: Readonly<Record<string, unknown>>,
  { place }: Charge,
): boolean {
  if (String(sk).startsWith('PLACE#')) return meterId === undefined;
  return place === undefined || (plan === place.plan && slot === place.slot);
}

/**
 * Finds the counters of a charge whose key has ended or moved: on the place where it was charged, or, if another key holds
 * that now, on that key's metering item.
 * @returns undefined if they no longer exist
 */
export async function findHome(
  table: HotTable,
  { meterId, place }: Charge,
): Promise<CountersHome | undefined> {
  if (place === undefined) return undefined;
  const item = await readPlace(table, place);
  if (item.meterId !== undefined)
    return item.meterId === meterId ? undefined : meterHome(item.meterId, place);
  return {
    Key: itemKeys.place(place),
    condition: 'attribute_not_exists(meterId)',
    names: {},
    values: {},
    setsTtl: item.keyId === undefined,
  };
}

function meterHome(meterId: string, place: Charge['place']): CountersHome {
  const Key = itemKeys.meter(meterId);
  if (place === undefined) {
    return { Key, condition: 'attribute_exists(pk)', names: {}, values: {}, setsTtl: false };
  }
  return {
    Key,
    condition: '#plan = :plan AND slot = :slot',
    names: { '#plan': 'plan' },
    values: { ':plan': place.plan, ':slot': place.slot },
    setsTtl: false,
  };
}

/** A change of counters, on whichever item they are. */
export interface CountersChange {
  condition?: string;
  sets?: readonly string[];
  adds?: readonly string[];
  names: Record<string, string>;
  values: Record<string, unknown>;
}

export function changeCounters(
  table: HotTable,
  home: CountersHome,
  { condition, sets = [], adds = [], names, values }: CountersChange,
  now: number,
): Write {
  const allSets = [...sets, ...(home.setsTtl ? ['#ttl = if_not_exists(#ttl, :ttl)'] : [])];
  return {
    Update: {
      TableName: table.name,
      Key: home.Key,
      ConditionExpression: [home.condition, ...(condition === undefined ? [] : [condition])].join(' AND '),
      UpdateExpression: [
        ...(allSets.length > 0 ? [`SET ${allSets.join(', ')}`] : []),
        `ADD ${[...adds, 'rev :rev'].join(', ')}`,
      ].join(' '),
      ...namesOf({ ...home.names, ...names, ...(home.setsTtl && { '#ttl': 'ttl' }) }),
      ExpressionAttributeValues: {
        ...home.values,
        ...values,
        ':rev': 1,
        ...(home.setsTtl && { ':ttl': counterEnd(windowAt('day', now).endsAt) }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function namesOf(names: Record<string, string>) {
  return Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {};
}
