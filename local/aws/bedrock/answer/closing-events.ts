import type { JsonObject } from '../json-fields.ts';
import type { ConverseRequest } from '../request/converse-request.ts';
import type { TokenUsage } from '../responders/responder.ts';
import type { StreamEvent } from '../stream/event-frames.ts';
import type { StopReason } from './answer-part.ts';
import { pickFields } from './pick-fields.ts';

/** @param fields the model's own fields; only those that the request points at are passed on */
export function stopEvent(
  { responseFieldPaths }: Pick<ConverseRequest, 'responseFieldPaths'>,
  stopReason: StopReason,
  fields: JsonObject,
): StreamEvent {
  const picked = pickFields(fields, responseFieldPaths);
  return {
    name: 'messageStop',
    payload: { stopReason, ...(picked === undefined ? {} : { additionalModelResponseFields: picked }) },
  };
}

export function metadataEvent(
  { latency, serviceTier }: Pick<ConverseRequest, 'latency' | 'serviceTier'>,
  { usage, latencyMs, trace }: { usage: TokenUsage; latencyMs: number; trace?: JsonObject | undefined },
): StreamEvent {
  return {
    name: 'metadata',
    payload: {
      usage,
      metrics: { latencyMs },
      ...(trace === undefined ? {} : { trace }),
      ...(latency === undefined ? {} : { performanceConfig: { latency } }),
      ...(serviceTier === undefined ? {} : { serviceTier: { type: serviceTier } }),
    },
  };
}
