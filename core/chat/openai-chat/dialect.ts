import { type ChatCompletionBody, chatCompletionBody } from '../../contract/chat/chat-completion-request.ts';
import type { Dialect } from '../dialect.ts';
import { toErrorBody, toFailedAnswer } from './error-body.ts';
import { toCompletion } from './fold.ts';
import { createCompletionStream } from './stream.ts';
import { fieldNamesOf, toChatRequest } from './to-chat-request.ts';

/** OpenAI's Chat Completions. */
export const openAiChat: Dialect<ChatCompletionBody> = {
  api: 'chat-completions',
  body: chatCompletionBody,
  isStreamed: ({ stream }) => stream === true,
  toChatRequest,
  fieldNamesOf,
  fold: toCompletion,
  stream: createCompletionStream,
  toErrorBody,
  toFailedAnswer,
};
