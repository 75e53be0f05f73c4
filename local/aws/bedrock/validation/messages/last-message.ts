import { refusedByModel } from '../../errors.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** A conversation that ends with the beginning of the answer. */
export function validateLastMessage({ messages, traits }: Pick<CheckedRequest, 'messages' | 'traits'>): void {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return;
  if (!traits.prefill) {
    throw refusedByModel(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  const block = last.content.at(-1);
  if (traits.family === 'claude' && block?.kind === 'text' && block.text !== block.text.trimEnd()) {
    throw refusedByModel('messages: final assistant content cannot end with trailing whitespace');
  }
}
