import type { StopReason } from '../chat.ts';

/**
 * An unknown reason is `length`: OpenAI has no word for it, `stop` would call the answer whole, and `content_filter`
 * would accuse its text.
 */
export const finishReasons = {
  end: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'context-full': 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
  guardrail: 'content_filter',
  unknown: 'length',
} as const satisfies Record<StopReason, string>;
