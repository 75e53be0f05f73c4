import { DaypassError } from '../errors.ts';
import type { FenceStanding, LiftBooks } from './fence.ts';
import { rateLimitHeaders, type Standing, secondsUntil, type WindowKind } from './windows.ts';

/** Tokens of one call, as the model's provider counted them. */
export interface TokenUsage {
  /** Neither read from the prompt cache nor written to it. */
  input: number;
  output: number;
  /** Read from the prompt cache. */
  cachedInput: number;
  cacheWriteInput: number;
  /** A part of `cacheWriteInput`: what is kept for an hour, not for five minutes. */
  cacheWriteHourInput: number;
  /** Thought, a part of `output`; estimated where the provider gives no count. */
  reasoning: number;
}

export const noTokens: TokenUsage = {
  input: 0,
  output: 0,
  cachedInput: 0,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 0,
};

/** Everything the model read. */
export function promptTokens({ input, cachedInput, cacheWriteInput }: TokenUsage): number {
  return input + cachedInput + cacheWriteInput;
}

export interface ChargeRequest {
  apiKeyId: string;
  /** For the ledger. A charge is not known by it: callers can choose API Gateway's. */
  requestId: string;
  now: number;
  /** As API Gateway saw it. */
  clientAddress?: string | undefined;
}

/** A counter beyond the key's item. */
export interface SharedCounter {
  scope: string;
  windowId: string;
}

/** One of the `maxKeysPerPlan` keys that a person may hold on a plan. What was used of the day stays with it. */
export interface Place {
  person: string;
  plan: string;
  slot: number;
}

/** A charged call: whose it is, and what the key may do. */
export interface Charge {
  /** API Gateway's id of the key's first value: the name of its metering item. */
  meterId: string;
  /** Names this charge: on the key's item for a while, and in the ledger. */
  chargeId: string;
  requestId: string;
  chargedAt: number;
  userId: string;
  keyId: string;
  plan: string;
  /** Where it counts, should its key end or move before the call does; unknown for keys made before places were kept. */
  place?: Place | undefined;
  models: readonly string[] | undefined;
  allowedHosts?: readonly string[] | undefined;
  /** Of the day window. */
  standing: Standing;
  /** Of the day's tokens, where they are limited. */
  tokens?: Standing | undefined;
  /** The windows it counts in, for a refund. */
  windowIds: readonly string[];
  /** Where it counts beyond its key. */
  shared?: { counted: readonly SharedCounter[] } | undefined;
  /** Of API Gateway's fence, this call counted. */
  fence: FenceStanding;
  /** What can be removed from the key's item in passing. */
  leftovers: Leftovers;
}

/** Counters of past windows and past charge ids. */
export interface Leftovers {
  windowIds: readonly string[];
  chargeIds: readonly string[];
}

/** What a full limit tells the caller. */
export interface Refusal {
  /** Whose limit it is; the key's where none is named. */
  of?: 'client' | 'user' | 'deployment' | undefined;
  /** What is used up. */
  unit: 'requests' | 'tokens';
  window: WindowKind;
  /** In the full window. */
  standing: Standing;
  /** In the day's requests and tokens, for the headers; tokens only where they are limited. */
  day: Standing;
  tokens?: Standing | undefined;
}

export type ChargeResult =
  | { outcome: 'charged'; charge: Charge }
  /** No such key, revoked or expired. */
  | { outcome: 'unknown_key' }
  | ({ outcome: 'exceeded'; userId: string; keyId: string } & Refusal);

/** Whether tokens are the provider's own count, or estimated since it broke off or its reader left. */
export type Mark = 'metered' | 'estimated' | 'aborted';

export interface Settlement {
  charge: Charge;
  /** Public name. */
  model: string;
  usage: TokenUsage;
  mark: Mark;
  costNanoDollars: number;
  msToFirstToken?: number | undefined;
  now: number;
}

/** Why a charge is taken back: our own refusal, before a model was asked, or a failure. */
export type RefundReason = 'refused' | 'failed';

/** The exact gate and its books: one conditional write charges, one transaction settles. */
export interface Meter extends LiftBooks {
  charge(request: ChargeRequest): Promise<ChargeResult>;
  /**
   * Takes the charge back, once. Those of failures have a share of the day: past it the call stays charged.
   * @param reason by default `failed`
   */
  refund(charge: Charge, model?: string, reason?: RefundReason): Promise<void>;
  /** Writes the call into the books, once, however often it is asked for. */
  settle(settlement: Settlement): Promise<void>;
  /** In the day's row of its owner. */
  countRefusal(refusal: { userId: string; keyId: string; now: number }): Promise<void>;
  /**
   * Counts a call that API Gateway has counted and that is not charged.
   * @returns how the key stands at the fence; undefined for a key that is not there
   */
  countUncharged(call: { apiKeyId: string; now: number }): Promise<FenceStanding | undefined>;
}

const who = {
  key: 'You have',
  client: 'This client address has, with this key,',
  user: 'Your keys have together',
};

/** The 429 of a full window, with the time at which it really opens again. */
export function quotaRefusal(refusal: Refusal, now: number): DaypassError {
  const { unit, window, standing } = refusal;
  const wait = secondsUntil(standing.resetsAt, now);
  const resetTime = new Date(standing.resetsAt).toISOString();
  const headers = standingHeaders(unit === 'requests' ? standing : refusal.day, refusal.tokens, now);
  const next = `The next ${window} begins at ${resetTime}.`;
  if (refusal.of === 'deployment') {
    return new DaypassError('ceiling_reached', `This service has reached its limit for today. ${next}`, {
      retryAfterSeconds: wait,
      headers: { ...standingHeaders(refusal.day, refusal.tokens, now), 'x-should-retry': 'false' },
    });
  }
  const message = `${who[refusal.of ?? 'key']} used all ${standing.limit} ${unit} of this ${window}. ${next}`;
  return window === 'day'
    ? new DaypassError('quota_exceeded', message, {
        retryAfterSeconds: wait,
        // The official SDKs would otherwise retry at once, in vain, until their attempts run out.
        headers: { ...headers, 'x-should-retry': 'false' },
      })
    : new DaypassError('rate_limit_exceeded', message, { retryAfterSeconds: wait, headers });
}

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

export function unknownKey(): DaypassError {
  return new DaypassError(
    'invalid_api_key',
    'This API key is not valid: it is unknown, revoked or expired. Create one in the console or with POST /v1/api-keys.',
  );
}
