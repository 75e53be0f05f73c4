import { refusedByModel } from '../../errors.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** Text in tool results, which Bedrock itself doesn't look at. */
export function validateClaudeText({ messages, traits }: Pick<CheckedRequest, 'messages' | 'traits'>): void {
  if (traits.family !== 'claude') return;
  const results = messages.flatMap(({ content }) => content).filter((block) => block.kind === 'toolResult');
  for (const part of results.flatMap(({ content }) => content)) {
    if (part.kind !== 'text') continue;
    if (part.text === '') throw refusedByModel('messages: text content blocks must be non-empty');
    if (part.text.trim() === '') {
      throw refusedByModel('messages: text content blocks must contain non-whitespace text');
    }
  }
}
