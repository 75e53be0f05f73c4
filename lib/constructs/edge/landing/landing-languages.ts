import { readFileSync } from 'node:fs';
import {
  defaultLocales,
  type Language,
  languageNames,
  languages,
} from '../../../../web/language/languages.ts';
import { type Catalogue, spokenIn } from '../../../../web/language/t.ts';
import { type Html, html } from './html.ts';

/** The page in each language, as the bucket has it. The console's build makes the first, as the template of all. */
export const landingFiles = Object.fromEntries(
  languageNames.map((name) => [name, name === 'en' ? 'landing.html' : `landing.${name}.html`]),
) as Record<Language, string>;

/** What is written with `t` meanwhile has the words of the language. */
export function inLanguage<Page>(language: Language, write: () => Page): Page {
  const catalogue = language === 'en' ? {} : catalogueOf(language);
  return spokenIn({ locale: defaultLocales[language], catalogue }, write);
}

const catalogueOf = (language: Language): Catalogue =>
  JSON.parse(
    readFileSync(new URL(`../../../../web/language/${language}.json`, import.meta.url), 'utf8'),
  ) as Catalogue;

/** For search engines: the address of each language, and the one that goes by the visitor's. */
export function alternates(origin: string): readonly Html[] {
  return [
    ...languageNames.map((name) => ({ hreflang: name as string, path: `/${name}` })),
    { hreflang: 'x-default', path: '/' },
  ].map(
    ({ hreflang, path }) =>
      html`<link rel="alternate" hreflang="${hreflang}" href="${origin}${path}" />\n    `,
  );
}

/** Links to the same page in the other languages, each in its own. */
export function otherLanguages(language: Language): readonly Html[] {
  return languageNames
    .filter((name) => name !== language)
    .map((name) => html`<a href="/${name}" lang="${name}" hreflang="${name}">${languages[name]}</a>`);
}
