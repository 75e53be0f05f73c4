import { forLocale, t } from './t.ts';

type Options = Intl.DateTimeFormatOptions;

const formatter = (options: Options) => forLocale((locale) => new Intl.DateTimeFormat(locale, options));
const relative = forLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const date = formatter({ dateStyle: 'medium' });
const utcDay = formatter({ timeZone: 'UTC', dateStyle: 'medium' });
const shortUtcDay = forLocale(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      timeZone: 'UTC',
      day: 'numeric',
      // `22.11.`: the axis of a chart is crowded by `22. Nov.`.
      month: locale.startsWith('de') ? 'numeric' : 'short',
    }),
);
const dateAndTime = formatter({ dateStyle: 'medium', timeStyle: 'short' });
const zone = formatter({ timeZoneName: 'short' });
const recent = formatter({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const toTheSecond = formatter({ dateStyle: 'medium', timeStyle: 'medium' });

const minuteMs = 60_000;
const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: minuteMs },
] as const;

/** Beyond this, a date says more than a number of days. */
const longestRelativeMs = 30 * 86_400_000;

/** "5 minutes ago", "in 3 days", "12 Nov 2026". */
export function timeWords(time: number, now: number): string {
  const distance = time - now;
  if (Math.abs(distance) > longestRelativeMs) return date().format(time);
  // 59 minutes and 59 seconds are an hour, not 60 minutes.
  const minutes = Math.round(distance / minuteMs) * minuteMs;
  const step = units.find(({ ms }) => Math.abs(minutes) >= ms);
  if (step !== undefined) return relative().format(Math.round(distance / step.ms), step.unit);
  return distance > 0 ? t('in a moment') : t('just now');
}

export const dateWords = (time: number): string => date().format(time);

/** `22 Nov 2026, 10:05 GMT+1`, in the reader's own time. */
export const dateAndTimeWords = (time: number): string =>
  `${dateAndTime().format(time)}\u00a0${zoneName(time)}`;

/** `22 Nov 2026, 10:05:41 GMT+1`, in the reader's own time. */
export function secondWords(time: string): string {
  const at = Date.parse(time);
  return `${toTheSecond().format(at)}\u00a0${zoneName(at)}`;
}

/** `22 Nov, 10:05:41 GMT+1`, in the reader's own time: of the last weeks, where the year is clear. */
export const recentSecondWords = (time: string): string => recent().format(Date.parse(time));

function zoneName(time: number): string | undefined {
  return zone()
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')?.value;
}

/** A UTC date such as `2026-11-22`, as `22 Nov 2026`. */
export const dayWords = (date: string): string => utcDay().format(Date.parse(date));

/** `22 Nov`, in German `22.11.`, where the year is clear. */
export const shortDayWords = (date: string): string => shortUtcDay().format(Date.parse(date));
