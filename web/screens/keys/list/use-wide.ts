import { useSyncExternalStore } from 'react';

/** Where the table of keys stands beside the navigation without scrolling sideways. */
const wide = '(min-width: 72rem)';

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(wide).matches);
}

function subscribe(changed: () => void): () => void {
  const media = matchMedia(wide);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}
