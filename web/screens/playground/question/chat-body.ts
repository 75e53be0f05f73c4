import { ApiError } from '../../../api-error.ts';
import type { Answer } from '../answer/answer.ts';
import type { Attachment } from '../attachments/attachment.ts';
import type { Turn } from '../conversation.ts';
import { type ChatSettings, formatOf } from '../settings/chat-settings.ts';
import type { Question } from './question.ts';

/** A call in OpenAI's shape. @typeParam Data stands for a file: its data URL in a real call, a reference in a snippet */
export interface ChatBody<Data> {
  model: string;
  messages: ChatMessage<Data>[];
  temperature?: number;
  max_completion_tokens?: number;
  top_p?: number;
  stop?: string[];
  reasoning_effort?: NonNullable<ChatSettings['effort']>;
  response_format?: ReturnType<typeof formatOf>;
  tools?: NonNullable<ChatSettings['tools']>;
}

type ChatMessage<Data> =
  | { role: 'system' | 'assistant'; content: string }
  | { role: 'assistant'; content: string | null; tool_calls: SentCall[] }
  | { role: 'tool'; tool_call_id: string; content: string }
  | { role: 'user'; content: string | UserPart<Data>[] };

interface SentCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

type UserPart<Data> =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: Data } }
  | { type: 'file'; file: { filename: string; file_data: Data } };

/**
 * The conversation up to a question. Answers that were cut off are included: the model reads what is on the screen.
 */
export function chatBody<Data>(
  earlier: readonly Turn[],
  question: Question,
  settings: ChatSettings,
  dataOf: (attachment: Attachment) => Data,
): ChatBody<Data> {
  const { model, system, temperature, maxTokens, topP, stop, effort, schema, tools } = settings;
  return {
    model,
    messages: [
      ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...sentTurns(earlier).flatMap((turn, at, sent) =>
        messagesOf(turn, sent[at + 1]?.question ?? question, dataOf),
      ),
      ...messageOf(question, dataOf),
    ],
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop !== undefined && { stop: [...stop] }),
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(schema !== undefined && { response_format: formatOf(schema) }),
    ...(tools !== undefined && { tools }),
  };
}

/** The turns that are sent along with a later question. */
export const sentTurns = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ answer }) => !wasRefused(answer));

/** Never reached a model. If it were sent along, every later question would be refused too. */
export const wasRefused = ({ phase, error }: Pick<Answer, 'phase' | 'error'>): boolean =>
  phase === 'failed' && error instanceof ApiError && error.kind === 'refusal';

/** @param next what follows: calls of tools are sent along only with their results */
function messagesOf<Data>(
  { question, answer }: Turn,
  next: Question,
  dataOf: (attachment: Attachment) => Data,
): ChatMessage<Data>[] {
  const asked = messageOf(question, dataOf);
  if (next.results !== undefined && answer.toolCalls.length > 0) {
    const tool_calls = answer.toolCalls.map(({ id, name, arguments: json }) => ({
      id,
      type: 'function' as const,
      function: { name, arguments: json || '{}' },
    }));
    return [...asked, { role: 'assistant', content: answer.text || null, tool_calls }];
  }
  return [...asked, ...(answer.text === '' ? [] : [{ role: 'assistant' as const, content: answer.text }])];
}

/** Files come before the text about them: models handle that best. */
function messageOf<Data>(
  { text, attachments, results }: Question,
  dataOf: (attachment: Attachment) => Data,
): ChatMessage<Data>[] {
  if (results !== undefined) {
    return results.map(({ callId, text: content }) => ({ role: 'tool', tool_call_id: callId, content }));
  }
  if (attachments.length === 0) return [{ role: 'user', content: text }];
  const files = attachments.map((attachment) => partOf(attachment, dataOf(attachment)));
  return [{ role: 'user', content: [...files, { type: 'text', text }] }];
}

function partOf<Data>({ kind, name }: Attachment, data: Data): UserPart<Data> {
  return kind === 'image'
    ? { type: 'image_url', image_url: { url: data } }
    : { type: 'file', file: { filename: name, file_data: data } };
}
