import type { Clock } from '../../clock.ts';

interface BucketSettings {
  /** Tokens a second. */
  rate: number;
  /** Tokens a full bucket holds. */
  burst: number;
}

export interface TokenBuckets {
  /** Takes one token. @returns 0 when there was one, else the seconds until there is one */
  take(name: string, settings: BucketSettings): number;
}

/** Token buckets by name, each full at first; in memory only, as throttles are best effort on AWS too. */
export function createTokenBuckets(clock: Clock): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(name, { rate, burst }) {
      const now = clock.now();
      const bucket = buckets.get(name) ?? { tokens: burst, at: now };
      // The clock can be moved back, which adds no tokens.
      const elapsedSeconds = Math.max(0, now - bucket.at) / 1000;
      const tokens = Math.min(burst, bucket.tokens + elapsedSeconds * rate);
      const granted = tokens >= 1;
      buckets.set(name, { tokens: granted ? tokens - 1 : tokens, at: now });
      return granted ? 0 : (1 - tokens) / rate;
    },
  };
}
