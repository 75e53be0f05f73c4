import { t } from './language/t.ts';

type Words = (figure: string) => string;

/** What schemas of the contract say of a field, which is English, and the same in the reader's language. */
const faults: readonly [RegExp, Words][] = [
  [/^is required$/, () => t('is required')],
  [/^is not valid$/, () => t('is not valid')],
  [/^must not be empty$/, () => t('must not be empty')],
  [
    /^must have at least (\d+) characters?$/,
    (count) => t('must have at least {count} characters', { count }),
  ],
  [/^must have at most (\d+) characters?$/, (count) => t('must have at most {count} characters', { count })],
  [/^must be at least ([\d.]+)$/, (least) => t('must be at least {least}', { least })],
  [/^must be at most ([\d.]+)$/, (most) => t('must be at most {most}', { most })],
  [/^must be above ([\d.]+)$/, (bound) => t('must be above {bound}', { bound })],
  [/^must be a number(?:,|$)/, () => t('must be a number')],
  [/^must be a whole number(?:,|$)/, () => t('must be a whole number')],
  [/^must be an e-mail address$/, () => t('must be an e-mail address')],
  [/^must be visible ASCII characters$/, () => t('must be visible ASCII characters')],
  [/^must not begin or end with a space/, () => t('must not begin or end with a space')],
];

/** Unchanged if it is nothing that a field here can have. */
export function faultWords(message: string): string {
  for (const [pattern, words] of faults) {
    const [found, figure = ''] = pattern.exec(message) ?? [];
    if (found !== undefined) return words(figure);
  }
  return message;
}
