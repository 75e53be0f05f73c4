import type { TokenUsage } from '../metering/token-usage.ts';

/** The neutral chat that every dialect translates to and from. */
export interface ChatRequest {
  /** Public model name. */
  model: string;
  /** Instructions, in order; dialects allow them anywhere, models take them first. */
  system: readonly SystemPart[];
  /** Alternating roles, a user's first. */
  turns: readonly ChatTurn[];
  maxOutputTokens?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
  stopSequences: readonly string[];
  tools?: ToolOffer | undefined;
  /** Left out: plain text. */
  format?: AnswerFormat | undefined;
  /** Left out: the model's default. */
  reasoning?: ReasoningRequest | undefined;
  serviceTier?: ServiceTier | undefined;
  /** What the caller wants to find in the provider's logs. */
  metadata?: Readonly<Record<string, string>> | undefined;
  /** The dialect's names of fields that a model may refuse, so that a refusal names the caller's field. */
  fieldNames: FieldNames;
  /** The dialect's names of fields that were sent and have no effect; the answer's headers name them. */
  ignored?: readonly string[];
  /** The request as the caller wrote it, for a provider whose own API is the caller's. */
  relay?: RelayedRequest | undefined;
}

/** An API of a provider that is also one of our dialects, so that its calls can be relayed. */
export type RelayedApi = 'chat-completions' | 'responses' | 'messages';

export interface RelayedRequest {
  api: RelayedApi;
  /** Unchecked, but for being an object. */
  body: Readonly<Record<string, unknown>>;
  /** Whether the body also has a neutral form. If not, only a provider that relays can take it. */
  isTranslated: boolean;
}

/** The dialect's names of neutral fields; a field that a dialect doesn't have needs none. */
export interface FieldNames {
  maxOutputTokens: string;
  temperature: string;
  topP: string;
  topK?: string;
  stopSequences: string;
  tools: string;
  toolChoice: string;
  /** Within one of the tools. */
  toolSchema: string;
  format?: string;
  reasoning: string;
  effort?: string;
  serviceTier?: string;
  messages: string;
}

export interface ChatTurn {
  role: 'user' | 'assistant';
  parts: readonly ChatPart[];
}

export type SystemPart = TextPart | CachePoint;

export type ChatPart =
  | TextPart
  | ImagePart
  | DocumentPart
  | ReasoningPart
  | RedactedReasoningPart
  | ToolCallPart
  | ToolResultPart
  | CachePoint;

export interface TextPart {
  type: 'text';
  /** Never blank: models refuse it. */
  text: string;
}

export interface ImagePart {
  type: 'image';
  format: 'png' | 'jpeg' | 'gif' | 'webp';
  bytes: Uint8Array;
}

export const documentFormats = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;

export interface DocumentPart {
  type: 'document';
  format: (typeof documentFormats)[number];
  /** The caller's name for it; providers adapt it to their rules. */
  name: string;
  bytes: Uint8Array;
}

/** The model's reasoning in an earlier turn, sent back to it. */
export interface ReasoningPart {
  type: 'reasoning';
  text: string;
  /** The model's signature of the text. */
  signature?: string | undefined;
}

export interface RedactedReasoningPart {
  type: 'redacted-reasoning';
  bytes: Uint8Array;
}

export interface ToolCallPart {
  type: 'tool-call';
  id: string;
  name: string;
  /** JSON. */
  input: unknown;
}

export interface ToolResultPart {
  type: 'tool-result';
  /** Of the call that it answers. */
  id: string;
  failed: boolean;
  parts: readonly (TextPart | ImagePart | DocumentPart)[];
}

/** Everything before it may come from the prompt cache next time. */
export interface CachePoint {
  type: 'cache-point';
  lifetime?: '5m' | '1h' | undefined;
}

export interface ToolOffer {
  tools: readonly ChatTool[];
  choice: ToolChoice;
  /** At most one call an answer. */
  single: boolean;
}

export interface ChatTool {
  name: string;
  description?: string | undefined;
  /** JSON Schema of the input. */
  schema: Readonly<Record<string, unknown>>;
  /** The input keeps to the schema. */
  strict: boolean;
  /** A cache point stands after this tool. */
  cached?: Pick<CachePoint, 'lifetime'> | undefined;
}

export type ToolChoice =
  | { type: 'auto' }
  /** Tools are offered but must not be called. */
  | { type: 'none' }
  /** At least one call. */
  | { type: 'any' }
  | { type: 'tool'; name: string };

export type AnswerFormat =
  /** Any JSON object. */
  | { type: 'json' }
  | {
      type: 'json-schema';
      name: string;
      description?: string | undefined;
      schema: Readonly<Record<string, unknown>>;
    };

export type ReasoningEffort = 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** With no reasoning, or a budget for it, an effort applies to the whole answer. */
export type ReasoningRequest =
  | { type: 'off'; effort?: ReasoningEffort | undefined }
  /** Reasoning between tool calls only. */
  | { type: 'between-tools'; effort?: ReasoningEffort | undefined }
  | { type: 'effort'; effort: ReasoningEffort }
  /** At most so many tokens of reasoning. */
  | { type: 'budget'; tokens: number; effort?: ReasoningEffort | undefined }
  /** As much as the model sees fit; `hidden`: the caller doesn't want to read it. */
  | { type: 'adaptive'; effort?: ReasoningEffort | undefined; hidden?: boolean };

export type ServiceTier = 'default' | 'flex' | 'priority' | 'reserved';

/** Why an answer ended. */
export type StopReason =
  | 'end'
  | 'stop-sequence'
  | 'length'
  /** The answer ends with calls of tools. */
  | 'tool-calls'
  /** The model's or the provider's filter removed the rest. */
  | 'filtered'
  /** A guardrail of this deployment replaced the answer. */
  | 'guardrail'
  | 'context-full'
  /** The provider named a reason that this version doesn't know: the answer may not be whole. */
  | 'unknown';

/**
 * What a model says, in order: parts, then one stop, then the usage. `part` numbers an answer's parts from 0
 * without gaps, in the order in which they begin; a part ends before the stop.
 */
export type ChatEvent =
  | { type: 'text'; part: number; text: string }
  | { type: 'reasoning'; part: number; text: string }
  /** Ends a part of reasoning; the model wants it back with the text. */
  | { type: 'reasoning-signature'; part: number; signature: string }
  | { type: 'redacted-reasoning'; part: number; bytes: Uint8Array }
  /** A call begins; `call` numbers the answer's calls from 0. */
  | { type: 'tool-call'; part: number; call: number; id: string; name: string }
  /** A piece of the call's input; the pieces together are JSON text. */
  | { type: 'tool-input'; part: number; call: number; json: string }
  | { type: 'part-end'; part: number }
  | {
      type: 'stop';
      reason: StopReason;
      stopSequence?: string | undefined;
      /** The provider's own word for an unknown reason. */
      providerReason?: string | undefined;
    }
  /** With the service tier that answered, where the provider reports it. */
  | { type: 'usage'; usage: TokenUsage; serviceTier?: string }
  | RelayedEvent;

/** A relayed answer as the provider sent it. The neutral events around it are what is metered. */
export type RelayedEvent =
  /** Server-sent events, whole. The last ones end the answer, so they wait until it is settled. */
  { type: 'relayed'; wire: string; last?: boolean } | { type: 'relayed-whole'; body: unknown };
