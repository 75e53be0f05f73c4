const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const dateAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** Further away than this, a date says more than a count of days. */
const longestTold = 30 * 86_400_000;

/** "5 minutes ago", "in 3 days", "12 Nov 2026". */
export function tellTime(time: number, now: number): string {
  const distance = time - now;
  if (Math.abs(distance) > longestTold) return date.format(time);
  const step = units.find(({ ms }) => Math.abs(distance) >= ms);
  if (step !== undefined) return relative.format(Math.round(distance / step.ms), step.unit);
  return distance > 0 ? 'in a moment' : 'just now';
}

export const tellDate = (time: number): string => date.format(time);

export const tellDateAndTime = (time: number): string => dateAndTime.format(time);
