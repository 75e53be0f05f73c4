import { type LimitField, limitRows, type WindowKind } from '../core/metering/windows.ts';
import { dollarWords } from './language/number-words.ts';
import { t } from './language/t.ts';
import { timeWords } from './language/time-words.ts';

type Limits = Partial<Record<LimitField, number | null | undefined>>;

/** The longest window first, and requests before tokens and money. */
const shown = (['requests', 'tokens', 'dollars'] as const).flatMap((unit) =>
  limitRows.filter((row) => row.unit === unit).toReversed(),
);

/** "50 requests a day", "5 requests an hour"; [] for no limit. */
export function limitWords(limits: Limits): string[] {
  return shown.flatMap(({ field, unit, kind }) => {
    const limit = limits[field];
    return limit === undefined || limit === null ? [] : [each(kind, amounts[unit](limit))];
  });
}

/** The operator's own words, but for those that Daypass brings along: of the plans in daypass.yml, and of the plan `unlimited`. */
export function planPriceWords(price: string): string {
  if (price === 'Free') return t('Free');
  return price === 'For admins' ? t('For admins') : price;
}

/** Within a sentence. An operator's own words stay as they are: `5 EUR` is no `5 eur`. */
export const priceWithinSentence = (price: string): string =>
  price === 'Free' ? t('free@@price') : planPriceWords(price);

const amounts = {
  requests: (count: number) => t('{count, plural, one {# request} other {# requests}}', { count }),
  tokens: (count: number) => t('{count, plural, one {# token} other {# tokens}}', { count }),
  dollars: dollarWords,
};

/** "The next day starts in 5 hours." */
export const nextWindowWords = (window: WindowKind, startsAt: number, now: number): string =>
  t(
    'The next {window, select, minute {minute} hour {hour} day {day} week {week} other {month}} starts {time}.',
    { window, time: timeWords(startsAt, now) },
  );

function each(window: WindowKind, amount: string): string {
  if (window === 'minute') return t('{amount} a minute', { amount });
  if (window === 'hour') return t('{amount} an hour', { amount });
  if (window === 'day') return t('{amount} a day', { amount });
  if (window === 'week') return t('{amount} a week', { amount });
  return t('{amount} a month', { amount });
}
