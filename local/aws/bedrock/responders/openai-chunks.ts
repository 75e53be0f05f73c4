import { bedrockError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { TokenUsage } from './responder.ts';
import { readSseData } from './sse-data.ts';
import type { TextPart } from './text-responder.ts';

type Ending = Extract<TextPart, { stopReason: string }>;

const stopReasons: Readonly<Record<string, Ending['stopReason']>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'content_filtered',
};

/**
 * Translates a chat completion's chunks. Usage comes in a chunk of its own after the one with `finish_reason`, so
 * the end is told last.
 * @throws AwsError ModelStreamErrorException when the stream is broken, or ends without a `finish_reason`
 */
export async function* readChatChunks(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<TextPart> {
  let stopReason: Ending['stopReason'] | undefined;
  let usage: TokenUsage | undefined;
  for await (const data of dataOf(body, signal)) {
    if (data === '[DONE]') break;
    const chunk = parseChunk(data);
    usage = usageOf(chunk) ?? usage;
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    if (!isObject(choice)) continue;
    const text = isObject(choice.delta) ? choice.delta.content : undefined;
    if (typeof text === 'string' && text !== '') yield { text };
    if (typeof choice.finish_reason === 'string') stopReason = toStopReason(choice.finish_reason);
  }
  if (stopReason === undefined) throw broken('the stream ended before the answer did');
  yield usage === undefined ? { stopReason } : { stopReason, usage };
}

async function* dataOf(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  try {
    yield* readSseData(body);
  } catch (error) {
    signal.throwIfAborted();
    throw broken(error instanceof Error ? error.message : String(error));
  }
}

function parseChunk(data: string): JsonObject {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch {
    throw broken('a chunk is not JSON');
  }
  if (!isObject(chunk)) throw broken('a chunk is not an object');
  if (chunk.error === undefined || chunk.error === null) return chunk;
  const message = isObject(chunk.error) ? chunk.error.message : chunk.error;
  throw broken(String(message));
}

function toStopReason(finishReason: string): Ending['stopReason'] {
  const stopReason = stopReasons[finishReason];
  if (stopReason === undefined) throw broken(`finish_reason '${finishReason}' is not supported`);
  return stopReason;
}

function usageOf({ usage }: JsonObject): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const inputTokens = Number(usage.prompt_tokens ?? 0);
  const outputTokens = Number(usage.completion_tokens ?? 0);
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    cacheReadInputTokens: 0,
    cacheWriteInputTokens: 0,
  };
}

const broken = (reason: string) =>
  bedrockError('ModelStreamErrorException', `The model server failed: ${reason}`);
