import { type ChatCompletionBody, chatCompletionBody } from '../../contract/chat-completion-request.ts';
import type { Dialect } from '../dialect.ts';
import { toCompletion } from './fold.ts';
import { streamCompletion } from './stream-completion.ts';
import { toChatRequest } from './to-chat-request.ts';

/** OpenAI's Chat Completions. */
export const openAiChat: Dialect<ChatCompletionBody> = {
  body: chatCompletionBody,
  isStreamed: ({ stream }) => stream === true,
  toChatRequest,
  fold: toCompletion,
  toFailedAnswer: (_head, refusal) => refusal.toBody(),
  stream: (head, events, body, toRefusal) =>
    streamCompletion(head, events, body.stream_options?.include_usage === true, toRefusal),
  toErrorBody: (refusal) => refusal.toBody(),
};
