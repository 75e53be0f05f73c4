import type { Random } from './random.ts';
import type { Series } from './series.ts';

export interface Throttled {
  /** Writes above what their partition takes in that second. */
  writes: number;
  /** Seconds in which there was one. */
  seconds: number;
}

export function throttledWrites(partitions: readonly Series[], writesPerSecond: number): Throttled {
  const throttled = { writes: 0, seconds: 0 };
  for (let second = 0; second < (partitions[0]?.length ?? 0); second += 1) {
    let over = 0;
    for (const partition of partitions) over += Math.max(0, (partition[second] ?? 0) - writesPerSecond);
    throttled.writes += over;
    if (over > 0) throttled.seconds += 1;
  }
  return throttled;
}

/** Each write goes to one of the shards by chance, and each shard is an item on a partition of its own. */
export function spreadOverShards(writes: Series, shards: number, random: Random): Series[] {
  const spread = Array.from({ length: shards }, () => new Float64Array(writes.length));
  if (shards === 1) return [writes];
  for (let second = 0; second < writes.length; second += 1) {
    for (let write = 0; write < (writes[second] ?? 0); write += 1) {
      const shard = spread[random.below(shards)];
      if (shard !== undefined) shard[second] = (shard[second] ?? 0) + 1;
    }
  }
  return spread;
}

/** The busiest partition of each second. */
export function hottest(partitions: readonly Series[]): Series {
  const peak = new Float64Array(partitions[0]?.length ?? 0);
  for (const partition of partitions) {
    for (let second = 0; second < peak.length; second += 1) {
      peak[second] = Math.max(peak[second] ?? 0, partition[second] ?? 0);
    }
  }
  return peak;
}
