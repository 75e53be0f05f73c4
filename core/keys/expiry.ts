import * as z from 'zod';
import { DaypassError } from '../errors.ts';

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const short = /^([1-9]\d{0,5})([mhdw])$/;
const isoDuration =
  /^P(?=\d|T)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const isoTime = z.union([
  z.iso.date(),
  z.iso.datetime({ offset: true }),
  z.iso.datetime({ offset: true, precision: -1 }),
]);
const longestMs = 10 * 366 * unitsMs.d;

/** @throws DaypassError `invalid_request`, which lists the accepted forms */
export function readExpiry(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const time = expiryTime(text, now);
  if (time !== undefined) return time;
  throw new DaypassError(
    'invalid_request',
    "expiresIn must be such as '30d', '12h', '2w' or '90m', an ISO 8601 duration of whole numbers such as 'P30D', 'P1M' or 'PT12H', a date such as '2027-01-31', or a time with its zone such as '2027-01-31T18:00:00Z'; in the future, and at most ten years away.",
    { param: 'expiresIn' },
  );
}

/**
 * Reads `30d`, `12h`, an ISO 8601 duration (`P30D`, `P1M`, `PT12H`) or an ISO 8601 date or time in the future.
 * @returns milliseconds since the epoch, or undefined when the text is none of these, in the past, or more
 *   than ten years away
 */
export function expiryTime(text: string, now: number): number | undefined {
  const time = shortTime(text, now) ?? isoDurationTime(text, now) ?? dateTime(text);
  return time !== undefined && time > now && time - now <= longestMs ? time : undefined;
}

function shortTime(text: string, now: number): number | undefined {
  const [, count, unit] = short.exec(text) ?? [];
  return count === undefined ? undefined : now + Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

function isoDurationTime(text: string, now: number): number | undefined {
  const match = isoDuration.exec(text);
  if (match === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const { w, d, h, m } = unitsMs;
  const from = monthsLater(now, years * 12 + months);
  return from + weeks * w + days * d + hours * h + minutes * m + seconds * 1000;
}

/** By the UTC calendar: a month after 31 January is the last day of February. */
function monthsLater(now: number, months: number): number {
  const from = new Date(now);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return from.setUTCFullYear(year, month, Math.min(from.getUTCDate(), lastDay));
}

function dateTime(text: string): number | undefined {
  return isoTime.safeParse(text).success ? Date.parse(text) : undefined;
}
