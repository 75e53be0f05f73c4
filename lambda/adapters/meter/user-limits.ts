import type { UserLimits } from '../../../core/keys/ports.ts';
import type { Charge, Settlement, SharedCounter } from '../../../core/metering/ports.ts';
import { countedTokens } from '../../../core/metering/token-usage.ts';
import type { UserStanding } from '../../../core/metering/user-limits.ts';
import { type LimitRow, limitRows, type Unit, wholeNanos, windowAt } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { readItems } from '../table-reads.ts';
import type { Write } from '../transact.ts';
import { counterEnd } from './counter-names.ts';

/** Stored: never change them. */
const scopes: Record<Unit, string> = { requests: 'user', tokens: 'user-tokens', dollars: 'user-spend' };

/** Limits in what is known only when a call ends: the gate reads their counters, and settling adds to them. */
const amountRows = limitRows.filter(({ unit }) => unit !== 'requests');

/** @param person whose keys they are: see `personOf` in core/keys/places.ts */
export function userCounter(
  person: string,
  { unit, kind }: Pick<LimitRow, 'unit' | 'kind'>,
  now: number,
): SharedCounter & { endsAt: number } {
  const { id, endsAt } = windowAt(kind, now);
  return { scope: `${scopes[unit]}#${person}`, windowId: id, endsAt };
}

/** Every limit of the user, read strongly consistently. */
export function readUserStandings(
  table: HotTable,
  limits: UserLimits,
  person: string,
  now: number,
): Promise<UserStanding[]> {
  return readStandings(table, limits, limitRows, { person, now });
}

/** Those in tokens and dollars. Strongly consistent, so that they hold every call that has been settled. */
export function readUserAmounts(
  table: HotTable,
  limits: UserLimits,
  person: string,
  now: number,
): Promise<UserStanding[]> {
  return readStandings(table, limits, amountRows, { person, now });
}

async function readStandings(
  table: HotTable,
  limits: UserLimits,
  rows: readonly LimitRow[],
  { person, now }: { person: string; now: number },
): Promise<UserStanding[]> {
  const windows = rows.flatMap((row) => {
    const limit = limits[row.field];
    return limit === undefined ? [] : [{ ...row, limit, counter: userCounter(person, row, now) }];
  });
  if (windows.length === 0) return [];
  const items = await readItems(
    table,
    windows.map(({ counter: { scope, windowId } }) => itemKeys.limit(scope, windowId)),
  );
  return windows.map(({ unit, kind, limit, counter: { scope, windowId, endsAt } }) => {
    const { pk } = itemKeys.limit(scope, windowId);
    const used = Number(items.find((item) => item.pk === pk && item.sk === windowId)?.used ?? 0);
    const remaining = wholeNanos(limit - (unit === 'dollars' ? used / 1e9 : used));
    return { unit, kind, standing: { limit, remaining, resetsAt: endsAt } };
  });
}

/** Adds a settled call to the windows of its user's limits in which it ends. */
export function addUserAmounts(
  table: HotTable,
  { charge, usage, costNanoDollars, now }: Pick<Settlement, 'charge' | 'usage' | 'costNanoDollars' | 'now'>,
): [string, Write][] {
  const amounts = { tokens: countedTokens(usage), dollars: costNanoDollars, requests: 0 };
  return amountRows
    .filter(({ field }) => charge.shared?.amounts?.includes(field))
    .map((row) => [
      `user-${row.unit}-${row.kind}`,
      addAmount(table, userCounter(personOf(charge), row, now), amounts[row.unit]),
    ]);
}

/** The fields of limits to which a call of the user is added when it ends. */
export function amountFields(limits: UserLimits): LimitRow['field'][] {
  return amountRows.map(({ field }) => field).filter((field) => limits[field] !== undefined);
}

/** Adds to a counter of what was used in a window. */
export function addAmount(
  table: HotTable,
  { scope, windowId, endsAt }: SharedCounter & { endsAt: number },
  amount: number,
): Write {
  return {
    Update: {
      TableName: table.name,
      Key: itemKeys.limit(scope, windowId),
      UpdateExpression: 'SET #ttl = :ttl ADD used :amount',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':amount': amount, ':ttl': counterEnd(endsAt) },
    },
  };
}

const personOf = ({ place, userId }: Charge) => place?.person ?? userId;
