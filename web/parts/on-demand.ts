import { type ComponentType, createElement, type ReactNode, useEffect, useSyncExternalStore } from 'react';

/** A part of the console that is loaded once something needs it. */
export interface OnDemand<Part> {
  /** Undefined until it has come. */
  loaded(): Part | undefined;
  /** Offline it waits, since browsers repeat a failed import's failure until a reload. */
  start(): void;
  subscribe(listener: () => void): () => void;
}

const all = new Set<OnDemand<unknown>>();

export function onDemand<Part>(load: () => Promise<Part>): OnDemand<Part> {
  let part: Part | undefined;
  let isLoading = false;
  const listeners = new Set<() => void>();
  const start = () => {
    if (part !== undefined || isLoading) return;
    if (!navigator.onLine) {
      window.addEventListener('online', start, { once: true });
      return;
    }
    isLoading = true;
    load().then(
      (loaded) => {
        part = loaded;
        for (const listener of [...listeners]) listener();
      },
      () => {
        isLoading = false;
        window.addEventListener('online', start, { once: true });
      },
    );
  };
  const onDemand: OnDemand<Part> = {
    loaded: () => part,
    start,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
  all.add(onDemand);
  return onDemand;
}

/** All that the present screen loads on demand, so that it opens at once, and offline too. */
export function loadAllParts(): void {
  for (const part of all) part.start();
}

/** @param isWanted loads it */
export function useOnDemand<Part>(part: OnDemand<Part>, isWanted: boolean): Part | undefined {
  const loaded = useSyncExternalStore(part.subscribe, part.loaded);
  useEffect(() => {
    if (isWanted) part.start();
  }, [part, isWanted]);
  return loaded;
}

/**
 * A component that is loaded once it is rendered, or once it is `open` if it has that property. Give its own type to `Props`:
 * `lately<ComponentProps<typeof Chart>>(() => import('./chart.tsx').then((module) => module.Chart))`.
 */
export function lately<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const part = onDemand(load);
  return function Lately(props: Props): ReactNode {
    const loaded = useOnDemand(part, !('open' in props) || props.open === true);
    return loaded === undefined ? null : createElement(loaded, props);
  };
}
