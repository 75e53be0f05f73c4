import type { ChatTurn } from '../../chat/chat.ts';
import { isProven } from './to-content.ts';

/** Whether the last message is the beginning of the answer (a prefill). */
export function begunAnswer(turns: readonly ChatTurn[]): boolean {
  return turns.at(-1)?.role === 'assistant';
}

/**
 * Whether tools have answered a call that no reasoning precedes. With a thinking budget, Claude then refuses to go on
 * (Anthropic's guide to extended thinking).
 */
export function lacksThought(turns: readonly ChatTurn[]): boolean {
  const answered = turns.at(-1)?.parts.some(({ type }) => type === 'tool-result') === true;
  const [first] = turns.findLast(({ role }) => role === 'assistant')?.parts.filter(isProven) ?? [];
  return answered && first?.type !== 'reasoning' && first?.type !== 'redacted-reasoning';
}
