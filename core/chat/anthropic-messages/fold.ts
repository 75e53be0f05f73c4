import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';
import { type FoldedPart, foldAnswer } from '../answer/folded-answer.ts';
import type { ChatEvent, FinishReason } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';

const stopReasons = {
  end: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'context-full': 'model_context_window_exceeded',
  'tool-calls': 'tool_use',
  filtered: 'refusal',
  guardrail: 'refusal',
} as const satisfies Record<FinishReason, string>;

/** A whole answer folded from its events. */
export function toMessage(head: AnswerHead, events: readonly ChatEvent[]) {
  const { parts, reason, stopSequence, usage } = foldAnswer(events);
  return {
    ...openMessage(head),
    content: parts.map(toBlock),
    ...toStop(reason, stopSequence),
    usage: toMessageUsage(usage),
  };
}

/** A message before anything was said: what a stream begins with. */
export function openMessage({ answerId, model }: AnswerHead) {
  return {
    id: `msg_${answerId}`,
    type: 'message' as const,
    role: 'assistant' as const,
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: toMessageUsage(noTokens),
  };
}

export function toStop(reason: FinishReason, stopSequence: string | undefined) {
  const stopReason = stopReasons[reason];
  return {
    stop_reason: stopReason,
    stop_sequence: stopSequence ?? null,
    stop_details:
      stopReason === 'refusal' ? { type: 'refusal' as const, category: null, explanation: null } : null,
  };
}

/**
 * Everything Anthropic tells; what Bedrock doesn't tell is null. So is how long a cache lives: Anthropic's clients take
 * that from the beginning of a stream, when nobody knows it.
 */
export function toMessageUsage({ input, output, cachedInput, cacheWriteInput }: TokenUsage) {
  return {
    input_tokens: input,
    cache_creation_input_tokens: cacheWriteInput,
    cache_read_input_tokens: cachedInput,
    cache_creation: null,
    output_tokens: output,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: null,
    inference_geo: null,
    speed: null,
  };
}

function toBlock(part: FoldedPart) {
  switch (part.type) {
    case 'text':
      return { type: 'text' as const, text: part.text, citations: null };
    case 'reasoning':
      return { type: 'thinking' as const, thinking: part.text, signature: part.signature ?? '' };
    case 'redacted-reasoning':
      return { type: 'redacted_thinking' as const, data: Buffer.from(part.bytes).toString('base64') };
    case 'tool-call':
      return {
        type: 'tool_use' as const,
        id: part.id,
        name: part.name,
        input: parseInput(part.json),
        caller: { type: 'direct' as const },
      };
  }
}

/** A call that was cut short has no input to parse; its `stop_reason` says so. */
function parseInput(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return {};
  }
}
