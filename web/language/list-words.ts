import { forLocale } from './t.ts';

const all = forLocale((locale) => new Intl.ListFormat(locale));
const any = forLocale((locale) => new Intl.ListFormat(locale, { type: 'disjunction' }));

/** "a, b and c" */
export const listWords = (words: readonly string[]): string => all().format(words);

/** "a, b or c" */
export const choiceWords = (words: readonly string[]): string => any().format(words);
