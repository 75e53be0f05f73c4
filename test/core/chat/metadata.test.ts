import { toChatRequest as fromMessage } from '../../../core/chat/anthropic-messages/to-chat-request.ts';
import { toChatRequest as fromChat } from '../../../core/chat/openai-chat/to-chat-request.ts';
import { toChatRequest as fromResponse } from '../../../core/chat/openai-responses/to-chat-request.ts';
import { chatCompletionBody } from '../../../core/contract/chat/chat-completion-request.ts';
import { messageBody } from '../../../core/contract/chat/message-request.ts';
import { responseBody } from '../../../core/contract/chat/response-request.ts';
import { someLimits } from './model-fixture.ts';

const messages = [{ role: 'user', content: 'Hi' }];
const chat = (fields: object) =>
  fromChat(chatCompletionBody.parse({ model: 'm', messages, ...fields }), someLimits);
const response = (fields: object) =>
  fromResponse(responseBody.parse({ model: 'm', input: 'Hi', ...fields }), someLimits);
const message = (user_id: string) =>
  fromMessage(messageBody.parse({ model: 'm', max_tokens: 9, messages, metadata: { user_id } }), someLimits);

const texts: [text: string, plain: string][] = [
  ['auth0|64f1', 'auth0_64f1'],
  ['o’brien@example.com', 'o_brien@example.com'],
  ['José', 'Jos_'],
  ['{"id":1}', '__id_:1_'],
  ['', ''],
  ['x'.repeat(500), 'x'.repeat(256)],
];

test.each(texts)('a user of any text is put into the characters that Bedrock takes: %j', (text, plain) => {
  expect(chat({ user: text, safety_identifier: text }).metadata).toEqual({
    user: plain,
    safety_identifier: plain,
  });
  expect(response({ user: text }).metadata).toEqual({ user: plain });
  expect(message(text).metadata).toEqual({ user_id: plain });
});

test.each([chat, response])('so are the names and texts of metadata %#', (send) => {
  const { metadata, ignored } = send({ metadata: { 'rôle|x': 'é', '': 'nameless' } });
  expect(metadata).toEqual({ r_le_x: '_', _: 'nameless' });
  expect(ignored ?? []).toEqual([]);
});

test.each([chat, response])('entries that Bedrock has no room for are left out, and named %#', (send) => {
  const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`entry${at}`, 'x']));
  const request = send({ user: 'Ada', metadata });
  expect(Object.keys(request.metadata ?? {})).toHaveLength(16);
  expect(request.metadata).toMatchObject({ user: 'Ada', entry14: 'x' });
  expect(request.ignored).toEqual(['metadata']);
});

test('two names that become one keep the first', () => {
  const { metadata, ignored } = chat({ metadata: { 'a|b': 'first', 'a!b': 'second' } });
  expect([metadata, ignored]).toEqual([{ a_b: 'first' }, ['metadata']]);
});
