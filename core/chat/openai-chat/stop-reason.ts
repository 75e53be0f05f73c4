import type { FinishReason } from '../chat.ts';

export const finishReasons = {
  end: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'context-full': 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
  guardrail: 'content_filter',
} as const satisfies Record<FinishReason, string>;
