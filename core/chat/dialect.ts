import type * as z from 'zod';
import type { ChatSettings } from '../catalog.ts';
import type { DaypassError } from '../errors.ts';
import type { ChatEvent, ChatRequest, FieldNames, RelayedApi } from './chat.ts';

/** What all objects of one answer have in common. */
export interface AnswerHead {
  /** The request's id, as in headers and logs. */
  requestId: string;
  /** Dialects prefix it; see `toAnswerId`. */
  answerId: string;
  /** Unix seconds. */
  created: number;
  /** Public name of the model that answers. */
  model: string;
}

/** A chat API that callers use: pure translations to and from the neutral chat. */
export interface Dialect<Body> {
  /** Its name as an API of a provider, to which its calls may be relayed. */
  api: RelayedApi;
  body: z.ZodType<Body>;
  isStreamed(body: Body): boolean;
  /** @throws DaypassError that names the body's field */
  toChatRequest(body: Body, settings: ChatSettings): ChatRequest;
  fieldNamesOf(body: Readonly<Record<string, unknown>>): FieldNames;
  /** The whole answer, as JSON, folded from all its events. */
  fold(head: AnswerHead, events: readonly ChatEvent[], body: Body): unknown;
  stream(head: AnswerHead, body: Body): AnswerStream;
  /** The body of a refusal. */
  toErrorBody(refusal: DaypassError, requestId: string): unknown;
  /** The whole answer where it fails after the status 200 was sent. */
  toFailedAnswer(head: AnswerHead, refusal: DaypassError, body: Body): unknown;
}

/** One answer on the wire, as it comes: server-sent events, one or more at a time. */
export interface AnswerStream {
  opening(): string;
  /** Empty for an event that the dialect has no place for yet. */
  next(event: ChatEvent): string;
  closing(): string;
  /** Ends a stream that broke off, in place of `closing`. */
  failure(refusal: DaypassError): string;
}
