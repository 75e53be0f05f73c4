import type { StreamEvent } from '../event-frames.ts';
import type { JsonObject } from '../json.ts';
import type { Pacing } from '../pacing.ts';

/** One call of Converse or ConverseStream, as it came. */
export interface ModelCall {
  modelId: string;
  body: JsonObject;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  /** For responders that have no speed of their own. */
  pacing: Pacing;
}

/** What answers in a model's place. Refusals and failures are AwsErrors with Bedrock's names. */
export interface Responder {
  /** Shown when the runtime starts: where answers come from. */
  readonly description: string;
  /** @returns ConverseResponse's members */
  converse(call: ModelCall): Promise<object>;
  /** What fails before the first event is still a status; what fails later is an exception in the stream. */
  converseStream(call: ModelCall): AsyncIterable<StreamEvent>;
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cacheReadInputTokens: number;
  cacheWriteInputTokens: number;
}
