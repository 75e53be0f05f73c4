import { invalid } from '../../errors.ts';
import type { ContentBlock, Role } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** No message is empty, no text is blank, and each role has only its own kinds of blocks. */
export function validateContent({ messages, system }: Pick<CheckedRequest, 'messages' | 'system'>): void {
  for (const [index, block] of system.entries()) {
    if (block.kind === 'text') refuseBlank(block.text, `system.${index}`, 'SystemContentBlock');
  }
  for (const [index, { content, role }] of messages.entries()) {
    const path = `messages.${index}`;
    if (content.length === 0) {
      throw invalid(
        `The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    }
    for (const [at, block] of content.entries()) {
      if (block.kind === 'text') refuseBlank(block.text, `${path}.content.${at}`, 'ContentBlock');
      refuseWrongRole(block, role, `${path}.content.${at}`);
    }
  }
}

function refuseBlank(text: string, path: string, shape: string): void {
  if (text.trim() !== '') return;
  throw invalid(
    `The text field in the ${shape} object at ${path} is blank. Add text to the text field, and try again.`,
  );
}

const saidBy: Partial<Record<ContentBlock['kind'], Role>> = {
  image: 'user',
  document: 'user',
  toolResult: 'user',
  guardContent: 'user',
  toolUse: 'assistant',
  reasoning: 'assistant',
  redactedReasoning: 'assistant',
};

function refuseWrongRole({ kind }: ContentBlock, role: Role, path: string): void {
  const speaker = saidBy[kind];
  if (speaker === undefined || speaker === role) return;
  throw invalid(`The ${kind} block at ${path} can only be in a message of the role ${speaker}.`);
}
