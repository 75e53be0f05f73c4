import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** Focuses the new screen's heading, so that it is read out and Tab continues from there. */
export function useNavigationFocus(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [pathname]);
}
