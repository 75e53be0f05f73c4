import { type ResponseBody, responseBody } from '../../contract/chat/response-request.ts';
import type { Dialect } from '../dialect.ts';
import { toErrorBody, toFailedAnswer } from './error-body.ts';
import { toResponse } from './fold.ts';
import { createResponseStream } from './stream.ts';
import { fieldNamesOf, toChatRequest } from './to-chat-request.ts';

/** OpenAI's Responses, without anything stored. */
export const openAiResponses: Dialect<ResponseBody> = {
  api: 'responses',
  body: responseBody,
  isStreamed: ({ stream }) => stream === true,
  toChatRequest,
  fieldNamesOf,
  fold: toResponse,
  stream: createResponseStream,
  toErrorBody,
  toFailedAnswer,
};
