import type { Clock } from '../../clock.ts';

export interface SlidingCounts {
  /** Counts one more. @returns how many the key has had in the window, this one included */
  add(key: string): number;
}

/** Counts by key within the last seconds. */
export function createSlidingCounts(clock: Clock, windowSeconds: number): SlidingCounts {
  const seconds = new Map<string, Map<number, number>>();
  let sweptAt = 0;

  const forgetOld = (key: string, counts: Map<number, number>, now: number) => {
    // The clock can be moved back: what lies in its future doesn't count.
    for (const at of counts.keys()) if (at <= now - windowSeconds || at > now) counts.delete(at);
    if (counts.size === 0) seconds.delete(key);
  };

  return {
    add(key) {
      const now = Math.floor(clock.now() / 1000);
      if (Math.abs(now - sweptAt) >= windowSeconds) {
        for (const [each, counts] of seconds) forgetOld(each, counts, now);
        sweptAt = now;
      }
      const counts = seconds.get(key) ?? new Map<number, number>();
      forgetOld(key, counts, now);
      counts.set(now, (counts.get(now) ?? 0) + 1);
      seconds.set(key, counts);
      return counts.values().reduce((sum, count) => sum + count, 0);
    },
  };
}
