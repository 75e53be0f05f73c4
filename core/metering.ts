import type { CatalogModel } from './catalog.ts';
import { DaypassError } from './errors.ts';
import { rateLimitHeaders, type Standing, secondsUntil, type WindowKind } from './quotas.ts';

/** Tokens of one call, as the model's provider counted them. `input` excludes what was read from a cache. */
export interface TokenUsage {
  input: number;
  output: number;
  cachedInput: number;
}

export interface ChargeRequest {
  apiKeyId: string;
  /** Makes the charge happen once, however often its write is retried. */
  requestId: string;
  now: number;
}

/** A charged call: whose it is, and what the key may do. */
export interface Charge {
  /** API Gateway's id of the key's first value: the name of its metering item. */
  meterId: string;
  /** Names this charge on the key's item, where it is remembered for a while. */
  chargeId: string;
  userId: string;
  keyId: string;
  plan: string;
  models: readonly string[] | undefined;
  /** Of the day window. */
  standing: Standing;
  /** The windows it counts in, for a refund. */
  windowIds: readonly string[];
  /** Counters of past windows and past charge ids on the key's item, to be removed in passing. */
  leftovers: { windowIds: readonly string[]; chargeIds: readonly string[] };
}

export type ChargeResult =
  | { outcome: 'charged'; charge: Charge }
  /** No such key, revoked or expired. */
  | { outcome: 'unknown_key' }
  | { outcome: 'exceeded'; window: WindowKind; standing: Standing; userId: string; keyId: string };

export interface Settlement {
  charge: Pick<Charge, 'userId' | 'keyId' | 'meterId' | 'leftovers'>;
  usage: TokenUsage;
  costNanoDollars: number;
  now: number;
}

/** The exact gate and its books: one conditional write charges, one write settles. */
export interface Meter {
  charge(request: ChargeRequest): Promise<ChargeResult>;
  /** Takes the charge back, once. */
  refund(charge: Charge): Promise<void>;
  settle(settlement: Settlement): Promise<void>;
  countRefusal(refusal: { userId: string; keyId: string; now: number }): Promise<void>;
}

/** Billionths of a dollar, whole: prices per million tokens times tokens, free of rounding drift. */
export function costNanoDollars(usage: TokenUsage, prices: CatalogModel['pricePerMillionTokens']): number {
  const microDollars =
    usage.input * prices.input + usage.output * prices.output + usage.cachedInput * prices.cachedInput;
  return Math.round(microDollars * 1000);
}

/** The 429 of a full window, with the time at which it really opens again. */
export function quotaRefusal(window: WindowKind, standing: Standing, now: number): DaypassError {
  const wait = secondsUntil(standing.resetsAt, now);
  const resetTime = new Date(standing.resetsAt).toISOString();
  const headers = rateLimitHeaders(standing, now);
  const message = `You have used all ${standing.limit} requests of this ${window}. The next ${window} begins at ${resetTime}.`;
  return window === 'day'
    ? new DaypassError('quota_exceeded', message, {
        retryAfterSeconds: wait,
        // The official SDKs would otherwise retry at once, in vain, until their attempts run out.
        headers: { ...headers, 'x-should-retry': 'false' },
      })
    : new DaypassError('rate_limit_exceeded', message, { retryAfterSeconds: wait, headers });
}

export function unknownKey(): DaypassError {
  return new DaypassError(
    'invalid_api_key',
    'This API key is not valid: it is unknown, revoked or expired. Create one in the console or with POST /v1/api-keys.',
  );
}
