import type { TokenUsage } from '../metering/token-usage.ts';

/** The neutral chat that every dialect translates to and from. */
export interface ChatRequest {
  /** Public model name. */
  model: string;
  /** Instructions, in order; dialects allow them anywhere, models take them first. */
  system: readonly SystemPart[];
  /** Alternating roles, a user's first: models on Bedrock demand it. */
  turns: readonly ChatTurn[];
  maxOutputTokens?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
  stopSequences: readonly string[];
  tools?: ToolOffer | undefined;
  /** Left out: plain text. */
  format?: AnswerFormat | undefined;
  /** Left out: as the model does by itself. */
  reasoning?: ReasoningWish | undefined;
  serviceTier?: ServiceTier | undefined;
  /** What the caller wants to find again in Bedrock's invocation logs. */
  metadata?: Readonly<Record<string, string>> | undefined;
  /** How the dialect calls what a model may refuse, so that a refusal names the caller's own field. */
  fieldNames: FieldNames;
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
  parallelTools?: string;
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
  /** As the caller calls it; made fit for the model where it is sent. */
  name: string;
  bytes: Uint8Array;
}

/** What the model thought in an earlier turn, given back. */
export interface ReasoningPart {
  type: 'reasoning';
  text: string;
  /** The model's proof that the text is its own. */
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

/** Everything before it may be read from the prompt cache next time. */
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
  /** No call, though tools are told. */
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

/** An effort beside no thought, or a budget of it, is that of the whole answer. */
export type ReasoningWish =
  | { type: 'off'; effort?: ReasoningEffort | undefined }
  /** No thought but what comes between calls of tools. */
  | { type: 'between-tools'; effort?: ReasoningEffort | undefined }
  | { type: 'effort'; effort: ReasoningEffort }
  /** At most so many tokens of thought. */
  | { type: 'budget'; tokens: number; effort?: ReasoningEffort | undefined }
  /** As much as the model sees fit. */
  | { type: 'adaptive'; effort?: ReasoningEffort | undefined };

export type ServiceTier = 'default' | 'flex' | 'priority' | 'reserved';

export type FinishReason =
  | 'end'
  | 'stop-sequence'
  | 'length'
  /** The answer ends with calls of tools. */
  | 'tool-calls'
  /** The model's or the provider's filter took the rest. */
  | 'filtered'
  /** A guardrail of this deployment took the answer's place. */
  | 'guardrail'
  | 'context-full';

/**
 * What a model says, in order: parts, then one finish, then the usage. `part` numbers an answer's parts from 0
 * without gaps, in the order in which they begin; a part ends before the finish.
 */
export type ChatEvent =
  | { type: 'text'; part: number; text: string }
  | { type: 'reasoning'; part: number; text: string }
  /** Ends a part of reasoning: what the model wants back with it. */
  | { type: 'reasoning-signature'; part: number; signature: string }
  | { type: 'redacted-reasoning'; part: number; bytes: Uint8Array }
  /** A call begins; `call` numbers the answer's calls from 0. */
  | { type: 'tool-call'; part: number; call: number; id: string; name: string }
  /** A piece of the call's input; all of them together are JSON text. */
  | { type: 'tool-input'; part: number; call: number; json: string }
  | { type: 'part-end'; part: number }
  | { type: 'finish'; reason: FinishReason; stopSequence?: string | undefined }
  /** With the service tier that answered, where the provider tells it. */
  | { type: 'usage'; usage: TokenUsage; serviceTier?: string };
