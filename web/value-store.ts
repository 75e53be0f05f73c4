export interface ValueStore<Value> {
  get(): Value;
  set(next: Value): void;
  /** @returns a function that unsubscribes */
  subscribe(listener: () => void): () => void;
}

/** A value in memory, for `useSyncExternalStore`. */
export function createValueStore<Value>(initial: Value): ValueStore<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
