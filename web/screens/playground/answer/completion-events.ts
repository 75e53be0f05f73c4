import type { AnswerEvent, TokenCounts } from './answer.ts';

/** The fields we read from a chunk of OpenAI's Chat Completions. */
export interface CompletionChunk {
  model: string;
  choices: readonly {
    delta: {
      content?: string | null | undefined;
      refusal?: string | null | undefined;
      reasoning_content?: string | null | undefined;
      tool_calls?: readonly ToolCallPart[] | undefined;
    };
    finish_reason: string | null;
  }[];
  usage?: CompletionUsage | null | undefined;
}

interface ToolCallPart {
  index: number;
  id?: string | undefined;
  function: { name?: string | undefined; arguments: string };
}

interface CompletionUsage {
  prompt_tokens: number;
  completion_tokens: number;
  prompt_tokens_details?: { cached_tokens: number };
  completion_tokens_details?: { reasoning_tokens: number };
}

/** In the order in which a model produces them. */
export function eventsOfChunk({ model, choices, usage }: CompletionChunk): AnswerEvent[] {
  const events: AnswerEvent[] = [{ type: 'model', name: model }];
  for (const { delta, finish_reason } of choices) {
    if (delta.reasoning_content) events.push({ type: 'reasoning', text: delta.reasoning_content });
    if (delta.content) events.push({ type: 'text', text: delta.content });
    if (delta.refusal) events.push({ type: 'refusal', text: delta.refusal });
    events.push(...(delta.tool_calls ?? []).map(callEvent));
    if (finish_reason !== null) events.push({ type: 'finish', reason: finish_reason });
  }
  if (usage) events.push({ type: 'tokens', counts: countsOf(usage) });
  return events;
}

const callEvent = ({
  index,
  id = '',
  function: { name = '', arguments: part },
}: ToolCallPart): AnswerEvent => ({
  type: 'tool-call',
  index,
  id,
  name,
  arguments: part,
});

const countsOf = (usage: CompletionUsage): TokenCounts => ({
  input: usage.prompt_tokens,
  output: usage.completion_tokens,
  cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
  reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
});
