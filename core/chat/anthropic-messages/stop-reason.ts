import type { StopReason } from '../chat.ts';

/**
 * An unknown reason is `max_tokens`: of Anthropic's values only it says that the answer may not be whole and nothing
 * else. `end_turn` would call it whole, `pause_turn` asks clients to go on, and `refusal` accuses the text.
 */
const stopReasons = {
  end: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'context-full': 'model_context_window_exceeded',
  'tool-calls': 'tool_use',
  filtered: 'refusal',
  guardrail: 'refusal',
  unknown: 'max_tokens',
} as const satisfies Record<StopReason, string>;

export function toStop(reason: StopReason, stopSequence: string | undefined) {
  const stopReason = stopReasons[reason];
  return {
    stop_reason: stopReason,
    stop_sequence: stopSequence ?? null,
    stop_details:
      stopReason === 'refusal' ? { type: 'refusal' as const, category: null, explanation: null } : null,
  };
}
