import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { chooseTheme, currentTheme, type Theme } from '../../shell/theme.ts';

const options: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function AppearanceCard() {
  const [theme, setTheme] = useState(currentTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <Card title="Appearance" description="Saved in this browser.">
      <ChoiceRow label="Theme" options={options} value={theme} onChange={choose} />
    </Card>
  );
}
