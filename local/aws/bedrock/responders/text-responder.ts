import { type ConverseRequest, parseConverseRequest } from '../converse-request.ts';
import { countTokens } from '../count-tokens.ts';
import type { StreamEvent } from '../event-frames.ts';
import type { Pacing } from '../pacing.ts';
import { createStopScanner } from '../stop-scanner.ts';
import type { ModelCall, Responder, TokenUsage } from './responder.ts';

export type TextPart =
  | { text: string }
  | { stopReason: 'end_turn' | 'max_tokens' | 'content_filtered'; usage?: TokenUsage };

/** A source of text that honours `maxTokens` itself; stop sequences are cut for it. */
export interface TextModel {
  readonly description: string;
  generate(
    request: ConverseRequest,
    options: { signal: AbortSignal; pacing: Pacing },
  ): AsyncIterable<TextPart>;
}

type Generated = { text: string } | { stopReason: string; usage: TokenUsage; latencyMs: number };

/** Makes Bedrock's answers, whole and streamed, of a model's text. */
export function createTextResponder(model: TextModel): Responder {
  return {
    description: model.description,

    async converse(call) {
      let text = '';
      for await (const part of generateUntilStop(model, call)) {
        if ('text' in part) text += part.text;
        else {
          return {
            output: { message: { role: 'assistant', content: text === '' ? [] : [{ text }] } },
            stopReason: part.stopReason,
            usage: part.usage,
            metrics: { latencyMs: part.latencyMs },
          };
        }
      }
      throw new Error('generation ended without saying why');
    },

    async *converseStream(call): AsyncGenerator<StreamEvent> {
      let started = false;
      let hasText = false;
      for await (const part of generateUntilStop(model, call)) {
        if (!started) yield { name: 'messageStart', payload: { role: 'assistant' } };
        started = true;
        if ('text' in part) {
          hasText = true;
          const payload = { contentBlockIndex: 0, delta: { text: part.text } };
          yield { name: 'contentBlockDelta', payload };
        } else yield* closingEvents(part, hasText);
      }
    },
  };
}

function* closingEvents(
  end: { stopReason: string; usage: TokenUsage; latencyMs: number },
  hasText: boolean,
): Generator<StreamEvent> {
  if (hasText) yield { name: 'contentBlockStop', payload: { contentBlockIndex: 0 } };
  yield { name: 'messageStop', payload: { stopReason: end.stopReason } };
  yield { name: 'metadata', payload: { usage: end.usage, metrics: { latencyMs: end.latencyMs } } };
}

async function* generateUntilStop(model: TextModel, call: ModelCall): AsyncGenerator<Generated> {
  const startedAt = performance.now();
  const request = parseConverseRequest(call.modelId, call.body);
  const scanner = createStopScanner(request.stopSequences);
  let generated = '';
  const end = (stopReason: string, usage = countUsage(request, generated)): Generated => ({
    stopReason,
    usage,
    latencyMs: Math.round(performance.now() - startedAt),
  });

  for await (const part of model.generate(request, call)) {
    if ('stopReason' in part) {
      const rest = scanner.rest();
      if (rest !== '') yield { text: rest };
      yield end(part.stopReason, part.usage);
      return;
    }
    generated += part.text;
    const { text, stopped } = scanner.push(part.text);
    if (text !== '') yield { text };
    if (stopped) {
      yield end('stop_sequence');
      return;
    }
  }
}

function countUsage(request: ConverseRequest, generated: string): TokenUsage {
  const sent = [...request.system, ...request.messages.flatMap(({ texts }) => texts)];
  const inputTokens = sent.reduce((sum, text) => sum + countTokens(text), 0);
  const outputTokens = countTokens(generated);
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    cacheReadInputTokens: 0,
    cacheWriteInputTokens: 0,
  };
}
