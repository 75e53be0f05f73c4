import type { ChatCompletionBody } from '../../contract/chat/chat-completion-request.ts';
import { sseDone, sseEvent, sseTextEvent } from '../answer/server-sent-events.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead, AnswerStream } from '../dialect.ts';
import { toErrorEvent } from './error-body.ts';
import { completionId, toCompletionUsage } from './fold.ts';
import { finishReasons } from './stop-reason.ts';

type FinishedAs = (typeof finishReasons)[keyof typeof finishReasons];

interface Delta {
  role?: 'assistant';
  content?: string;
  reasoning_content?: string;
  tool_calls?: {
    index: number;
    id?: string;
    type?: 'function';
    function: { name?: string; arguments: string };
  }[];
}

/** The chunks of one answer, without fields that OpenAI's specification doesn't require and that would be null. */
export function createCompletionStream(
  head: AnswerHead,
  { stream_options: options }: Pick<ChatCompletionBody, 'stream_options'>,
): AnswerStream {
  const includeUsage = options?.include_usage === true;
  /** Calls without arguments so far: they must still give JSON. */
  const silentCalls = new Map<number, number>();
  const envelope = {
    id: completionId(head),
    object: 'chat.completion.chunk' as const,
    created: head.created,
    model: head.model,
  };
  const chunk = (delta: Delta, finishReason: FinishedAs | null = null) => ({
    ...envelope,
    choices: [{ index: 0 as const, delta, finish_reason: finishReason }],
  });

  const textEvent = sseTextEvent((content) => sseEvent(chunk({ content })));

  const chunkOf = (event: ChatEvent) => {
    switch (event.type) {
      case 'reasoning':
        return chunk({ reasoning_content: event.text });
      case 'tool-call': {
        const { part, call: index, id, name } = event;
        silentCalls.set(part, index);
        return chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] });
      }
      case 'tool-input':
        silentCalls.delete(event.part);
        return chunk({ tool_calls: [{ index: event.call, function: { arguments: event.json } }] });
      case 'part-end': {
        const index = silentCalls.get(event.part);
        return index === undefined
          ? undefined
          : chunk({ tool_calls: [{ index, function: { arguments: '{}' } }] });
      }
      case 'stop':
        return chunk({}, finishReasons[event.reason]);
      case 'usage':
        return includeUsage ? { ...envelope, choices: [], usage: toCompletionUsage(event.usage) } : undefined;
      default:
        return undefined;
    }
  };

  return {
    opening: () => sseEvent(chunk({ role: 'assistant', content: '' })),
    next(event) {
      if (event.type === 'text') return textEvent(event.text);
      const next = chunkOf(event);
      return next === undefined ? '' : sseEvent(next);
    },
    closing: () => sseDone,
    failure: (refusal) => sseEvent(toErrorEvent(refusal)),
  };
}
