export const expiryChoices = ['never', '7d', '30d', '90d', 'date'] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

export const expiryLabels: Record<ExpiryChoice, string> = {
  never: 'Never',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  date: 'On a date',
};

export interface Expiry {
  choice: ExpiryChoice;
  /** Of a date field, such as `2026-12-24`: the last day, where the person is. */
  day: string;
}

const dayMs = 86_400_000;

/** When a key made now ends; undefined when it doesn't, or when the day can't be read. */
export function expiryTime({ choice, day }: Expiry, now: number): number | undefined {
  if (choice === 'never') return undefined;
  if (choice !== 'date') return now + Number.parseInt(choice, 10) * dayMs;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T23:59:59`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** As the API takes it. @throws RangeError for a day that can't be read; `expiryFault` tells before */
export function expiresInOf({ choice, day }: Expiry): string | undefined {
  if (choice === 'never') return undefined;
  return choice === 'date' ? new Date(`${day}T23:59:59`).toISOString() : choice;
}

/** The API takes ten years, of at most 366 days each. */
const longestMs = 10 * 366 * dayMs;

export function expiryFault(expiry: Expiry, now: number): string | undefined {
  if (expiry.choice !== 'date') return undefined;
  const time = expiryTime(expiry, now);
  if (time === undefined) return 'must be a date';
  if (time <= now) return 'must be today or later';
  return time - now > longestMs ? 'must be within ten years' : undefined;
}

/** A time as the day it is on where the person is, in the form of date fields. */
export function dayOfTime(time: number): string {
  const date = new Date(time);
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
