import type { ChatTurn } from '../../chat/chat.ts';
import { isProven } from './to-content.ts';

/** Whether the last message is the beginning of the answer. */
export function begunAnswer(turns: readonly ChatTurn[]): boolean {
  return turns.at(-1)?.role === 'assistant';
}

/**
 * Whether tools have answered a call before which there is no thought. Claude, told a budget, then refuses to go on
 * (Anthropic's guide to extended thinking).
 */
export function lacksThought(turns: readonly ChatTurn[]): boolean {
  const answered = turns.at(-1)?.parts.some(({ type }) => type === 'tool-result') === true;
  const [first] = turns.findLast(({ role }) => role === 'assistant')?.parts.filter(isProven) ?? [];
  return answered && first?.type !== 'reasoning' && first?.type !== 'redacted-reasoning';
}
