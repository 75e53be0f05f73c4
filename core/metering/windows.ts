/** All limits, and the arithmetic of their fixed UTC windows. Times are milliseconds since the epoch. */

export const dayMs = 86_400_000;

interface Bounds {
  startsAt: number;
  endsAt: number;
}

/** Consecutive windows of one length from a first start on; Unix days have no leap seconds. */
const every =
  (lengthMs: number, firstStartsAt = 0) =>
  (now: number): Bounds => {
    const startsAt = Math.floor((now - firstStartsAt) / lengthMs) * lengthMs + firstStartsAt;
    return { startsAt, endsAt: startsAt + lengthMs };
  };

const firstMonday = 4 * dayMs;

function calendarMonth(now: number): Bounds {
  const date = new Date(now);
  const first = (month: number) => Date.UTC(date.getUTCFullYear(), month);
  return { startsAt: first(date.getUTCMonth()), endsAt: first(date.getUTCMonth() + 1) };
}

interface Row {
  unit: 'requests' | 'tokens' | 'dollars';
  /** The limit's name in settings, keys and answers. */
  field: string;
  /** The limit's name on a metering item, and the prefix of its counters. Stored in the table: never change it. */
  stored: string;
  kind: string;
  /** Follows the unit in messages. */
  per: string;
  /** How many characters of its start's ISO time identify a window. */
  idLength: number;
  boundsAt(now: number): Bounds;
}

const day = { kind: 'day', per: 'a day', idLength: 10, boundsAt: every(dayMs) } as const;
const month = { kind: 'month', per: 'a month', idLength: 7, boundsAt: calendarMonth } as const;

/**
 * Every limit: requests by length of window, then tokens, then US dollars. Settings, contract, gate, counters, headers and messages are
 * derived from these rows, so a new limit is a new row.
 */
export const limitRows = [
  {
    unit: 'requests',
    field: 'requestsPerMinute',
    stored: 'minute',
    kind: 'minute',
    per: 'a minute',
    idLength: 16,
    boundsAt: every(60_000),
  },
  {
    unit: 'requests',
    field: 'requestsPerHour',
    stored: 'hour',
    kind: 'hour',
    per: 'an hour',
    idLength: 13,
    boundsAt: every(3_600_000),
  },
  { unit: 'requests', field: 'requestsPerDay', stored: 'day', ...day },
  {
    unit: 'requests',
    field: 'requestsPerWeek',
    stored: 'week',
    kind: 'week',
    per: 'a week',
    idLength: 10,
    boundsAt: every(7 * dayMs, firstMonday),
  },
  { unit: 'requests', field: 'requestsPerMonth', stored: 'month', ...month },
  { unit: 'tokens', field: 'tokensPerDay', stored: 'tokens', ...day },
  { unit: 'dollars', field: 'spendPerDay', stored: 'spend', ...day },
  { unit: 'dollars', field: 'spendPerMonth', stored: 'spendmonth', ...month },
] as const satisfies readonly Row[];

export type LimitRow = (typeof limitRows)[number];
export type RequestRow = Extract<LimitRow, { unit: 'requests' }>;
export type SpendRow = Extract<LimitRow, { unit: 'dollars' }>;
export type Unit = LimitRow['unit'];
export type LimitField = LimitRow['field'];
export type RequestField = RequestRow['field'];
export type WindowKind = LimitRow['kind'];

export const requestRows: readonly RequestRow[] = limitRows.filter((row) => row.unit === 'requests');
export const spendRows: readonly SpendRow[] = limitRows.filter((row) => row.unit === 'dollars');

/** An object with a value for each row, keyed by `field`. */
export function byField<One extends LimitRow, Value>(
  rows: readonly One[],
  toValue: (row: One) => Value,
): Record<One['field'], Value> {
  return Object.fromEntries(rows.map((row) => [row.field, toValue(row)])) as Record<One['field'], Value>;
}

export interface Window {
  kind: WindowKind;
  /** Unique, and sorts by time: `day-2026-11-22`, `minute-2026-11-22T10:05`. */
  id: string;
  endsAt: number;
}

export function windowAt(kind: WindowKind, now: number): Window {
  const { idLength, boundsAt } = rowOf(kind);
  const { startsAt, endsAt } = boundsAt(now);
  return { kind, id: `${kind}-${new Date(startsAt).toISOString().slice(0, idLength)}`, endsAt };
}

/** A limit in its current window, with the name of its counter. */
export type LimitWindow = LimitRow & { counter: string; endsAt: number };

/** The windows of the last minute that was asked for: a call asks several times, and all windows begin with a minute. */
let lastMinute: { minute: number; windows: readonly LimitWindow[] } | undefined;

/** Every limit in its window at this time, in the order of the rows. */
export function limitsAt(now: number): readonly LimitWindow[] {
  const minute = Math.floor(now / 60_000);
  if (lastMinute?.minute !== minute) {
    const windows = limitRows.map((row): LimitWindow => {
      const { id, endsAt } = windowAt(row.kind, now);
      return { ...row, counter: `${row.stored}${id.slice(row.kind.length)}`, endsAt };
    });
    lastMinute = { minute, windows };
  }
  return lastMinute.windows;
}

/** Whether the window lasts a day or longer, too long for a client to wait for the next one. */
export function lastsADay(kind: WindowKind): boolean {
  const { startsAt, endsAt } = rowOf(kind).boundsAt(0);
  return endsAt - startsAt >= dayMs;
}

/** How a refusal begins, which says whose limit is reached. */
export const whoseLimit = {
  key: 'You have',
  client: 'This client address has, with this key,',
  user: 'Your keys have together',
};

/** Names a full window in the message of its refusal, the only place that says which window is full: `of this week`. */
export const fullWindowWords = (kind: WindowKind) => `of this ${kind}`;

/** The full window that a refusal's message names. */
export function fullWindowIn(message: string): WindowKind | undefined {
  return limitRows.find(({ kind }) => message.includes(`${fullWindowWords(kind)}.`))?.kind;
}

function rowOf(kind: WindowKind): LimitRow {
  const row = limitRows.find((candidate) => candidate.kind === kind);
  if (row === undefined) throw new Error(`No limit has a window of kind ${kind}`);
  return row;
}

/** What is left of a window, as the rate-limit headers report it. */
export interface Standing {
  limit: number;
  remaining: number;
  resetsAt: number;
}

/** Of a limit in US dollars. */
export interface SpendStanding extends Standing {
  window: SpendRow['kind'];
}

/** Whole seconds, at least one, rounded up so that a caller who waits that long is never early. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000));
}

/** The UTC date, `2026-11-22`. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** The one with the smallest share left. */
export function tightest<One extends Standing>(standings: readonly (One | undefined)[]): One | undefined {
  const share = ({ limit, remaining }: Standing) => remaining / limit;
  return standings
    .filter((standing): standing is One => standing !== undefined)
    .sort((one, other) => share(one) - share(other))
    .at(0);
}

/** Dollars to the billionth, without what sums of binary fractions add. */
export function wholeNanos(dollars: number): number {
  return Math.round(dollars * 1e9) / 1e9;
}
