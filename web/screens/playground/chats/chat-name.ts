import { t } from '../../../language/t.ts';
import type { Conversation } from '../conversation.ts';

/** The user's own name for it, else its first question. */
export function chatName({ name, turns }: Pick<Conversation, 'name' | 'turns'>): string {
  if (name !== undefined) return name;
  const first = turns[0]?.question.text.trim().replace(/\s+/g, ' ') ?? '';
  return first.slice(0, 100) || t('New chat');
}
