import { ApiError } from '../../../../web/api-error.ts';
import { endedAs, newAnswer } from '../../../../web/screens/playground/answer/answer.ts';
import { chatAsJson, chatAsMarkdown } from '../../../../web/screens/playground/chats/export-chat.ts';
import { fromStored, toStored } from '../../../../web/screens/playground/chats/stored-chat.ts';
import type { Conversation } from '../../../../web/screens/playground/conversation.ts';

const rateLimits = { requests: { limit: 10, remaining: 0, resetSeconds: 40 } };
const error = new ApiError('refusal', 'Used up.', { code: 'quota_exceeded', requestId: 'req-1', rateLimits });
const attachment = {
  id: 'f',
  kind: 'document' as const,
  name: 'notes.md',
  mediaType: 'text/markdown',
  sizeBytes: 3,
  base64: 'YWJj',
  scaledTo: undefined,
};
const answered = { ...endedAs(newAnswer('a', 'nova-lite', 0), 'done', 5), text: 'In **Italy**.' };
const chat: Conversation = {
  id: 'c',
  name: undefined,
  askedAt: 0,
  turns: [
    { id: 't', question: { text: 'Where is Rome?', attachments: [attachment] }, answer: answered },
    {
      id: 'u',
      question: { text: 'And Bern?', attachments: [] },
      answer: endedAs(newAnswer('b', 'nova-lite', 0), 'failed', 5, error),
    },
  ],
};

test('a chat is the same after it was stored, with its attachments and refusals', () => {
  const back = fromStored(structuredClone(toStored('user', chat)));
  expect(back).toEqual(chat);
  expect(back?.turns[1]?.answer.error).toMatchObject({
    code: 'quota_exceeded',
    requestId: 'req-1',
    rateLimits,
  });
});

test('what another version has stored is left alone', () => {
  expect(fromStored({ ...toStored('user', chat), form: 99 })).toBeUndefined();
});

test('a chat can be exported to be read, and to be worked on', () => {
  expect(chatAsMarkdown(chat)).toBe(
    '# Where is Rome?\n\n## You\n\n📎 notes.md\n\nWhere is Rome?\n\n## nova-lite\n\nIn **Italy**.\n\n## You\n\nAnd Bern?\n\n## nova-lite\n\n*No answer*\n',
  );
  expect(JSON.parse(chatAsJson(chat))).toMatchObject({
    name: 'Where is Rome?',
    turns: [
      { question: { attachments: [{ base64: 'YWJj' }] }, answer: { text: 'In **Italy**.' } },
      { answer: { error: 'Used up.' } },
    ],
  });
});
