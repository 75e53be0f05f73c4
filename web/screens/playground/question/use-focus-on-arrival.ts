import { type RefObject, useEffect } from 'react';

/** Where a finger would have to put away the keyboard first, the field doesn't take the focus. */
const withKeyboard = '(hover: hover) and (pointer: fine)';

/** Focuses a field once the screen is there, after the heading had the focus. */
export function useFocusOnArrival(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!window.matchMedia(withKeyboard).matches) return;
    const frame = requestAnimationFrame(() => field.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [field]);
}
