import type { TokenUsage } from '../../metering.ts';
import type { ChatEvent, FinishReason } from '../chat.ts';

const finishReasons = { end: 'stop', length: 'length', filtered: 'content_filter' } as const;

/** What every object of one answer has in common. */
export interface CompletionHead {
  id: string;
  /** Unix seconds. */
  created: number;
  model: string;
}

/** A whole answer folded from its events. */
export function toCompletion(head: CompletionHead, events: readonly ChatEvent[]) {
  let content = '';
  let reason: FinishReason = 'end';
  let usage: TokenUsage = { input: 0, output: 0, cachedInput: 0 };
  for (const event of events) {
    if (event.type === 'text') content += event.text;
    else if (event.type === 'finish') reason = event.reason;
    else usage = event.usage;
  }
  return {
    id: head.id,
    object: 'chat.completion' as const,
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0 as const,
        message: { role: 'assistant' as const, content, refusal: null },
        logprobs: null,
        finish_reason: finishReasons[reason],
      },
    ],
    usage: toCompletionUsage(usage),
  };
}

/** The chunk that opens a streamed answer, before the model has said anything. */
export function openingChunk(head: CompletionHead, includeUsage: boolean) {
  return chunk(head, { role: 'assistant', content: '' }, null, includeUsage);
}

/**
 * The chunk for one event, or undefined where OpenAI sends none: usage is told only to those who asked.
 * With `includeUsage` every other chunk carries `usage: null`, as OpenAI's do.
 */
export function toChunk(head: CompletionHead, event: ChatEvent, includeUsage: boolean) {
  if (event.type === 'text') return chunk(head, { content: event.text }, null, includeUsage);
  if (event.type === 'finish') return chunk(head, {}, finishReasons[event.reason], includeUsage);
  if (!includeUsage) return undefined;
  return { ...envelope(head), choices: [], usage: toCompletionUsage(event.usage) };
}

function chunk(
  head: CompletionHead,
  delta: { role?: 'assistant'; content?: string },
  finishReason: (typeof finishReasons)[FinishReason] | null,
  includeUsage: boolean,
) {
  return {
    ...envelope(head),
    choices: [{ index: 0 as const, delta, logprobs: null, finish_reason: finishReason }],
    ...(includeUsage && { usage: null }),
  };
}

function envelope(head: CompletionHead) {
  return { id: head.id, object: 'chat.completion.chunk' as const, created: head.created, model: head.model };
}

function toCompletionUsage(usage: TokenUsage) {
  const prompt = usage.input + usage.cachedInput;
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cachedInput },
  };
}
