import type { RelayedApi, ServiceTier } from './chat/chat.ts';
import type { UserLimits } from './keys/ports.ts';
import type { OwnWords } from './mail/own-words.ts';
import type { PricedModel } from './metering/price.ts';
import type { Plan } from './plans.ts';

/** Who runs a model: `bedrock`, or a provider of the settings by the name it has there. */
export type ProviderName = string;

/** Built in lambda/providers.ts. */
export type ByProvider<T> = Readonly<Record<ProviderName, T>>;

/** @throws Error for a name that the settings don't list, which synth would have refused */
export function providerOf<T>(providers: ByProvider<T>, name: ProviderName): T {
  const provider = providers[name];
  if (provider === undefined) throw new Error(`There is no provider '${name}'`);
  return provider;
}

/** A provider that is asked over HTTP, by its own API. */
export interface Upstream {
  /** Whose API it speaks. Each kind has a folder in core/providers. */
  kind: 'openai' | 'anthropic';
  /** Without a slash at its end. It comes from the settings alone. */
  baseUrl: string;
  /** Whether its host may have addresses of a private network. */
  privateNetwork: boolean;
  /** The secret in Secrets Manager that holds the operator's key, by name or ARN; undefined: the operator has none. */
  secret: string | undefined;
  /** Whether callers may use keys of their own, which then take precedence. */
  takesOwnKeys: boolean;
  relays: readonly RelayedApi[];
  /** What its Chat Completions call the output limit. */
  limitField: 'max_completion_tokens' | 'max_tokens';
}

/** Models of one family share rules that their provider's API doesn't state. */
export type ModelFamily = 'nova' | 'claude' | 'gpt-oss' | 'llama' | 'other';

/** What a request may contain besides text. */
export type ModelInput =
  | 'images'
  | 'documents'
  | 'tools'
  /** The choices `any` and a named tool. */
  | 'tool-choice'
  | 'cache-points'
  /** The beginning of the answer, as the last message. */
  | 'prefill'
  /** Counting a prompt's tokens without asking the model. */
  | 'token-counts';

/**
 * How a model can be held to a JSON Schema: by structured output of its own, as a tool's input, by a prompt, or not at
 * all.
 */
export type StructuredOutput = 'native' | 'tool' | 'prompt' | 'none';

/**
 * What controls a model's reasoning: a budget of tokens; an effort within which it decides itself (`adaptive`;
 * `between-tools` if it can be turned off only without tools, `always` if it can't); a budget or an effort (`both`); an
 * effort; or nothing.
 */
export type Reasoning = 'budget' | 'adaptive' | 'between-tools' | 'always' | 'both' | 'effort' | 'none';

/** A chat model that callers can name. */
export interface CatalogModel extends PricedModel {
  name: string;
  provider: ProviderName;
  /** The provider's own. */
  modelId: string;
  /** What the provider is called with: an inference-profile id where the model needs one, else the model id. */
  target: string;
  contextTokens: number;
  maxOutputTokens: number;
  /** Whether the model takes temperature and top_p: both, one at a time, or neither. */
  sampling: 'both' | 'one' | 'none';
  takesStopSequences: boolean;
  family: ModelFamily;
  accepts: readonly ModelInput[];
  structuredOutput: StructuredOutput;
  reasoning: Reasoning;
  /** Those of its provider's dialects in which it answers; undefined: all of them. */
  apis?: readonly RelayedApi[] | undefined;
  /** Public names tried in order when this model is overloaded. */
  fallbacks: readonly string[];
  /** Release day as Unix seconds, for OpenAI's `created`. */
  createdSeconds: number;
  ownedBy: string;
}

/** A model that turns texts into vectors. */
export interface EmbeddingModel
  extends Pick<
    CatalogModel,
    'name' | 'provider' | 'target' | 'pricePerMillionTokens' | 'createdSeconds' | 'ownedBy'
  > {
  /** Decides the format in which it is asked; `openai`: by OpenAI's API, at a provider of the settings. */
  family: 'titan' | 'cohere' | 'openai';
  /** Of one text, where it is known. */
  contextTokens: number | undefined;
  /** Of one text, where the provider limits those too. */
  maxCharacters: number | undefined;
  /** Lengths of vector that a caller may ask for; the model has a default. */
  dimensions: readonly number[];
}

/** Limits of a chat request that settings may lower or raise. */
export interface ChatLimits {
  maxBodyBytes: number;
  maxMessages: number;
  maxDepth: number;
  /** Sent when the caller sets no limit: without one, the model's maximum is reserved. */
  defaultMaxOutputTokens: number;
}

/** What every chat is sent with, and its limits. */
export interface ChatSettings extends ChatLimits {
  maxTools: number;
  /** How often a key may count tokens, which is not charged. */
  countTokensPerMinute: number;
  /** A guardrail of Bedrock that every chat goes through. */
  guardrail?: { id: string; version: string; streamMode: 'sync' | 'async' } | undefined;
  /** The tiers on offer, with their price factors. */
  serviceTiers: Partial<Record<ServiceTier, number | undefined>>;
  /** The default; one of `serviceTiers`. */
  serviceTier?: ServiceTier | undefined;
}

export interface SignUpPolicy {
  confirmation: 'email' | 'off';
  /** `admin`: new users wait until an admin lets them in. */
  approval?: 'off' | 'admin' | undefined;
  /** Lower-case domains; empty: every domain. */
  allowedDomains: readonly string[];
}

/** A provider of the organisation's users, to log in with. */
export interface LogInProvider {
  /** In paths, and in Cognito. */
  name: string;
  /** For people. */
  label: string;
  /** Lower-case domains whose addresses log in with this provider and no other way. It is trusted to know whose they are. */
  domains: readonly string[];
}

export interface LogInPolicy {
  /** `off`: only providers. */
  passwords: 'on' | 'off';
  /** Whether users may protect their password with an authenticator app. */
  authenticator: 'on' | 'off';
  /** Whether users may log in with a passkey in place of the password. */
  passkeys: 'on' | 'off';
  providers: readonly LogInProvider[];
}

/** The status that a user's record begins with. */
export const firstStatus = ({ approval }: Pick<SignUpPolicy, 'approval'>) =>
  approval === 'admin' ? 'waiting' : 'active';

/** Accounts that nobody uses. */
export interface AccountSettings {
  /** Days without a login or a call after which the user is told; undefined: never. */
  dormantAfterDays?: number | undefined;
  /** Days from then until the account is closed. */
  noticeDays: number;
}

export interface OneTimeMessageSettings {
  /** How many a client address may write in an hour. */
  perAddressPerHour: number;
}

/** The list of a user's calls. */
export interface CallLogSettings {
  /** How long calls are listed; 0: they are not. */
  keepDays: number;
}

export interface AuditSettings {
  /** How long an event is kept. */
  keepDays: number;
}

/** Mails of ours, which are sent through SES. */
export interface MailSettings extends OwnWords {
  from: string;
  /** Who is told how much of the deployment's ceilings in dollars is spent; undefined: nobody. */
  ceilingWarningsTo?: string | undefined;
  /** Who gets what users write to the operator; undefined: nobody, and nothing can be written. */
  feedbackTo?: string | undefined;
}

/** Limits across keys. */
export interface SharedLimits {
  /** Of all keys of one user together. */
  perUser?: UserLimits | undefined;
  /** Of the whole deployment; dollars for the spend. */
  ceiling?:
    | {
        requestsPerDay?: number | undefined;
        spendPerDay?: number | undefined;
        spendPerMonth?: number | undefined;
        shards: number;
      }
    | undefined;
}

/** What Stripe is called with. Undefined in the catalog: nothing is sold. */
export interface BillingSettings {
  /** Secrets in Secrets Manager, by name or ARN. */
  apiKeySecret: string;
  webhookSecret: string;
  /** How long a plan stays allowed whose payment is past due. */
  graceDays: number;
}

/** What functions need of `daypass.yml`, bundled into each at synth. */
export interface Catalog {
  /** What the service is called. @default Daypass */
  serviceName?: string | undefined;
  plans: readonly Plan[];
  models: readonly CatalogModel[];
  embeddingModels: readonly EmbeddingModel[];
  /** Besides Bedrock, by the names that models refer to. */
  upstreams: Readonly<Record<ProviderName, Upstream>>;
  chat: ChatSettings;
  signUp: SignUpPolicy;
  logIn: LogInPolicy;
  /** Undefined: none can be written. */
  oneTimeMessages?: OneTimeMessageSettings | undefined;
  requests: CallLogSettings;
  limits: SharedLimits;
  audit: AuditSettings;
  accounts: AccountSettings;
  /** Undefined: none are sent. */
  mail?: MailSettings | undefined;
  billing?: BillingSettings | undefined;
}
