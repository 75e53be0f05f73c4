import type { Charge } from '../../../core/metering/ports.ts';
import { windowAt } from '../../../core/metering/windows.ts';
import { readPlace } from '../keys/places.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';
import { counterEnd } from './item.ts';

/** The item on which a charge is counted by now, and what must hold for it to be that. */
export interface CountersHome {
  Key: { pk: string; sk: string };
  condition: string;
  names: Record<string, string>;
  values: Record<string, unknown>;
  /** A place that DynamoDB has forgotten is made again with the day's tokens alone, and is to be forgotten too. */
  setsTtl: boolean;
}

/** Where a call was charged: the metering item of its key. */
export function homeAtCharge({ meterId, place }: Charge): CountersHome {
  return meterHome(meterId, place);
}

/**
 * Where the counters of a charge are once its key has ended or moved: with the place where it was charged, or, if that is
 * held again, at the metering item of the key that holds it.
 * @returns undefined where they are nowhere any more
 */
export async function findHome(table: Table, { meterId, place }: Charge): Promise<CountersHome | undefined> {
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

/** A change of counters, wherever they are. */
export interface CountersChange {
  condition?: string;
  sets?: readonly string[];
  adds?: readonly string[];
  deletes?: string;
  names: Record<string, string>;
  values: Record<string, unknown>;
}

export function changeCounters(
  table: Table,
  home: CountersHome,
  { condition, sets = [], adds = [], deletes, names, values }: CountersChange,
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
        ...(deletes === undefined ? [] : [`DELETE ${deletes}`]),
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
