import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyRecord, Place, UsedByWindow } from '../../../core/keys/ports.ts';
import { lastsADay, limitsAt } from '../../../core/metering/windows.ts';
import { counterEnd, keptCounters } from '../meter/counter-names.ts';
import type { StoredLimits } from '../meter/meter-item.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';
import type { PlaceItem } from './read-place.ts';

export function placeOf({ person, userId, plan, slot }: KeyRecord, at = { plan, slot }): Place {
  return { person: person ?? userId, plan: at.plan, slot: at.slot };
}

/**
 * Slots from 1 to `places` that were free when read, sorted by how much of the day was used, then by how much of the longer
 * windows.
 */
export async function slotsByUse(
  table: Table,
  { person, plan }: Omit<Place, 'slot'>,
  places: number,
  now: number,
): Promise<number[]> {
  const slots = Array.from({ length: places }, (_unused, at) => at + 1);
  if (places === 1) return slots;
  const { pk, sk } = itemKeys.place({ person, plan, slot: 0 });
  const { Items = [] } = await table.documents.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk.slice(0, -1) },
      ConsistentRead: true,
    }),
  );
  const items = new Map(Items.map((item) => [String(item.sk), item]));
  const itemOf = (slot: number) => items.get(itemKeys.place({ person, plan, slot }).sk);
  return slots
    .filter((slot) => itemOf(slot)?.keyId === undefined)
    .sort((one, other) => compareUse(itemOf(one) ?? {}, itemOf(other) ?? {}, now));
}

function compareUse(one: Record<string, unknown>, other: Record<string, unknown>, now: number): number {
  const differences = limitsAt(now)
    .filter(({ unit, kind }) => unit === 'requests' && lastsADay(kind))
    .map(({ counter }) => Number(one[counter] ?? 0) - Number(other[counter] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** Holds a free place for a key. */
export function takePlace(table: Table, place: Place, keyId: string): Write {
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.place(place),
      ConditionExpression: 'attribute_not_exists(keyId)',
      UpdateExpression: 'SET keyId = :keyId REMOVE #ttl',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':keyId': keyId },
    },
  };
}

/** Hands the counters, as they were read, to the metering item of the place's key. */
export function handToMeter(
  table: Table,
  place: Place,
  { keyId, meterId }: { keyId: string; meterId: string },
  read: PlaceItem,
): Write {
  const counters = Object.keys(allCounters(read));
  const names = Object.fromEntries(counters.map((name, at) => [`#c${at}`, name]));
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.place(place),
      ConditionExpression: `keyId = :keyId AND ${unchanged(read)}`,
      UpdateExpression: `SET meterId = :meterId ${counters.length > 0 ? `REMOVE ${Object.keys(names).join(', ')} ` : ''}ADD rev :one`,
      ...(counters.length > 0 && { ExpressionAttributeNames: names }),
      ExpressionAttributeValues: { ':keyId': keyId, ':meterId': meterId, ':one': 1, ...revValue(read) },
    },
  };
}

/** What a key leaves with its place. */
export interface LeftCounters {
  counters: UsedByWindow;
  limits: StoredLimits;
}

/**
 * Frees the place that a key holds.
 * @param left undefined: nothing was counted elsewhere, and the place's own counters stay
 */
export function freePlace(
  table: Table,
  place: Place,
  keyId: string,
  now: number,
  left?: LeftCounters,
): Write {
  const entries = Object.entries(left?.counters ?? {});
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.place(place),
      ConditionExpression: 'keyId = :keyId',
      UpdateExpression: `SET ${['#ttl = :ttl', ...entries.map((_entry, at) => `#c${at} = :c${at}`)].join(', ')} REMOVE keyId, meterId ADD rev :one`,
      ExpressionAttributeNames: {
        '#ttl': 'ttl',
        ...Object.fromEntries(entries.map(([name], at) => [`#c${at}`, name])),
      },
      ExpressionAttributeValues: {
        ':keyId': keyId,
        ':ttl': placeEnd(now, left?.limits),
        ':one': 1,
        ...Object.fromEntries(entries.map(([, used], at) => [`:c${at}`, used])),
      },
    },
  };
}

/**
 * When a free place expires: once the longest window that its plan or key limits is over.
 * @param limits of the key that leaves its counters; undefined: the place's counters may be of any window
 */
function placeEnd(now: number, limits?: StoredLimits): number {
  const kept = limitsAt(now).filter(
    ({ kind, stored }) => kind === 'day' || limits === undefined || limits[stored] !== undefined,
  );
  return counterEnd(Math.max(...kept.map(({ endsAt }) => endsAt)));
}

/** Holds if nothing was counted since the item was read. */
export function unchanged({ rev }: { rev?: number | undefined }): string {
  return rev === undefined ? 'attribute_not_exists(rev)' : 'rev = :rev';
}

export function revValue({ rev }: { rev?: number | undefined }): Record<string, number> {
  return rev === undefined ? {} : { ':rev': rev };
}

function allCounters(item: PlaceItem): UsedByWindow {
  return keptCounters(item as Record<string, unknown>, 0);
}
