import type { ChatPart, ChatTurn } from '../../../../core/chat/chat.ts';
import { createTurns } from '../../../../core/chat/request/turns.ts';

const say = (text: string): ChatPart => ({ type: 'text', text });
const call = (id: string): ChatPart => ({ type: 'tool-call', id, name: 'weather', input: {} });
const result = (id: string): ChatPart => ({
  type: 'tool-result',
  id,
  parts: [{ type: 'text', text: '21' }],
  failed: false,
});

function finish(...turns: [ChatTurn['role'], ...ChatPart[]][]): ChatTurn[] {
  const collected = createTurns('messages');
  for (const [at, [role, ...parts]] of turns.entries())
    collected.add(role, parts, (part) => `messages.${at}.content.${parts.lastIndexOf(part)}`);
  return collected.finish().turns;
}

const asked = ['user', say('How warm is it?')] as const;

test.each<[string, Parameters<typeof finish>, place: string, words: string]>([
  [
    'one call answered twice',
    [[...asked], ['assistant', call('a')], ['user', result('a'), result('a')]],
    'messages.2.content.1',
    'is a second result of one tool call. Send one result for each.',
  ],
  [
    'one call answered again later',
    [
      [...asked],
      ['assistant', call('a')],
      ['user', result('a')],
      ['assistant', say('21')],
      ['user', result('a')],
    ],
    'messages.4.content.0',
    'is a second result of one tool call. Send one result for each.',
  ],
  [
    'a result of no call',
    [[...asked], ['assistant', call('a')], ['user', result('a'), result('b')]],
    'messages.2.content.1',
    'is a tool result whose call is not in the assistant’s message right before it. Send that message too.',
  ],
  [
    'a call without a result',
    [[...asked], ['assistant', call('a'), call('b')], ['user', result('a')], ['assistant', say('21')]],
    'messages.1.content.1',
    'is a tool call without a result. Send one for every call, right after the message that made it.',
  ],
  [
    'two calls of one id',
    [[...asked], ['assistant', call('a'), call('a')], ['user', result('a')]],
    'messages.1.content.1',
    'has the id of another tool call of its turn.',
  ],
  [
    'a call by the user',
    [['user', say('Hi'), call('a')]],
    'messages.0.content.1',
    'is a tool call in a message of the user.',
  ],
  [
    'a last call without a result',
    [[...asked], ['assistant', call('a')]],
    'messages.1.content.0',
    'is a tool call without a result. Send one for every call, right after the message that made it.',
  ],
])('%s is refused by its place', (_, turns, param, words) => {
  expect(() => finish(...turns)).toThrow(
    expect.objectContaining({ code: 'invalid_request', param, message: `${param} ${words}` }),
  );
});

test('an id may be used again once its call is answered', () => {
  const turns = finish(
    [...asked],
    ['assistant', call('a')],
    ['user', result('a')],
    ['assistant', call('a')],
    ['user', result('a')],
  );
  expect(turns).toHaveLength(5);
});
