import { useState } from 'react';
import { MenuChoice } from '../../parts/overlays/menu.tsx';
import { chooseTheme, currentTheme, type Theme } from '../theme.ts';

const options = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** In a menu. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(currentTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return <MenuChoice label="Appearance" value={theme} options={options} onChange={choose} />;
}
