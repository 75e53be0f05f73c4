import { type ResponseBody, responseBody } from '../../contract/response-request.ts';
import type { DaypassError } from '../../errors.ts';
import { sseNamedEvent } from '../answer/server-sent-events.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead, Dialect } from '../dialect.ts';
import { failedResponse, toResponse } from './fold.ts';
import { createResponseEvents } from './stream.ts';
import { toChatRequest } from './to-chat-request.ts';

/** OpenAI's Responses, without anything stored. */
export const openAiResponses: Dialect<ResponseBody> = {
  body: responseBody,
  isStreamed: ({ stream }) => stream === true,
  toChatRequest,
  fold: toResponse,
  toFailedAnswer: failedResponse,
  stream: streamResponse,
  toErrorBody: (refusal) => refusal.toBody(),
};

/** Ends with `response.completed` or `response.incomplete` or, when the answer breaks off, with `error`. */
async function* streamResponse(
  head: AnswerHead,
  events: AsyncIterable<ChatEvent>,
  body: ResponseBody,
  toRefusal: (error: unknown) => DaypassError,
): AsyncIterable<string> {
  const translation = createResponseEvents(head, body);
  yield translation.opening().map(sseNamedEvent).join('');
  try {
    for await (const event of events) {
      const translated = translation.next(event);
      if (translated.length > 0) yield translated.map(sseNamedEvent).join('');
    }
  } catch (error) {
    yield translation.failure(toRefusal(error).toBody().error).map(sseNamedEvent).join('');
    return;
  }
  yield translation.closing().map(sseNamedEvent).join('');
}
