import { type Standing, secondsUntil, type Unit } from './windows.ts';

/** Rate-limit headers for requests, and for tokens where they are limited. */
export function standingHeaders(
  requests: Standing,
  tokens: Standing | undefined,
  now: number,
): Record<string, string> {
  return {
    ...rateLimitHeaders('requests', requests, now),
    ...(tokens !== undefined && rateLimitHeaders('tokens', tokens, now)),
  };
}

/** `x-ratelimit-*` in OpenAI's form: counts, and the time to reset as a Go duration in seconds. */
export function rateLimitHeaders(unit: Unit, standing: Standing, now: number): Record<string, string> {
  return {
    [`x-ratelimit-limit-${unit}`]: String(standing.limit),
    [`x-ratelimit-remaining-${unit}`]: String(Math.max(0, standing.remaining)),
    [`x-ratelimit-reset-${unit}`]: `${secondsUntil(standing.resetsAt, now)}s`,
  };
}
