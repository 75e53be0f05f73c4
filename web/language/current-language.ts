import { chosenLanguage, keepChosenLanguage } from './chosen-language.ts';
import { defaultLocales, type Language, languages } from './languages.ts';
import type { Catalogue } from './t.ts';
import { speak } from './t.ts';

const catalogues: Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalogue }>> = {
  de: () => import('./de.json'),
};

let language: Language = 'en';
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => language;

export function subscribeToLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the user chose, else the browser's first that the console has. Nothing may be rendered before. */
export function startLanguage(): Promise<void> {
  const chosen = chosenLanguage();
  if (chosen === undefined || !isLanguage(chosen)) return load(preferred());
  keepChosenLanguage(chosen);
  return load(chosen);
}

/** Every text changes in place: nothing is reloaded, so nothing in memory is lost. */
export async function chooseLanguage(next: Language): Promise<void> {
  keepChosenLanguage(next);
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
