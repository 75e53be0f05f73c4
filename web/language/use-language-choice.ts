import { type RefObject, useEffect, useRef } from 'react';
import { chooseLanguage, currentLanguage } from './current-language.ts';
import type { Language } from './languages.ts';

let hasJustChosen = false;

/** For a control that chooses the language: it is built anew by its own choice, and keeps the focus. */
export function useLanguageChoice(): {
  language: Language;
  choose(next: Language): void;
  place: RefObject<HTMLDivElement | null>;
} {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!hasJustChosen) return;
    hasJustChosen = false;
    place.current?.querySelector<HTMLElement>(':checked, button')?.focus();
  }, []);
  const choose = (next: Language) => {
    hasJustChosen = true;
    void chooseLanguage(next);
  };
  return { language: currentLanguage(), choose, place };
}
