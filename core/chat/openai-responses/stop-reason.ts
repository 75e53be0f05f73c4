import type { StopReason } from '../chat.ts';

/**
 * Why an answer is not whole; undefined for one that is. An unknown reason is `max_output_tokens`, since OpenAI has no
 * other than `content_filter`, which would accuse the text.
 */
export function incompleteReason(reason: StopReason): 'max_output_tokens' | 'content_filter' | undefined {
  return incompleteReasons[reason];
}

const incompleteReasons = {
  end: undefined,
  'stop-sequence': undefined,
  length: 'max_output_tokens',
  'context-full': 'max_output_tokens',
  'tool-calls': undefined,
  filtered: 'content_filter',
  guardrail: 'content_filter',
  unknown: 'max_output_tokens',
} as const satisfies Record<StopReason, string | undefined>;

/** Only the last item can be cut short. */
export function itemStatus(reason: StopReason, isLast: boolean): 'completed' | 'incomplete' {
  return isLast && incompleteReason(reason) !== undefined ? 'incomplete' : 'completed';
}
