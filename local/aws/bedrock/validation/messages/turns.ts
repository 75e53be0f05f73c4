import { invalid, refusedByModel } from '../../errors.ts';
import type { Message } from '../../request/content.ts';
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

/** A conversation that ends with the start of the answer (prefill). */
export function validateLastMessage({ messages, traits }: Pick<CheckedRequest, 'messages' | 'traits'>): void {
  const last = messages.at(-1);
  const refusesThoughtAlone = ['adaptive', 'between-tools', 'always'].includes(traits.thinking);
  if (traits.family === 'claude' && refusesThoughtAlone && messages.some(isThoughtAlone)) throw noPrefill();
  if (last?.role !== 'assistant') return;
  if (!traits.prefill) throw noPrefill();
  const block = last.content.at(-1);
  if (traits.family === 'claude' && block?.kind === 'text' && block.text !== block.text.trimEnd()) {
    throw refusedByModel('messages: final assistant content cannot end with trailing whitespace');
  }
}

const noPrefill = () =>
  refusedByModel(
    'This model does not support assistant message prefill. The conversation must end with a user message.',
  );

/** Claude 4.7 and newer take a message of nothing but reasoning for a prefill, wherever it stands. */
function isThoughtAlone({ content }: Message): boolean {
  const said = content.filter(({ kind }) => kind !== 'cachePoint');
  return said.length > 0 && said.every(({ kind }) => kind === 'reasoning' || kind === 'redactedReasoning');
}
