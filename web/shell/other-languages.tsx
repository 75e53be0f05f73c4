import { type Language, languages } from '../language/languages.ts';
import { useLanguageChoice } from '../language/use-language-choice.ts';

/** For whoever isn't logged in: who is has the choice in the settings. */
export function OtherLanguages() {
  const { language, choose, place } = useLanguageChoice();
  const others = (Object.keys(languages) as Language[]).filter((other) => other !== language);
  return (
    <div ref={place} className="flex gap-3 text-ink-faint text-sm">
      {others.map((other) => (
        <button
          key={other}
          type="button"
          lang={other}
          onClick={() => choose(other)}
          className="rounded-sm underline decoration-line-strong underline-offset-3 hover:text-ink touch:min-h-11 touch:min-w-11"
        >
          {languages[other]}
        </button>
      ))}
    </div>
  );
}
