import { useState } from 'react';
import { type Language, languages } from '../../language/languages.ts';
import { t } from '../../language/t.ts';
import { useLanguageChoice } from '../../language/use-language-choice.ts';
import { Card } from '../../parts/card.tsx';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { chooseTheme, currentTheme, type Theme } from '../../shell/theme.ts';

const byLanguage = (Object.keys(languages) as Language[]).map((language) => ({
  value: language,
  label: languages[language],
  lang: language,
}));

export function AppearanceCard() {
  const [theme, setTheme] = useState(currentTheme);
  const { language, choose: chooseLanguage, place } = useLanguageChoice();
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  const themes: readonly { value: Theme; label: string }[] = [
    { value: 'system', label: t('System') },
    { value: 'light', label: t('Light') },
    { value: 'dark', label: t('Dark') },
  ];
  return (
    <Card title={t('Appearance')} description={t('Saved in this browser.')}>
      <div className="flex flex-col gap-4">
        <ChoiceRow label={t('Theme')} options={themes} value={theme} onChange={choose} />
        <div ref={place}>
          <ChoiceRow label={t('Language')} options={byLanguage} value={language} onChange={chooseLanguage} />
        </div>
      </div>
    </Card>
  );
}
