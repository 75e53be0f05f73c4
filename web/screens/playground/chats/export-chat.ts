import { t } from '../../../language/t.ts';
import { downloadText } from '../../../parts/download-text.ts';
import type { Conversation } from '../conversation.ts';
import { chatName } from './chat-name.ts';

/** For people to read: the words, and the names of what was attached. */
export function chatAsMarkdown(chat: Conversation): string {
  const turns = chat.turns.flatMap(({ question, answer }) => [
    `## ${t('You@@who asked')}`,
    ...question.attachments.map(({ name }) => `📎 ${name}`),
    question.text,
    `## ${answer.model ?? answer.askedModel}`,
    ...answer.toolCalls.map((call) => `\`\`\`json\n${call.name}(${call.arguments})\n\`\`\``),
    answer.text || answer.refusal || `*${t('No answer')}*`,
  ]);
  return `${[`# ${chatName(chat)}`, ...turns].join('\n\n')}\n`;
}

/** For programs: everything but what failed inside, with what was attached. */
export function chatAsJson(chat: Conversation): string {
  const turns = chat.turns.map((turn) => ({
    ...turn,
    answer: {
      ...turn.answer,
      error: turn.answer.error instanceof Error ? turn.answer.error.message : undefined,
    },
  }));
  return `${JSON.stringify({ name: chatName(chat), askedAt: new Date(chat.askedAt), turns }, null, 2)}\n`;
}

export const exportAs = {
  markdown: (chat: Conversation) => downloadText(`${fileName(chat)}.md`, chatAsMarkdown(chat)),
  json: (chat: Conversation) => downloadText(`${fileName(chat)}.json`, chatAsJson(chat)),
};

/** What every file system takes. */
const fileName = (chat: Conversation): string =>
  chatName(chat)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'chat';
