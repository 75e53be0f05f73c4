import { DaypassError } from '../errors.ts';

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const short = /^([1-9]\d{0,5})([mhdw])$/;
const isoDuration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const longestMs = 10 * 366 * unitsMs.d;

/** @throws DaypassError `invalid_request` naming the forms there are */
export function readExpiry(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const time = expiryTime(text, now);
  if (time !== undefined) return time;
  throw new DaypassError(
    'invalid_request',
    "expiresIn must be such as '30d', '12h', 'P30D' or a date in the future, and at most ten years away.",
    { param: 'expiresIn' },
  );
}

/**
 * Reads `30d`, `12h`, an ISO 8601 duration (`P30D`, `PT12H`) or an ISO 8601 date or time in the future.
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
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const { w, d, h, m } = unitsMs;
  return (
    now + (weeks ?? 0) * w + (days ?? 0) * d + (hours ?? 0) * h + (minutes ?? 0) * m + (seconds ?? 0) * 1000
  );
}

function dateTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
