import type { Charge } from './ports.ts';
import { reachedStep } from './spend-warnings.ts';
import { type Standing, secondsUntil, tightest, type Unit, wholeNanos } from './windows.ts';

/** What is left after a charge. Dollars are as of before it, since a call's cost is known only when it ends. */
export function chargeHeaders(
  { standing, tokens, spend, shared }: Pick<Charge, 'standing' | 'tokens' | 'spend' | 'shared'>,
  now: number,
): Record<string, string> {
  return standingHeaders(
    standing,
    { tokens: tightest([tokens, shared?.tokens]), spend: tightest([spend, shared?.spend]) },
    now,
  );
}

/** Rate-limit headers for requests, and for tokens and US dollars where they are limited. */
export function standingHeaders(
  requests: Standing,
  { tokens, spend }: { tokens?: Standing | undefined; spend?: Standing | undefined },
  now: number,
): Record<string, string> {
  return {
    ...rateLimitHeaders('requests', requests, now),
    ...(tokens !== undefined && rateLimitHeaders('tokens', tokens, now)),
    ...(spend !== undefined && { ...rateLimitHeaders('dollars', spend, now), ...warning(spend) }),
  };
}

/** `x-ratelimit-*` in OpenAI's form: counts, and the time to reset as a Go duration in seconds. Without a limit, none. */
export function rateLimitHeaders(unit: Unit, standing: Standing, now: number): Record<string, string> {
  if (!Number.isFinite(standing.limit)) return {};
  return {
    [`x-ratelimit-limit-${unit}`]: String(standing.limit),
    [`x-ratelimit-remaining-${unit}`]: String(Math.max(0, wholeNanos(standing.remaining))),
    [`x-ratelimit-reset-${unit}`]: `${secondsUntil(standing.resetsAt, now)}s`,
  };
}

/** How much of a limit in dollars is used, as the highest of the shares that it has reached. */
function warning(standing: Standing): Record<string, string> {
  const reached = reachedStep(standing);
  return reached === undefined ? {} : { 'x-daypass-spend-warning': `${reached}%` };
}
