import { invalid, refusedByModel } from '../../errors.ts';
import type { Message } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** Every tool use is answered once in the next turn, and nothing else is. */
export function validateToolPairs({ messages, traits }: Pick<CheckedRequest, 'messages' | 'traits'>): void {
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}.content`;
    const used = idsOf(message, 'toolUse');
    const answered = idsOf(message, 'toolResult');
    refuseDuplicates(used, 'toolUse', path);
    refuseDuplicates(answered, 'toolResult', path);
    if (traits.family === 'claude') refuseAfterToolUse(message, index);
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

/** Claude wants the results right behind the uses: in their message nothing but a cache point may follow them. */
function refuseAfterToolUse(message: Message, index: number): void {
  const first = message.content.findIndex(({ kind }) => kind === 'toolUse');
  if (first === -1) return;
  const rest = message.content.slice(first);
  if (rest.every(({ kind }) => kind === 'toolUse' || kind === 'cachePoint')) return;
  throw refusedByModel(
    `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${idsOf(message, 'toolUse').join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  );
}
