import { type MessageBody, messageBody } from '../../contract/message-request.ts';
import type { DaypassError } from '../../errors.ts';
import { sseNamedEvent } from '../answer/server-sent-events.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead, Dialect } from '../dialect.ts';
import { toMessageError } from './error-body.ts';
import { toMessage } from './fold.ts';
import { createMessageEvents } from './stream.ts';
import { toChatRequest } from './to-chat-request.ts';

/** Anthropic's Messages. */
export const anthropicMessages: Dialect<MessageBody> = {
  body: messageBody,
  isStreamed: ({ stream }) => stream === true,
  toChatRequest,
  fold: toMessage,
  toFailedAnswer: ({ requestId }, refusal) => toMessageError(refusal, requestId),
  stream: (head, events, _body, toRefusal) => streamMessage(head, events, toRefusal),
  toErrorBody: toMessageError,
};

/** Ends with `message_stop` or, when the answer breaks off, with `error`. */
async function* streamMessage(
  head: AnswerHead,
  events: AsyncIterable<ChatEvent>,
  toRefusal: (error: unknown) => DaypassError,
): AsyncIterable<string> {
  const translation = createMessageEvents(head);
  yield translation.opening().map(sseNamedEvent).join('');
  try {
    for await (const event of events) {
      const translated = translation.next(event);
      if (translated.length > 0) yield translated.map(sseNamedEvent).join('');
    }
  } catch (error) {
    yield sseNamedEvent(toMessageError(toRefusal(error), head.requestId));
    return;
  }
  yield translation.closing().map(sseNamedEvent).join('');
}
