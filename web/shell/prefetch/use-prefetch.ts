import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { loadAllParts } from '../../parts/on-demand.ts';
import { createPrefetch, type PrefetchDeps } from './prefetch.ts';

declare global {
  interface Window {
    /** Of the script that the build adds to the page (web/build/screen-files.ts); undefined while the console is developed. */
    daypassFilesOf?: (path: string) => readonly string[];
  }
  interface Navigator {
    /** In Chromium alone. */
    connection?: ReturnType<PrefetchDeps['connection']>;
  }
}

const prefetch = createPrefetch({
  filesOf: (path) => window.daypassFilesOf?.(path) ?? [],
  isThere: (file) =>
    document.querySelector(`link[href="${file}"]`) !== null ||
    performance.getEntriesByName(new URL(file, location.href).href).length > 0,
  async fetchFile(file, priority) {
    const response = await fetch(file, { priority });
    await response.arrayBuffer();
  },
  isOnline: () => navigator.onLine,
  connection: () => navigator.connection,
  // Safari doesn't have it.
  whenIdle: (work) =>
    typeof requestIdleCallback === 'function' ? requestIdleCallback(() => work()) : setTimeout(work, 200),
});

/** Once the present screen is complete: all that it loads on demand, and then the screens at these addresses. */
export function usePrefetchAtRest(paths: readonly string[]): void {
  const queries = useQueryClient();
  const wanted = paths.join(' ');
  useEffect(
    () =>
      prefetch.atRest({
        paths: wanted.split(' '),
        isBusy: () => queries.isFetching() > 0,
        first: loadAllParts,
      }),
    [queries, wanted],
  );
}

/** The screen of a link that the pointer or the focus is on. */
export function usePrefetchOfLinks(): void {
  useEffect(() => {
    const ask = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
      if (link?.origin === location.origin && link.pathname !== location.pathname)
        prefetch.now(link.pathname);
    };
    const events = ['pointerover', 'focusin'] as const;
    for (const event of events) document.addEventListener(event, ask, { passive: true });
    return () => {
      for (const event of events) document.removeEventListener(event, ask);
    };
  }, []);
}
