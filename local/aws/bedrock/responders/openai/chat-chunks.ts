import type { AnswerEnd, AnswerPart } from '../../answer/answer-part.ts';
import { toUsage } from '../../answer/token-usage.ts';
import { bedrockError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json-fields.ts';
import type { TokenUsage } from '../responder.ts';
import { readSseData } from './sse-data.ts';
import { createToolCallParts } from './tool-call-parts.ts';

const stopReasons = new Map<string, AnswerEnd['stopReason']>([
  ['stop', 'end_turn'],
  ['length', 'max_tokens'],
  ['tool_calls', 'tool_use'],
  ['content_filter', 'content_filtered'],
]);

/**
 * Translates a chat completion's chunks. The end comes last, since usage follows in a chunk of its own after the one with
 * `finish_reason`.
 * @throws AwsError ModelStreamErrorException when the stream is broken, or ends without a `finish_reason`
 */
export async function* readChatChunks(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart> {
  let stopReason: AnswerEnd['stopReason'] | undefined;
  let usage: TokenUsage | undefined;
  const calls = createToolCallParts();
  for await (const data of dataOf(body, signal)) {
    if (data === '[DONE]') break;
    const chunk = parseChunk(data);
    usage = usageOf(chunk) ?? usage;
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    if (!isObject(choice)) continue;
    const delta = isObject(choice.delta) ? choice.delta : {};
    const thought = delta.reasoning_content ?? delta.reasoning;
    if (typeof thought === 'string' && thought !== '') yield { kind: 'reasoning', text: thought };
    if (typeof delta.content === 'string' && delta.content !== '')
      yield { kind: 'text', text: delta.content };
    yield* calls.push(delta.tool_calls);
    if (typeof choice.finish_reason === 'string') stopReason = toStopReason(choice.finish_reason);
  }
  if (stopReason === undefined) throw broken('the stream ended before the answer did');
  yield* calls.rest();
  // Some servers say `stop` after tool calls too.
  if (calls.hasCalls && stopReason === 'end_turn') stopReason = 'tool_use';
  yield { kind: 'end', stopReason, ...(usage === undefined ? {} : { usage }) };
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

function toStopReason(finishReason: string): AnswerEnd['stopReason'] {
  const stopReason = stopReasons.get(finishReason);
  if (stopReason === undefined) throw broken(`finish_reason '${finishReason}' is not supported`);
  return stopReason;
}

function usageOf({ usage }: JsonObject): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const details = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const read = Number(details.cached_tokens ?? 0);
  const inputTokens = Number(usage.prompt_tokens ?? 0) - read;
  return toUsage(inputTokens, Number(usage.completion_tokens ?? 0), { read, write: 0, details: [] });
}

const broken = (reason: string) =>
  bedrockError('ModelStreamErrorException', `The model server failed: ${reason}`);
