export interface RateLimit {
  limit: number;
  remaining: number;
  resetSeconds: number;
}

/** What an answer says is left. A unit is left out if it isn't limited or the answer doesn't report it. */
export interface RateLimits {
  requests?: RateLimit;
  tokens?: RateLimit;
  /** Of the tightest limit in US dollars. */
  dollars?: RateLimit;
}

/** Reads `x-ratelimit-*` in OpenAI's form, as core/metering/headers.ts writes it. */
export function readRateLimits(headers: Pick<Headers, 'get'>): RateLimits {
  const limits: RateLimits = {};
  for (const unit of ['requests', 'tokens', 'dollars'] as const) {
    const limit = headers.get(`x-ratelimit-limit-${unit}`);
    const remaining = headers.get(`x-ratelimit-remaining-${unit}`);
    if (limit === null || remaining === null) continue;
    const resetSeconds = Number.parseInt(headers.get(`x-ratelimit-reset-${unit}`) ?? '0', 10);
    limits[unit] = { limit: Number(limit), remaining: Number(remaining), resetSeconds };
  }
  return limits;
}
