import { dayMs } from '../../../../core/metering/windows.ts';
import { t } from '../../../language/t.ts';
export const expiryChoices = ['never', '7d', '30d', '90d', 'date'] as const;
/** `keep`: as it is; for keys that are changed. */
export type ExpiryChoice = (typeof expiryChoices)[number] | 'keep';

export const expiryLabels = (): Record<ExpiryChoice, string> => ({
  never: t('Never'),
  '7d': t('7 days'),
  '30d': t('30 days'),
  '90d': t('90 days'),
  date: t('On a date'),
  keep: t('Unchanged'),
});

export interface Expiry {
  choice: ExpiryChoice;
  /** The last day, in the user's time zone, as a date field gives it: `2026-12-24`. */
  day: string;
}

/** When a key made now expires; undefined if never, if that doesn't change, or if the day is not a date. */
export function expiryTime({ choice, day }: Expiry, now: number): number | undefined {
  if (choice === 'never' || choice === 'keep') return undefined;
  if (choice !== 'date') return now + Number.parseInt(choice, 10) * dayMs;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T23:59:59`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** In the API's form. @throws RangeError for a day that is not a date: check with `expiryFault` first */
export function expiresInOf({ choice, day }: Expiry): string | undefined {
  if (choice === 'never' || choice === 'keep') return undefined;
  return choice === 'date' ? new Date(`${day}T23:59:59`).toISOString() : choice;
}

/** The API takes ten years, of at most 366 days each. */
const longestMs = 10 * 366 * dayMs;

export function expiryFault(expiry: Expiry, now: number): string | undefined {
  if (expiry.choice !== 'date') return undefined;
  const time = expiryTime(expiry, now);
  if (time === undefined) return t('must be a date');
  if (time <= now) return t('must be today or later');
  return time - now > longestMs ? t('must be within ten years') : undefined;
}

/** The day of a time in the user's time zone, in the form that date fields take. */
export function dayOfTime(time: number): string {
  const date = new Date(time);
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
