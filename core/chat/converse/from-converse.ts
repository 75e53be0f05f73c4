import type { ChatEvent, FinishReason } from '../chat.ts';

/** What Daypass reads of Bedrock's ConverseStream events (API reference, `ConverseStreamOutput`). */
export interface ConverseEvent {
  contentBlockDelta?: { delta?: { text?: string | undefined } | undefined } | undefined;
  messageStop?: { stopReason?: string | undefined } | undefined;
  metadata?: { usage?: ConverseUsage | undefined } | undefined;
}

interface ConverseUsage {
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  cacheReadInputTokens?: number | undefined;
  cacheWriteInputTokens?: number | undefined;
}

const finishReasons: Record<string, FinishReason> = {
  end_turn: 'end',
  stop_sequence: 'end',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  content_filtered: 'filtered',
  guardrail_intervened: 'filtered',
};

/** The neutral event of one Converse event, or undefined for those that carry nothing for a caller. */
export function fromConverse(event: ConverseEvent): ChatEvent | undefined {
  const text = event.contentBlockDelta?.delta?.text;
  if (text !== undefined && text !== '') return { type: 'text', text };
  if (event.messageStop) {
    return { type: 'finish', reason: finishReasons[event.messageStop.stopReason ?? ''] ?? 'end' };
  }
  const usage = event.metadata?.usage;
  if (usage === undefined) return undefined;
  return {
    type: 'usage',
    usage: {
      // Writing the cache is billed like input; only what was read from it is cheaper.
      input: (usage.inputTokens ?? 0) + (usage.cacheWriteInputTokens ?? 0),
      output: usage.outputTokens ?? 0,
      cachedInput: usage.cacheReadInputTokens ?? 0,
    },
  };
}
