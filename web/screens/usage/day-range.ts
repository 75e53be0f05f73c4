import { defaultUsageDays, usageDays } from '../../../core/contract/usage-days.ts';
import { dayMs } from '../../../core/metering/windows.ts';
import { t } from '../../language/t.ts';

/** First and last day (UTC), inclusive, such as `2026-11-22`. */
export interface DayRange {
  from: string;
  to: string;
}

export const periods = ['7', '30', '90'] as const;
export type Period = (typeof periods)[number] | 'custom';

export interface RangeFault {
  field: keyof DayRange;
  message: string;
}

export interface ChosenRange extends DayRange {
  period: Period;
  /** Why the API would refuse this range. */
  fault?: RangeFault;
}

export const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The range in the address: `days` for the last ones up to today, or `from` and `to`. */
export function chosenRange(search: URLSearchParams, today: string): ChosenRange {
  const from = search.get('from');
  const to = search.get('to');
  if (from === null && to === null) {
    const period = periods.find((days) => days === search.get('days')) ?? '30';
    return { period, from: daysBefore(today, Number(period) - 1), to: today };
  }
  const end = to ?? today;
  const range = { from: from ?? (isDay(end) ? daysBefore(end, defaultUsageDays - 1) : ''), to: end };
  const fault = faultOf(range);
  return { period: 'custom', ...range, ...(fault !== undefined && { fault }) };
}

/** The shortest period that has all the rows, for whoever has chosen none: 30 days with one bar say little. */
export function fitted(range: ChosenRange, search: URLSearchParams, oldest: string | undefined): ChosenRange {
  const isChosen = ['days', 'from', 'to'].some((name) => search.has(name));
  const week = daysBefore(range.to, 6);
  return isChosen || oldest === undefined || oldest < week ? range : { ...range, period: '7', from: week };
}

export function faultOf({ from, to }: DayRange): RangeFault | undefined {
  if (!isDay(to)) return { field: 'to', message: t('Choose a last day.') };
  if (!isDay(from)) return { field: 'from', message: t('Choose a first day.') };
  if (from > to) return { field: 'from', message: t('The first day must not be after the last.') };
  if (daysOf({ from, to }).length > usageDays)
    return { field: 'from', message: t('Choose at most {days} days.', { days: usageDays }) };
  return undefined;
}

/** Every day of the range, oldest first. */
export function daysOf({ from, to }: DayRange): string[] {
  const start = Date.parse(from);
  const length = Math.round((Date.parse(to) - start) / dayMs) + 1;
  return Array.from({ length }, (_, day) => utcDay(start + day * dayMs));
}

const daysBefore = (day: string, days: number): string => utcDay(Date.parse(day) - days * dayMs);

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  // Date.parse accepts some days that don't exist.
  return !Number.isNaN(time) && utcDay(time) === text;
}
