import type { AnswerPart } from '../answer/answer-part.ts';
import { createBlockWriter } from '../answer/block-writer.ts';
import { metadataEvent, stopEvent } from '../answer/closing-events.ts';
import { foldEvents } from '../answer/fold-events.ts';
import { createOutputTally } from '../answer/output-tally.ts';
import { createPromptCache } from '../answer/prompt-cache.ts';
import { stopAtSequences } from '../answer/stop-at-sequences.ts';
import { countInputTokens, toUsage } from '../answer/token-usage.ts';
import { embed } from '../embeddings/embed.ts';
import { bedrockError } from '../errors.ts';
import { countRequestTokens } from '../operations/count-tokens.ts';
import { findScript } from '../pretend/scripts/find-script.ts';
import { type CountUsage, playScript } from '../pretend/scripts/play-script.ts';
import { withoutFlaws } from '../pretend/scripts/without-flaws.ts';
import type { ConverseRequest } from '../request/converse-request.ts';
import { parseConverseRequest } from '../request/parse-converse-request.ts';
import type { StreamEvent, StreamItem } from '../stream/event-frames.ts';
import type { Pacing } from '../stream/pacing.ts';
import { validateConverse } from '../validation/validate-converse.ts';
import type { ModelCall, Responder, TokenUsage } from './responder.ts';

/** A source of answers that honours `maxTokens` itself; stop sequences are looked for in its text. */
export interface Model {
  readonly description: string;
  generate(
    request: ConverseRequest,
    options: { signal: AbortSignal; pacing: Pacing },
  ): AsyncIterable<AnswerPart>;
}

/**
 * Makes Bedrock's answers, whole and streamed, from a model's output or from a script in the request. Tokens are counted
 * and texts embedded here, whatever the model.
 */
export function createModelResponder(model: Model): Responder {
  const promptCache = createPromptCache();
  const countUsage = (request: ConverseRequest, outputTokens: number): TokenUsage => {
    const cached = promptCache.lookUp(request);
    return toUsage(countInputTokens(request) - cached.read - cached.write, outputTokens, cached);
  };

  function items(call: ModelCall, mode: 'whole' | 'stream'): AsyncIterable<StreamItem> {
    const request = parseConverseRequest(call.modelId, call.body);
    validateConverse(request, mode);
    const script = findScript(request);
    return script === undefined
      ? modelEvents(model, request, call, countUsage)
      : playScript(script, request, { mode, signal: call.signal, countUsage });
  }

  return {
    description: model.description,
    converse: async (call) => foldEvents(withoutFlaws(items(call, 'whole'))),
    converseStream: (call) => items(call, 'stream'),
    countTokens: async (call) => countRequestTokens(call),
    invokeModel: async (call) => embed(call),
  };
}

async function* modelEvents(
  model: Model,
  request: ConverseRequest,
  call: ModelCall,
  countUsage: CountUsage,
): AsyncGenerator<StreamEvent> {
  const startedAt = performance.now();
  const blocks = createBlockWriter();
  const tally = createOutputTally();
  let started = false;
  for await (const part of stopAtSequences(model.generate(request, call), request.inference.stopSequences)) {
    if (!started) yield { name: 'messageStart', payload: { role: 'assistant' } };
    started = true;
    if (part.kind !== 'end') {
      tally.add(part);
      yield* blocks.events(part);
      continue;
    }
    yield* blocks.close();
    yield stopEvent(request, part.stopReason, { stop_sequence: part.stopSequence ?? null });
    const usage = part.usage ?? countUsage(request, tally.tokens());
    yield metadataEvent(request, { usage, latencyMs: Math.round(performance.now() - startedAt) });
    return;
  }
  throw bedrockError('ModelErrorException', 'The model ended without saying why.');
}
