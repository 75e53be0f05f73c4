import { invalid } from '../../errors.ts';
import type { CheckedRequest } from '../checked-request.ts';

export function validateRoles({ messages }: Pick<CheckedRequest, 'messages'>): void {
  if (messages[0]?.role !== 'user') {
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  if (messages.some(({ role }, index) => role === messages[index - 1]?.role)) {
    throw invalid(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
  }
}
