/** How many environments may live, and start at the same time, over all functions. */
export interface Capacity {
  /** Reserves a start; false when there is no place, or too many start already. */
  tryStart(): boolean;
  /** Releases the reservation, whether the start succeeded or not. */
  started(): void;
  born(): void;
  ended(): void;
  readonly live: number;
}

/**
 * Few start at a time: a burst of short calls is then served by the environments that are ready first, instead of
 * every call paying for a cold start of its own on a machine that has only so many cores.
 * @param evictIdle ends the environment that has been idle longest; false when all are busy
 */
export function createCapacity(
  limits: { live: number; starting: number },
  evictIdle: () => boolean,
): Capacity {
  let live = 0;
  let starting = 0;
  return {
    tryStart() {
      if (starting >= limits.starting) return false;
      if (live >= limits.live && !evictIdle()) return false;
      starting += 1;
      return true;
    },
    started: () => {
      starting -= 1;
    },
    born: () => {
      live += 1;
    },
    ended: () => {
      live -= 1;
    },
    get live() {
      return live;
    },
  };
}
