import { ChevronsUpDown, LogOut, Settings } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../language/t.ts';
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../../parts/overlays/menu.tsx';
import { useConsole } from '../console-context.ts';
import { useMe } from '../session/use-me.ts';
import { chooseTheme, currentTheme, type Theme } from '../theme.ts';

export function AccountMenu() {
  const { session } = useConsole();
  const email = useMe().data?.email;
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-popup-open:bg-hover touch:h-11"
        >
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-xs uppercase"
          >
            {email?.slice(0, 1) ?? ''}
          </span>
          <span className="min-w-0 flex-1 truncate text-ink-soft text-sm">
            <span className={email === undefined ? undefined : 'sr-only'}>{t('Account')} </span>
            {email}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </button>
      }
    >
      <ThemeChoice />
      <MenuSeparator />
      <MenuLink to="/settings" icon={<Settings aria-hidden />}>
        {t('Settings')}
      </MenuLink>
      <MenuItem icon={<LogOut aria-hidden />} onClick={() => void session.logOut()}>
        {t('Log out')}
      </MenuItem>
    </Menu>
  );
}

const themes = () =>
  [
    { value: 'system', label: t('System') },
    { value: 'light', label: t('Light') },
    { value: 'dark', label: t('Dark') },
  ] as const;

function ThemeChoice() {
  const [theme, setTheme] = useState(currentTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return <MenuChoice label={t('Appearance')} value={theme} options={themes()} onChange={choose} />;
}
