import { forLocale } from './t.ts';

/** How the reader's locale writes a number: `1,234.5` in English, `1.234,5` in German. */
const separators = forLocale((locale) => {
  const parts = new Intl.NumberFormat(locale).formatToParts(12_345.6);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { group: of('group'), decimal: of('decimal') };
});

/**
 * Reads a number as the reader's locale writes it, or as programs do: in German both `0,5` and `0.5`. What looks like
 * thousands is thousands: `1.234` is 1234 in German.
 * @returns NaN for everything else
 */
export function typedNumber(text: string): number {
  const { group, decimal } = separators();
  const grouped = text
    .split(/\s/)
    .join(' ')
    .split(group === '\u00a0' || group === '\u202f' ? ' ' : group);
  const [first = '', ...rest] = grouped;
  const [last = '', fraction = ''] = (rest.at(-1) ?? '').split(decimal);
  const isGrouped =
    rest.length > 0 &&
    /^[1-9]\d{0,2}$/.test(first) &&
    [...rest.slice(0, -1), last].every((part) => /^\d{3}$/.test(part));
  if (isGrouped) return Number(`${first}${rest.slice(0, -1).join('')}${last}.${fraction}`);
  const plain = text.replace(decimal, '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
