import { promptTokens, type TokenUsage } from '../../metering/token-usage.ts';
import { type FoldedPart, foldAnswer, joinedText } from '../answer/folded-answer.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';
import { finishReasons } from './stop-reason.ts';

/** A whole answer folded from its events. */
export function toCompletion(head: AnswerHead, events: readonly ChatEvent[]) {
  const answer = foldAnswer(events);
  const thought = joinedText(answer, 'reasoning');
  const text = joinedText(answer, 'text');
  const calls = answer.parts.flatMap(toToolCall);
  return {
    id: completionId(head),
    object: 'chat.completion' as const,
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0 as const,
        message: {
          role: 'assistant' as const,
          content: text === '' && calls.length > 0 ? null : text,
          refusal: null,
          ...(thought !== '' && { reasoning_content: thought }),
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: finishReasons[answer.reason],
      },
    ],
    usage: toCompletionUsage(answer.usage),
  };
}

export function completionId({ answerId }: AnswerHead): string {
  return `chatcmpl-${answerId}`;
}

/** Clients parse the arguments, and an empty text is no JSON. */
function toToolCall(part: FoldedPart) {
  if (part.type !== 'tool-call') return [];
  const { id, name, json } = part;
  return [{ id, type: 'function' as const, function: { name, arguments: json === '' ? '{}' : json } }];
}

export function toCompletionUsage(usage: TokenUsage) {
  const prompt = promptTokens(usage);
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInput,
      cache_write_tokens: usage.cacheWriteInput,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  };
}
