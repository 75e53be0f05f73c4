import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../language/t.ts';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';
import { type Overlay, overlay } from './overlay.ts';
import { shortcutFor, singleKeysAreOn } from './shortcuts.ts';

interface OverlayProps {
  onClose: () => void;
}

/** Loaded when first opened. */
const load: Record<Overlay, () => Promise<ComponentType<OverlayProps>>> = {
  palette: () => import('../../palette/palette.tsx').then((m) => m.Palette),
  shortcuts: () => import('../../palette/shortcuts-dialog.tsx').then((m) => m.ShortcutsDialog),
};
const loaded: Partial<Record<Overlay, ComponentType<OverlayProps>>> = {};

/** Listens for the console's shortcuts, and shows what they open. */
export function PaletteHost() {
  useShortcutKeys();
  const open = useSyncExternalStore(overlay.subscribe, overlay.get);
  const [, setCount] = useState(0);
  useEffect(() => {
    if (open === undefined || loaded[open] !== undefined) return;
    load[open]().then(
      (Component) => {
        loaded[open] = Component;
        setCount((count) => count + 1);
      },
      () => {
        overlay.set(undefined);
        toasts.add({ type: 'error', title: t('The search could not be loaded') });
      },
    );
  }, [open]);
  // Another user, or none, must not find it open.
  useEffect(() => () => overlay.set(undefined), []);
  const Shown = open === undefined ? undefined : loaded[open];
  return Shown !== undefined && <Shown onClose={() => overlay.set(undefined)} />;
}

function useShortcutKeys(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, ctrlKey, metaKey, altKey } = event;
      if (key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !event.shiftKey) {
        if (overlay.get() === undefined && hasDialog()) return;
        event.preventDefault();
        overlay.set(overlay.get() === 'palette' ? undefined : 'palette');
        return;
      }
      if (ctrlKey || metaKey || altKey || isTyping(event) || hasDialog() || !singleKeysAreOn()) return;
      const act = actions[key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    const actions: Record<string, () => void> = {
      '?': () => overlay.set('shortcuts'),
      '/': () => {
        const search = document.querySelector<HTMLInputElement>('#main input[type="search"]');
        if (search === null) overlay.set('palette');
        else search.focus();
      },
      n: () => (shortcutFor('n') ?? (() => void navigate('/playground')))(),
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
}

const hasDialog = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="listbox"], [role="menu"] *'))
  );
}
