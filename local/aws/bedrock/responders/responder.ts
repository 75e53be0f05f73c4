import type { JsonObject } from '../json-fields.ts';
import type { StreamItem } from '../stream/event-frames.ts';
import type { Pacing } from '../stream/pacing.ts';

/** One call of Converse, ConverseStream or CountTokens, as it came. */
export interface ModelCall {
  modelId: string;
  body: JsonObject;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  /** For responders that have no speed of their own. */
  pacing: Pacing;
}

/** One call of InvokeModel, whose body only the model understands. */
export interface InvokeCall {
  modelId: string;
  body: Buffer;
  contentType: string | undefined;
  accept: string | undefined;
  signal: AbortSignal;
}

export interface InvokedModel {
  body: string | Buffer;
  contentType: string;
  inputTokens?: number;
}

/** What answers in place of a model. It throws AwsErrors with Bedrock's names. */
export interface Responder {
  /** Shown when the runtime starts: where answers come from. */
  readonly description: string;
  /** @returns ConverseResponse's members */
  converse(call: ModelCall): Promise<object>;
  /** A failure before the first event, thrown here or there, becomes a status; a later one an exception in the stream. */
  converseStream(call: ModelCall): AsyncIterable<StreamItem>;
  countTokens(call: ModelCall): Promise<{ inputTokens: number }>;
  invokeModel(call: InvokeCall): Promise<InvokedModel>;
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cacheReadInputTokens: number;
  cacheWriteInputTokens: number;
  cacheDetails?: CacheDetail[];
}

export interface CacheDetail {
  ttl: '5m' | '1h';
  inputTokens: number;
}

/** How many of a request's tokens are read from the prompt cache, and written to it. */
export interface CachedInput {
  read: number;
  write: number;
  details: CacheDetail[];
}
