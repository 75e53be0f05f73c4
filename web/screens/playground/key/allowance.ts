import type { Unit, WindowKind } from '../../../../core/metering/windows.ts';
import type { Standing } from '../../../key-in-hand/use-standing.ts';
import type { RateLimit, RateLimits } from '../../../rate-limits.ts';

interface Told<Facts> {
  facts: Facts;
  /** When it was reported, in milliseconds. */
  at: number;
}

export interface Allowance {
  day: RateLimit | undefined;
  /** A shorter window with fewer requests left than the day, until it resets. */
  tighter: RateLimit | undefined;
  tokens: RateLimit | undefined;
}

/**
 * What is left of a key's limits now. An answer's headers report the tightest window, which may be shorter than the
 * day; the key's standing reports the day. Where both report the same window, the newer one counts.
 */
export function allowanceNow(
  standing: Told<Pick<Standing, 'limit' | 'remaining' | 'resetsAt' | 'tokens'>> | undefined,
  headers: Told<RateLimits> | undefined,
  now: number,
): Allowance {
  const requests = stillTrue(headers?.facts.requests, headers?.at, now);
  const day = standing && dayOf(standing.facts, now);
  const isDay = day === undefined || requests?.limit === day.limit;
  const isNewer = standing === undefined || (headers !== undefined && headers.at >= standing.at);
  return {
    day: isDay && requests !== undefined && isNewer ? requests : day,
    tighter: isDay || requests === undefined ? undefined : requests,
    tokens: tokensNow(standing?.facts.tokens, isNewer ? headers?.facts.tokens : undefined, day?.resetSeconds),
  };
}

/** Undefined for a key without a limit. */
function dayOf(
  { limit, remaining, resetsAt }: Pick<Standing, 'limit' | 'remaining' | 'resetsAt'>,
  now: number,
): RateLimit | undefined {
  if (limit === null || remaining === null) return undefined;
  return { limit, remaining, resetSeconds: Math.max(0, (Date.parse(resetsAt) - now) / 1000) };
}

function stillTrue(limit: RateLimit | undefined, at = 0, now: number): RateLimit | undefined {
  if (limit === undefined) return undefined;
  const resetSeconds = limit.resetSeconds - (now - at) / 1000;
  return resetSeconds > 0 ? { ...limit, resetSeconds } : undefined;
}

function tokensNow(
  standing: Standing['tokens'] | undefined,
  header: RateLimit | undefined,
  resetSeconds = 0,
): RateLimit | undefined {
  if (standing === null || standing === undefined) return header;
  const remaining = header?.limit === standing.limit ? header.remaining : standing.remaining;
  return { limit: standing.limit, remaining, resetSeconds };
}

export interface UsedWindow {
  unit: Unit;
  window: WindowKind;
  /** From 0 to 1. */
  share: number;
}

/** The window with the largest share used. Those of a minute are left out: they are over before a warning is read. */
export function fullestWindow(
  windows: readonly Pick<Standing['windows'][number], 'unit' | 'window' | 'limit' | 'remaining'>[],
  /** The day's requests as the latest answer reported them, if it did. */
  day: RateLimit | undefined,
): UsedWindow | undefined {
  return windows
    .filter(({ window, limit }) => window !== 'minute' && limit > 0)
    .map(({ unit, window, limit, remaining }): UsedWindow => {
      const isDay = unit === 'requests' && window === 'day' && day?.limit === limit;
      return { unit, window, share: 1 - (isDay ? day.remaining : remaining) / limit };
    })
    .toSorted((one, other) => other.share - one.share)[0];
}

/** The highest share that is warned of and has been reached. */
export const warningShare = ({ share }: Pick<UsedWindow, 'share'>): number | undefined =>
  // Sums of binary fractions may lack a trifle.
  [1, 0.9, 0.8].find((level) => share >= level - 1e-9);
