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
  for (const [role, ...parts] of turns) collected.add(role, parts);
  return collected.finish().turns;
}

const asked = ['user', say('How warm is it?')] as const;

test.each<[string, Parameters<typeof finish>, string]>([
  [
    'one call answered twice',
    [[...asked], ['assistant', call('a')], ['user', result('a'), result('a')]],
    'messages must not hold two results of one tool call.',
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
    'messages must not hold two results of one tool call.',
  ],
  [
    'a result of no call',
    [[...asked], ['assistant', call('a')], ['user', result('a'), result('b')]],
    'messages must not hold a tool result whose call is not in the assistant’s message right before it.',
  ],
  [
    'a call without a result',
    [[...asked], ['assistant', call('a'), call('b')], ['user', result('a')], ['assistant', say('21')]],
    'messages must hold a result for every tool call, right after the message that made the call.',
  ],
  [
    'two calls of one id',
    [[...asked], ['assistant', call('a'), call('a')], ['user', result('a')]],
    'messages must not hold two tool calls of the same id.',
  ],
])('%s is refused by that name', (_, turns, message) => {
  expect(() => finish(...turns)).toThrow(
    expect.objectContaining({ code: 'invalid_request', param: 'messages', message }),
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
