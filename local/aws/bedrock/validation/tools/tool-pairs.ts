import { invalid } from '../../errors.ts';
import type { Message } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** Every tool use is answered once in the next turn, and nothing else is. */
export function validateToolPairs({ messages }: Pick<CheckedRequest, 'messages'>): void {
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}.content`;
    const used = idsOf(message, 'toolUse');
    const answered = idsOf(message, 'toolResult');
    refuseDuplicates(used, 'toolUse', path);
    refuseDuplicates(answered, 'toolResult', path);
    const asked = idsOf(messages[index - 1], 'toolUse');
    if (answered.length > asked.length) {
      throw invalid(
        `The number of toolResult blocks at ${path} exceeds the number of toolUse blocks of previous turn.`,
      );
    }
    const missing = asked.filter((id) => !answered.includes(id));
    if (missing.length > 0) {
      throw invalid(`Expected toolResult blocks at ${path} for the following Ids: ${missing.join(', ')}`);
    }
  }
  const open = idsOf(messages.at(-1), 'toolUse');
  if (open.length > 0) {
    throw invalid(
      `Expected toolResult blocks at messages.${messages.length}.content for the following Ids: ${open.join(', ')}`,
    );
  }
}

const idsOf = (message: Message | undefined, kind: 'toolUse' | 'toolResult'): string[] =>
  (message?.content ?? []).flatMap((block) => (block.kind === kind ? [block.toolUseId] : []));

function refuseDuplicates(ids: string[], kind: string, path: string): void {
  const duplicates = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  if (duplicates.size > 0) {
    throw invalid(`The ${kind} blocks at ${path} contain duplicate Ids: ${[...duplicates].join(', ')}`);
  }
}
