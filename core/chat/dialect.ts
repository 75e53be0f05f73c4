import type * as z from 'zod';
import type { ChatSettings } from '../catalog.ts';
import type { DaypassError } from '../errors.ts';
import type { ChatEvent, ChatRequest } from './chat.ts';

/** What every object of one answer has in common. */
export interface AnswerHead {
  /** Of the request, as headers and logs have it. */
  requestId: string;
  /** Dialects put their own prefixes before it; see `toAnswerId`. */
  answerId: string;
  /** Unix seconds. */
  created: number;
  /** Public name of the model that answers. */
  model: string;
}

/** An API's way to put a chat: pure translations to and from the neutral one. */
export interface Dialect<Body> {
  body: z.ZodType<Body>;
  isStreamed(body: Body): boolean;
  /** @throws DaypassError that names the body's field */
  toChatRequest(body: Body, settings: ChatSettings): ChatRequest;
  /** The whole answer, as JSON, folded from all its events. */
  fold(head: AnswerHead, events: readonly ChatEvent[], body: Body): unknown;
  /** The whole answer where it fails after the status 200 has left, which can't be taken back. */
  toFailedAnswer(head: AnswerHead, refusal: DaypassError, body: Body): unknown;
  /**
   * The answer on the wire as it comes. It ends with the dialect's terminator or, when the answer breaks off, with
   * one error event; it never throws.
   */
  stream(
    head: AnswerHead,
    events: AsyncIterable<ChatEvent>,
    body: Body,
    toRefusal: (error: unknown) => DaypassError,
  ): AsyncIterable<string>;
  /** The body of a refusal. */
  toErrorBody(refusal: DaypassError, requestId: string): unknown;
}
