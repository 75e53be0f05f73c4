import { useEffect, useRef } from 'react';

/** What screens do on a key, while they are shown. */
const handlers = new Map<string, () => void>();

export const shortcutFor = (key: string): (() => void) | undefined => handlers.get(key);

/** `useShortcut('n', startAnew)`: a single key, which does something else than elsewhere while the screen is shown. */
export function useShortcut(key: string, handler: () => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    handlers.set(key, () => latest.current());
    return () => void handlers.delete(key);
  }, [key]);
}

const storageName = 'daypass-single-keys';

/** Whoever dictates, or presses keys by accident, can turn single keys off; Ctrl-K stays. */
export function singleKeysAreOn(): boolean {
  try {
    return localStorage.getItem(storageName) !== 'off';
  } catch {
    return true;
  }
}

export function turnSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(storageName);
    else localStorage.setItem(storageName, 'off');
  } catch {
    // Storage is blocked: they stay on.
  }
}

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
