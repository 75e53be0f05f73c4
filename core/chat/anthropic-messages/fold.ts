import type { MessageBody } from '../../contract/chat/message-request.ts';
import { noTokens, type TokenUsage } from '../../metering/token-usage.ts';
import { type FoldedPart, foldAnswer } from '../answer/folded-answer.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';
import { createThoughtOmitter, omitsThought } from './omitted-thought.ts';
import { toStop } from './stop-reason.ts';

/** A whole answer folded from its events. */
export function toMessage(
  head: AnswerHead,
  events: readonly ChatEvent[],
  { thinking }: Pick<MessageBody, 'thinking'> = {},
) {
  const shown = omitsThought(thinking) ? events.map(createThoughtOmitter()) : events;
  const { parts, reason, stopSequence, usage } = foldAnswer(shown);
  return {
    ...openMessage(head),
    content: parts.map(toBlock),
    ...toStop(reason, stopSequence),
    usage: toMessageUsage(usage),
  };
}

/** A message before its first content: what a stream begins with. */
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

/** A call that was cut short may not parse; its `stop_reason` says so. */
function parseInput(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return {};
  }
}

/**
 * All fields that Anthropic has; what providers don't report is null. So is how long a cache lives: Anthropic's clients
 * read that at the beginning of a stream, when it isn't known yet.
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
