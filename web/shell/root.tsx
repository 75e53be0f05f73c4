import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { t } from '../language/t.ts';
import { usePrefetchOfLinks } from './prefetch/use-prefetch.ts';
import { OfflineBanner } from './trouble/offline-banner.tsx';

/** Around every screen, logged in or not. */
export function Root() {
  useNavigationFocus();
  usePrefetchOfLinks();
  const { state } = useNavigation();
  return (
    // Base UI would otherwise add style elements, which the content security policy forbids.
    <CSPProvider disableStyleElements>
      <a
        href="#main"
        className="sr-only rounded-md bg-raised px-3 py-2 font-medium shadow-popup focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
      >
        {t('Skip to content')}
      </a>
      {state === 'loading' && <LoadingBar />}
      <OfflineBanner />
      <Outlet />
      <ScrollRestoration />
    </CSPProvider>
  );
}

function LoadingBar() {
  return (
    <div
      role="progressbar"
      aria-label={t('Loading the page')}
      className="fixed inset-x-0 top-0 z-50 h-0.5 overflow-hidden"
    >
      <div className="h-full w-1/4 animate-slide bg-accent" />
    </div>
  );
}

/**
 * Focuses the heading after a navigation, so that it is read out and Tab continues from there, unless the screen has
 * focused a field of its own.
 */
function useNavigationFocus(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (document.activeElement?.matches('main :is(input, textarea)') === true) return;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [pathname]);
}
