import type { ChatEvent, StopReason } from '../../chat/chat.ts';

type Stop = Extract<ChatEvent, { type: 'stop' }>;

/** Bedrock's stop reasons (API reference, `MessageStopEvent`). */
const stopReasons = new Map<string, StopReason>([
  ['end_turn', 'end'],
  ['stop_sequence', 'stop-sequence'],
  ['tool_use', 'tool-calls'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'context-full'],
  ['content_filtered', 'filtered'],
  ['guardrail_intervened', 'guardrail'],
]);

/** Bedrock could make no sense of what the model wrote. */
const brokenReasons = new Set(['malformed_model_output', 'malformed_tool_use']);

/** Reasons that AWS adds later go into the log, so their length is bounded. */
const longestReason = 100;

export function isBroken(stopReason: string): boolean {
  return brokenReasons.has(stopReason);
}

/** @param fields `additionalModelResponseFields` */
export function toStop(stopReason: string, fields: unknown): Stop {
  const reason = stopReasons.get(stopReason);
  if (reason === undefined) {
    return { type: 'stop', reason: 'unknown', providerReason: stopReason.slice(0, longestReason) };
  }
  if (reason === 'stop-sequence') return { type: 'stop', reason, stopSequence: stopSequenceOf(fields) };
  return { type: 'stop', reason };
}

/** Claude reports the sequence it met when it is asked to (`/stop_sequence`). */
function stopSequenceOf(fields: unknown): string | undefined {
  const { stop_sequence: sequence } = (fields ?? {}) as { stop_sequence?: unknown };
  return typeof sequence === 'string' ? sequence : undefined;
}
