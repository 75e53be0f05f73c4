import { countWords } from './language/number-words.ts';
import { isEnglish, t } from './language/t.ts';

type Words = (...figures: string[]) => string;

/** What schemas of the contract say of a field, which is English, and the same in the reader's language. */
const faults: readonly [RegExp, Words][] = [
  [/^is required$/, () => t('is required')],
  [/^is not valid$/, () => t('is not valid')],
  [/^must not be empty$/, () => t('must not be empty')],
  [
    /^must have at least (\d+) characters?$/,
    (count = '') => t('must have at least {count} characters', { count }),
  ],
  [
    /^must have at most (\d+) characters?$/,
    (count = '') => t('must have at most {count} characters', { count }),
  ],
  [/^must be at least ([\d.]+)$/, (least = '') => t('must be at least {least}', { least })],
  [/^must be at most ([\d.]+)$/, (most = '') => t('must be at most {most}', { most })],
  [/^must be above ([\d.]+)$/, (bound = '') => t('must be above {bound}', { bound })],
  [/^must be a number(?:,|$)/, () => t('must be a number')],
  [/^must be a whole number(?:,|$)/, () => t('must be a whole number')],
  [/^must be an e-mail address$/, () => t('must be an e-mail address')],
  [
    /^must have at most (\d+) characters before the @$/,
    (count = '') => t('must have at most {count} characters before the @', { count }),
  ],
  [/^must be visible ASCII characters$/, () => t('must be visible ASCII characters')],
  [/^must not begin or end with a space/, () => t('must not begin or end with a space')],
  [
    /^must not hold line breaks, control or invisible characters$/,
    () => t('must not hold line breaks, control or invisible characters'),
  ],
  [
    /^must be US dollars from ([\d.]+) to ([\d.]+)$/,
    (least = '', most = '') => t('must be US dollars from {least} to {most}', { least, most }),
  ],
  [
    /^must be a host name in lower case, without scheme or port, other letters in punycode \(xn--…\)$/,
    () => t('must be a host name in lower case, without scheme or port, other letters in punycode (xn--…)'),
  ],
  [/^must be a host name as browsers write it$/, () => t('must be a host name as browsers write it')],
  [/^must hold at most (\d+) entr(?:y|ies)$/, (most = '') => t('must hold at most {most} entries', { most })],
  [/^must be a day such as /, () => t('must be a date')],
  [/^must not be the current password$/, () => t('must not be the current password')],
  [/^must be the six digits that the app shows$/, () => t('must be the six digits that the app shows')],
];

/** Unchanged if it is nothing that a field here can have. */
export function fieldFaultWords(message: string): string {
  if (isEnglish()) return message;
  for (const [pattern, words] of faults) {
    const [found, ...figures] = pattern.exec(message) ?? [];
    if (found !== undefined) return words(...figures.map((figure) => countWords(Number(figure))));
  }
  return message;
}
