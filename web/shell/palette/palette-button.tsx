import { Search } from 'lucide-react';
import { t } from '../../language/t.ts';
import { iconButtonStyle } from '../../parts/buttons/icon-button.tsx';
import { overlay } from './overlay.ts';
import { isApple } from './shortcuts.ts';

/** Opens the search over everything; looks like the field that it opens. */
export function PaletteButton() {
  return (
    <button
      type="button"
      onClick={() => overlay.set('palette')}
      aria-keyshortcuts={isApple() ? 'Meta+K' : 'Control+K'}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong/60 bg-surface px-2.5 text-ink-soft text-sm hover:bg-hover hover:text-ink touch:h-11"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="flex-1 text-left">{t('Find…')}</span>
      <kbd
        aria-hidden
        className="rounded-sm border border-line bg-sunken px-1.5 font-sans text-ink-faint text-xs"
      >
        {isApple() ? '⌘K' : t('Ctrl K')}
      </kbd>
    </button>
  );
}

/** Where there is no room for the field. */
export function PaletteIconButton() {
  return (
    <button
      type="button"
      onClick={() => overlay.set('palette')}
      aria-label={t('Find…')}
      aria-keyshortcuts={isApple() ? 'Meta+K' : 'Control+K'}
      className={iconButtonStyle}
    >
      <Search aria-hidden />
    </button>
  );
}
