/** The languages of the console and the landing page, each by its own name. English is in the code, the others are files beside this one. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

export const languageNames = Object.keys(languages) as Language[];

/** Where nobody names a region of the language. */
export const defaultLocales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
