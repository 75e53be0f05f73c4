import { Message } from './message-format.ts';

/** From the English text in the code to the text that is shown. */
export type Catalogue = Readonly<Record<string, string>>;

interface Speech {
  /** For numbers, dates and plurals. */
  locale: string;
  catalogue: Catalogue;
}

let speech: Speech | undefined;
const messages = new Map<string, Message>();

export function speak(next: Speech): void {
  speech = next;
  messages.clear();
}

/** For pages that are written once in each language, one after another. */
export function spokenIn<Page>(other: Speech, write: () => Page): Page {
  const before = speech;
  speak(other);
  try {
    return write();
  } finally {
    speech = before;
    messages.clear();
  }
}

/** Where the API's own words can stay as they are. */
export const isEnglish = (): boolean => spoken().locale.startsWith('en');

/**
 * A text in the reader's language. Its English, in ICU syntax, is its key in the catalogues:
 * `t('{count, plural, one {# call} other {# calls}} left', { count })`.
 *
 * What follows `@@` isn't shown, and tells apart what is one word in English only: `t('Open@@state')`.
 */
export function t(text: string, values?: Record<string, string | number>): string {
  const words = inLanguage(text);
  return words.includes('{') ? String(message(words, false).format(values)) : words;
}

export function inLanguage(text: string): string {
  const words = spoken().catalogue[text] ?? text;
  return words.includes('@@') ? words.slice(0, words.indexOf('@@')) : words;
}

/** Parsed once. */
export function message(words: string, hasTags: boolean): Message {
  const key = hasTags ? words : `plain ${words}`;
  const known = messages.get(key);
  if (known !== undefined) return known;
  const parsed = new Message(words, spoken().locale, hasTags);
  messages.set(key, parsed);
  return parsed;
}

/** A formatter of `Intl`, made once for the reader's locale: `const day = forLocale((locale) => new Intl.…)`. */
export function forLocale<Format>(make: (locale: string) => Format): () => Format {
  let made: { locale: string; format: Format } | undefined;
  return () => {
    const { locale } = spoken();
    if (made?.locale !== locale) made = { locale, format: make(locale) };
    return made.format;
  };
}

/** Tests without a browser read English. */
const english: Speech = { locale: 'en-GB', catalogue: {} };

function spoken(): Speech {
  if (speech !== undefined) return speech;
  // A text of a module's top level would stay English. Told in the browser's console, where tests of screens see it.
  if ('document' in globalThis) console.error('A text was asked for before its language was loaded');
  return english;
}
