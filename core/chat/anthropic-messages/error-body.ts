import { type DaypassError, errorDocs } from '../../errors.ts';
import type { AnswerHead } from '../dialect.ts';

/** Anthropic’s error types by status (API reference, errors); its 529 is a 503 here. */
const typesByStatus: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

/**
 * The tool runner of Anthropic's SDK asks for a thread first, and goes on without one when the error has these details
 * (`@anthropic-ai/sdk` 1.12.0, `ThreadState`).
 */
const threadUnsupported = { error_code: 'thread_unsupported_request', unsupported: ['thread'] };

export function toErrorBody(refusal: DaypassError, requestId: string) {
  const type =
    typesByStatus[refusal.status] ?? (refusal.status < 500 ? 'invalid_request_error' : 'api_error');
  const { code, param, unknownFields } = refusal;
  // Anthropic's clients leave a field out and try again only on these words of their own API.
  const notPermitted = unknownFields.map((field) => `${field}: Extra inputs are not permitted`);
  const message = [...notPermitted, refusal.message].join('. ');
  const noThread = code === 'unsupported_parameter' && param === 'thread';
  const error = { type, message, docs: errorDocs(code), ...(noThread && { details: threadUnsupported }) };
  return { type: 'error' as const, error, request_id: requestId };
}

/** After a 200, a whole answer fails as an error body in the answer's place. */
export function toFailedAnswer({ requestId }: AnswerHead, refusal: DaypassError) {
  return toErrorBody(refusal, requestId);
}

/** Data of a stream's last event. */
export function toErrorEvent(refusal: DaypassError, { requestId }: AnswerHead) {
  return toErrorBody(refusal, requestId);
}
