import type { SharedLimits } from '../../../core/catalog.ts';
import type { Charge, Settlement } from '../../../core/metering/ports.ts';
import type { UserSpend } from '../../../core/metering/user-spend.ts';
import {
  type SpendRow,
  spendRows,
  type Window,
  wholeNanos,
  windowAt,
} from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';
import type { Write } from '../transact.ts';
import { counterEnd } from './counter-names.ts';

interface SpendWindow extends Window {
  kind: SpendRow['kind'];
  limit: number;
}

function windowsOf({ perUser }: SharedLimits, now: number): SpendWindow[] {
  return spendRows.flatMap(({ field, kind }) => {
    const limit = perUser?.[field];
    return limit === undefined ? [] : [{ ...windowAt(kind, now), kind, limit }];
  });
}

/**
 * Strongly consistent, so that it holds every call that has been settled.
 * @param person whose keys they are: see `personOf` in core/keys/places.ts
 */
export async function readUserSpend(
  table: Table,
  limits: SharedLimits,
  person: string,
  now: number,
): Promise<UserSpend[]> {
  const windows = windowsOf(limits, now);
  if (windows.length === 0) return [];
  const items = await readItems(
    table,
    windows.map(({ id }) => keyOf(person, id)),
  );
  return windows.map(({ kind, id, endsAt, limit }) => {
    const nanos = Number(items.find(({ sk }) => sk === id)?.used ?? 0);
    return {
      window: kind,
      standing: { limit, remaining: wholeNanos(limit - nanos / 1e9), resetsAt: endsAt },
    };
  });
}

export function addUserSpend(
  table: Table,
  limits: SharedLimits,
  { charge, costNanoDollars, now }: Pick<Settlement, 'charge' | 'costNanoDollars' | 'now'>,
): [string, Write][] {
  return windowsOf(limits, now).map(({ id, kind, endsAt }) => [
    `user-spend-${kind}`,
    addSpend(table, keyOf(personOf(charge), id), costNanoDollars, endsAt),
  ]);
}

/** Adds to a counter of what was spent in a window. */
export function addSpend(
  table: Table,
  Key: { pk: string; sk: string },
  costNanoDollars: number,
  endsAt: number,
): Write {
  return {
    Update: {
      TableName: table.name,
      Key,
      UpdateExpression: 'SET #ttl = :ttl ADD used :amount',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':amount': costNanoDollars, ':ttl': counterEnd(endsAt) },
    },
  };
}

const personOf = ({ place, userId }: Charge) => place?.person ?? userId;
const keyOf = (person: string, windowId: string) => itemKeys.limit(`user-spend#${person}`, windowId);
