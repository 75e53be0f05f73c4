import { forLocale, t } from './t.ts';

/** A wait, always rounded up: `5 h 12 min`, `40 s`. */
export function waitWords(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A duration: `0.42 s`, `12.3 s`, `2 min 5 s`. */
export function tookWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${hundredths().format(seconds)} s`;
  if (seconds < 60) return `${tenths().format(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** US dollars, with enough digits for small amounts: `$0.000042`, `$1.25`. */
export function dollarWords(dollars: number): string {
  if (dollars === 0) return dollarsOf(0)().format(0);
  const digits = dollars >= 1 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(dollars)));
  return dollarsOf(Math.max(2, digits))().format(dollars);
}

/** For a column: the same number of digits in every row, so that they line up. */
export function dollarColumn(cost: number): string {
  const { format } = dollarsOf(6)();
  return cost > 0 && cost < 1e-6 ? `< ${format(1e-6)}` : format(cost);
}

export const countWords = (count: number): string => counts().format(count);

/** A share, never rounded up to what it isn't: `80%`, `99.9%`; in German `80 %`. */
export const percentWords = (share: number): string =>
  percents().format(Math.floor(share * 1000 + 1e-9) / 1000);

/** As file managers show it: `1 byte`, `64 kB`, `1.2 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return t('{bytes, plural, one {# byte} other {# bytes}}', { bytes });
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${atMostOne().format(bytes / 1e6)} MB`;
}

const digits = (minimumFractionDigits: number, maximumFractionDigits: number) =>
  forLocale((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits }));

const counts = digits(0, 3);
const hundredths = digits(2, 2);
const tenths = digits(1, 1);
const atMostOne = digits(0, 1);
const percents = forLocale(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
);

/** By digits: to make a formatter takes longer than to use it a hundred times. */
const dollarFormats = Array.from({ length: 10 }, (_, fractionDigits) =>
  forLocale(
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: fractionDigits,
        maximumFractionDigits: fractionDigits,
      }),
  ),
);
const dollarsOf = (fractionDigits: number) => dollarFormats[fractionDigits] ?? digits(0, fractionDigits);
