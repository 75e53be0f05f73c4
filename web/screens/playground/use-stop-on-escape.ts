import { useEffect } from 'react';

/** Escape stops the answer, unless it closes a popup. */
export function useStopOnEscape(isBusy: boolean, stop: () => void): void {
  useEffect(() => {
    if (!isBusy) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isForPopup = event.target instanceof Element && event.target.closest(popups) !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !isForPopup) stop();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isBusy, stop]);
}

const popups = '[role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"]';
