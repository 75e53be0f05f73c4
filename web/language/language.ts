import type { Catalogue } from './t.ts';
import { speak } from './t.ts';

/** The languages of the console, each by its own name. English is in the code, the others are files beside this one. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const catalogues: Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalogue }>> = {
  de: () => import('./de.json'),
};
/** Where the browser names no region of the language. */
const defaultLocales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const storageName = 'daypass-language';

let language: Language = 'en';
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => language;

export function subscribeToLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the user chose, else the browser's first that the console has. Nothing may be rendered before. */
export const startLanguage = (): Promise<void> => load(chosen() ?? preferred());

/** Every text changes in place: nothing is reloaded, so nothing in memory is lost. */
export async function chooseLanguage(next: Language): Promise<void> {
  try {
    localStorage.setItem(storageName, next);
  } catch {
    // Storage is blocked: the choice lasts until the tab is closed.
  }
  await load(next);
  for (const listener of listeners) listener();
}

async function load(next: Language): Promise<void> {
  // English if the file can't be had: a page that can be read beats none.
  const catalogue = next === 'en' ? undefined : await catalogues[next]().catch(() => undefined);
  language = catalogue === undefined ? 'en' : next;
  speak({ locale: localeOf(language), catalogue: catalogue?.default ?? {} });
  document.documentElement.lang = language;
}

function chosen(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageName) ?? '';
    return isLanguage(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

const preferred = (): Language => navigator.languages.map(languageOf).find(isLanguage) ?? 'en';

/** With the reader's region, which decides how dates and numbers are written. */
const localeOf = (spoken: Language): string =>
  navigator.languages.find((locale) => languageOf(locale) === spoken && isTag(locale)) ??
  defaultLocales[spoken];

/** A browser on a bare Linux says `en-US@posix`, on which every formatter of `Intl` throws. */
function isTag(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length > 0;
  } catch {
    return false;
  }
}

const languageOf = (locale: string): string => locale.split('-')[0]?.toLowerCase() ?? '';
const isLanguage = (name: string): name is Language => Object.hasOwn(languages, name);
