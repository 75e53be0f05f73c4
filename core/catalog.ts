import type { Plan } from './plans.ts';
import type { RequestLimits } from './ports.ts';

/** A model callers can name. Prices are US dollars per million tokens. */
export interface CatalogModel {
  name: string;
  provider: 'bedrock';
  /** What Bedrock is called with: an inference-profile id where the model needs one, else the model id. */
  target: string;
  contextTokens: number;
  maxOutputTokens: number;
  /** Whether the model takes temperature and top_p: both, one of them at a time, or neither. */
  sampling: 'both' | 'one' | 'none';
  takesStopSequences: boolean;
  pricePerMillionTokens: { input: number; output: number; cachedInput: number };
  /** Public names tried in order when this model is overloaded. */
  fallbacks: readonly string[];
  /** Release day as Unix seconds, for OpenAI's `created`. */
  createdSeconds: number;
  ownedBy: string;
}

/** Limits of a chat request that settings may lower or raise. */
export interface ChatLimits {
  maxBodyBytes: number;
  maxMessages: number;
  maxDepth: number;
  /** Sent to the model when the caller names no limit: an unset one reserves the model's maximum. */
  defaultMaxOutputTokens: number;
}

export interface SignUpPolicy {
  confirmation: 'email' | 'off';
  /** Lower-case domains; empty: every domain. */
  allowedDomains: readonly string[];
}

/** Limits that are counted beyond one key. */
export interface SharedLimits {
  /** Of all keys of one user together. */
  perUser?: RequestLimits | undefined;
  /** Of the whole deployment; dollars for the spend. */
  ceiling?:
    | { requestsPerDay?: number | undefined; spendPerDay?: number | undefined; shards: number }
    | undefined;
}

/** What functions need of `daypass.yml`, bundled into each at synth. */
export interface Catalog {
  plans: readonly Plan[];
  models: readonly CatalogModel[];
  chat: ChatLimits;
  signUp: SignUpPolicy;
  limits: SharedLimits;
}
