import type { ChatSettings } from '../../catalog.ts';
import { DaypassError } from '../../errors.ts';

/**
 * @param lists by the dialect's name of the field
 * @throws DaypassError `invalid_request` naming the field and its limit
 */
export function requireCounts(
  { messages, tools }: { messages: readonly unknown[]; tools: readonly unknown[] },
  { maxMessages, maxTools }: Pick<ChatSettings, 'maxMessages' | 'maxTools'>,
  messagesField = 'messages',
): void {
  if (messages.length > maxMessages) throw tooMany(messagesField, maxMessages, 'messages');
  if (tools.length > maxTools) throw tooMany('tools', maxTools, 'tools');
}

function tooMany(param: string, limit: number, what: string): DaypassError {
  return new DaypassError('invalid_request', `${param} must hold at most ${limit} ${what}.`, { param });
}
