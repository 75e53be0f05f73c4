import { toChatRequest } from '../../../core/chat/openai-chat/to-chat-request.ts';
import { chatCompletionBody } from '../../../core/contract/chat/chat-completion-request.ts';
import { toConverse } from '../../../core/providers/bedrock/to-converse.ts';
import { someLimits, someModel } from './model-fixture.ts';

const cache_control = { type: 'ephemeral' };
const hour = { type: 'ephemeral', ttl: '1h' };
const point = { cachePoint: { type: 'default' } };
const hourPoint = { cachePoint: { type: 'default', ttl: '1h' } };
const user = { role: 'user', content: 'Hi' };
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const offered = { type: 'function', function: { name: 'f' } };

function sent(fields: object) {
  const body = chatCompletionBody.parse({ model: 'm', messages: [user], ...fields });
  const model = someModel({ family: 'claude', structuredOutput: 'native' });
  return toConverse(toChatRequest(body, { ...someLimits, maxMessages: 9 }), model, someLimits).request;
}

test.each(['system', 'developer'])('a cached %s message sets one cache point after it', (role) => {
  const system = { role, content: 'Be kind.', cache_control };
  expect(sent({ messages: [system, user] }).system).toEqual([{ text: 'Be kind.' }, point]);
  const content = [{ type: 'text', text: 'Be kind.', cache_control: hour }];
  expect(sent({ messages: [{ ...system, content }, user] }).system).toEqual([
    { text: 'Be kind.' },
    hourPoint,
  ]);
});

test('cached messages and parts of both sides set cache points', () => {
  const messages = [
    { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: hour }] },
    { role: 'assistant', content: [{ type: 'text', text: 'Hello', cache_control: null }], cache_control },
    { ...user, cache_control },
  ];
  expect(sent({ messages }).messages.map(({ content }) => content)).toEqual([
    [{ text: 'Hi' }, hourPoint],
    [{ text: 'Hello' }, point],
    [{ text: 'Hi' }, point],
  ]);
});

test('a message without text sets no cache point', () => {
  expect(sent({ messages: [{ role: 'system', content: ' ', cache_control }, user] })).not.toHaveProperty(
    'system',
  );
});

test('a cached tool is followed by a cache point, wherever the tool says so', () => {
  const tools = [
    { ...offered, cache_control: hour },
    { ...offered, function: { name: 'g', cache_control } },
    { ...offered, function: { name: 'h' } },
  ];
  expect(sent({ tools }).toolConfig?.tools).toMatchObject([
    { toolSpec: { name: 'f' } },
    hourPoint,
    { toolSpec: { name: 'g' } },
    point,
    { toolSpec: { name: 'h' } },
  ]);
});

test.each([{ content: '21', cache_control }, { content: [{ type: 'text', text: '21', cache_control }] }])(
  'cached calls and results are followed by cache points: %j',
  (result) => {
    const messages = [
      user,
      { role: 'assistant', content: null, tool_calls: [{ ...call, cache_control }] },
      { role: 'tool', tool_call_id: 'c', ...result },
    ];
    const [, called, answered] = sent({ messages, tools: [offered] }).messages;
    expect(called?.content).toMatchObject([{ toolUse: {} }, point]);
    expect(answered?.content).toMatchObject([{ toolResult: {} }, point]);
  },
);

test('top_k is sent to models that have it, and refused by name for others', () => {
  expect(sent({ top_k: 5 }).additionalModelRequestFields).toEqual({ top_k: 5 });
  const body = chatCompletionBody.parse({ model: 'm', messages: [user], top_k: 5 });
  const asked = () => toConverse(toChatRequest(body, someLimits), someModel({ family: 'llama' }), someLimits);
  expect(asked).toThrow(expect.objectContaining({ code: 'unsupported_parameter', param: 'top_k' }));
});
