import type { DaypassError } from '../../errors.ts';

export function toErrorBody(refusal: DaypassError) {
  return refusal.toBody();
}

/** After a 200, a whole answer fails as an error body in the answer's place. */
export function toFailedAnswer(_head: unknown, refusal: DaypassError) {
  return toErrorBody(refusal);
}

/** Data of a stream's last event; OpenAI's SDKs raise it. */
export function toErrorEvent(refusal: DaypassError) {
  return toErrorBody(refusal);
}
