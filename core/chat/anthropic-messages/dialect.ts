import { type MessageBody, messageBody } from '../../contract/chat/message-request.ts';
import type { Dialect } from '../dialect.ts';
import { toErrorBody, toFailedAnswer } from './error-body.ts';
import { toMessage } from './fold.ts';
import { createMessageStream } from './stream.ts';
import { fieldNamesOf, toChatRequest } from './to-chat-request.ts';

/** Anthropic's Messages. */
export const anthropicMessages: Dialect<MessageBody> = {
  api: 'messages',
  body: messageBody,
  isStreamed: ({ stream }) => stream === true,
  toChatRequest,
  fieldNamesOf,
  fold: toMessage,
  stream: createMessageStream,
  toErrorBody,
  toFailedAnswer,
};
