import type { ResponseBody } from '../../contract/chat/response-request.ts';
import type { DaypassError } from '../../errors.ts';
import type { AnswerHead } from '../dialect.ts';
import { openResponse } from './fold.ts';

export function toErrorBody(refusal: DaypassError) {
  return refusal.toBody();
}

/** After a 200, a whole answer fails as OpenAI's background ones do: as a response of the status `failed`. */
export function toFailedAnswer(head: AnswerHead, { message }: DaypassError, body: ResponseBody) {
  const error = { code: 'server_error' as const, message };
  return { ...openResponse(head, body), status: 'failed' as const, error };
}

/** A stream's last event, still without its sequence number. */
export function toErrorEvent(refusal: DaypassError) {
  const { code, message, param } = refusal.toBody().error;
  return { type: 'error', code, message, param };
}
