import { ApiError } from '../../../api-error.ts';
import type { Answer } from '../answer/answer.ts';
import type { Attachment } from '../attachments/attachment.ts';
import type { Turn } from '../conversation.ts';
import type { ChatSettings } from '../settings/chat-settings.ts';
import type { Question } from './question.ts';

/** A call in OpenAI's shape. @typeParam Data stands for a file: its data URL in a real call, a reference in a snippet */
export interface ChatBody<Data> {
  model: string;
  messages: ChatMessage<Data>[];
  temperature?: number;
  max_completion_tokens?: number;
}

type ChatMessage<Data> =
  | { role: 'system' | 'assistant'; content: string }
  | { role: 'user'; content: string | UserPart<Data>[] };

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
  const { model, system, temperature, maxTokens } = settings;
  return {
    model,
    messages: [
      ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...sentTurns(earlier).flatMap((turn) => messagesOf(turn, dataOf)),
      messageOf(question, dataOf),
    ],
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
  };
}

/** The turns that are sent along with a later question. */
export const sentTurns = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ answer }) => !wasRefused(answer));

/** Never reached a model. If it were sent along, every later question would be refused too. */
export const wasRefused = ({ phase, error }: Pick<Answer, 'phase' | 'error'>): boolean =>
  phase === 'failed' && error instanceof ApiError && error.kind === 'refusal';

function messagesOf<Data>(
  { question, answer }: Turn,
  dataOf: (attachment: Attachment) => Data,
): ChatMessage<Data>[] {
  return [
    messageOf(question, dataOf),
    ...(answer.text === '' ? [] : [{ role: 'assistant' as const, content: answer.text }]),
  ];
}

/** Files come before the text about them: models handle that best. */
function messageOf<Data>(
  { text, attachments }: Question,
  dataOf: (attachment: Attachment) => Data,
): ChatMessage<Data> {
  if (attachments.length === 0) return { role: 'user', content: text };
  const files = attachments.map((attachment) => partOf(attachment, dataOf(attachment)));
  return { role: 'user', content: [...files, { type: 'text', text }] };
}

function partOf<Data>({ kind, name }: Attachment, data: Data): UserPart<Data> {
  return kind === 'image'
    ? { type: 'image_url', image_url: { url: data } }
    : { type: 'file', file: { filename: name, file_data: data } };
}
