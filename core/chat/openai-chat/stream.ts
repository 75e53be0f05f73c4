import type { ChatEvent } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';
import { completionId } from './fold.ts';
import { finishReasons } from './stop-reason.ts';
import { toCompletionUsage } from './usage.ts';

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

/**
 * Chunks of one answer. With `includeUsage` every chunk but the last, which tells it, carries `usage: null`, as
 * OpenAI's do.
 */
export function createChunks(head: AnswerHead, includeUsage: boolean) {
  /** Calls that have said nothing yet: a call without arguments must still give JSON. */
  const silentCalls = new Map<number, number>();
  const envelope = {
    id: completionId(head),
    object: 'chat.completion.chunk' as const,
    created: head.created,
    model: head.model,
  };
  const chunk = (delta: Delta, finishReason: FinishedAs | null = null) => ({
    ...envelope,
    choices: [{ index: 0 as const, delta, logprobs: null, finish_reason: finishReason }],
    ...(includeUsage && { usage: null }),
  });

  return {
    /** The chunk that opens an answer, before the model has said anything. */
    opening: () => chunk({ role: 'assistant', content: '' }),
    /** The chunk for one event, or undefined where OpenAI sends none. */
    next(event: ChatEvent) {
      switch (event.type) {
        case 'text':
          return chunk({ content: event.text });
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
        case 'finish':
          return chunk({}, finishReasons[event.reason]);
        case 'usage':
          return includeUsage
            ? { ...envelope, choices: [], usage: toCompletionUsage(event.usage) }
            : undefined;
        default:
          return undefined;
      }
    },
  };
}
