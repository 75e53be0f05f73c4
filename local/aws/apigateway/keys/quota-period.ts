import type { Quota } from './stored-keys-and-plans.ts';

const dayMilliseconds = 86_400_000;

/** `2026-03-31`, UTC */
export const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The first day (UTC) of the quota period a time is in. */
export function periodStart(
  { period, offset }: Pick<Quota, 'period' | 'offset'>,
  milliseconds: number,
): string {
  const time = new Date(milliseconds);
  if (period === 'DAY') return dateOf(milliseconds);
  if (period === 'WEEK') {
    const daysIn = (time.getUTCDay() - offset + 7) % 7;
    return dateOf(milliseconds - daysIn * dayMilliseconds);
  }
  const begun = time.getUTCDate() > offset;
  return dateOf(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - (begun ? 0 : 1), 1 + offset));
}

/** Every date from one to the other, both included. */
export function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += dayMilliseconds) dates.push(dateOf(at));
  return dates;
}
