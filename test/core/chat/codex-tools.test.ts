import { streamAnswer } from '../../../core/chat/answer/server-sent-events.ts';
import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { ChatEvent } from '../../../core/chat/chat.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { toDaypassError } from '../../../lambda/http/error-answer.ts';
import { validate } from '../../../lambda/http/validate.ts';
import { someLimits } from './model-fixture.ts';

/** Tools and items of Responses that OpenAI's own clients send by default. */

const head = { requestId: '1=', answerId: '1', created: 1, model: 'nova-lite' };
const parse = (fields: object) =>
  validate(openAiResponses.body, { model: 'nova-lite', input: 'Hi', ...fields }, 'body');
const limits = { ...someLimits, maxMessages: 9 };
const toRequest = (fields: object) => openAiResponses.toChatRequest(parse(fields), limits);

const find = { type: 'function', name: 'find', description: 'Finds', parameters: { type: 'object' } };
const agents = {
  type: 'namespace',
  name: 'agents',
  description: 'Other agents.',
  tools: [find, { ...find, name: 'close' }],
};

describe('functions of a namespace', () => {
  test('are offered under one name each, apart from others of their name', () => {
    const offer = toRequest({
      tools: [find, agents],
      tool_choice: { ...choose('close'), namespace: 'agents' },
    }).tools;
    expect(offer?.tools.map(({ name, description }) => [name, description])).toEqual([
      ['find', 'Finds'],
      ['agents__find', 'Other agents.\n\nFinds'],
      ['agents__close', 'Finds'],
    ]);
    expect(offer?.choice).toEqual({ type: 'tool', name: 'agents__close' });
  });

  const events: ChatEvent[] = [
    { type: 'tool-call', part: 0, call: 0, id: 'c1', name: 'agents__find' },
    { type: 'part-end', part: 0 },
    { type: 'tool-call', part: 1, call: 1, id: 'c2', name: 'find' },
    { type: 'part-end', part: 1 },
    { type: 'stop', reason: 'tool-calls' },
  ];
  const body = parse({ tools: [find, agents] });
  const output = (openAiResponses.fold(head, events, body) as { output: object[] }).output;

  test('are called with their namespace, whole and streamed', async () => {
    expect(output).toMatchObject([
      { type: 'function_call', call_id: 'c1', name: 'find', namespace: 'agents' },
      { type: 'function_call', call_id: 'c2', name: 'find' },
    ]);
    expect(output[1]).not.toHaveProperty('namespace');
    const play = (async function* () {
      yield events;
    })();
    const sent = await Array.fromAsync(
      streamAnswer(openAiResponses.stream(head, body), play, toDaypassError),
    );
    const [first = ''] = sent.filter((text) => text.includes('response.output_item.added'));
    expect(first).toContain('"name":"find","namespace":"agents"');
  });

  test('keep their name when the call comes back', () => {
    const results = ['c1', 'c2'].map((call_id) => ({ type: 'function_call_output', call_id, output: 'x' }));
    const [, turn] = toRequest({
      tools: [find, agents],
      input: [{ role: 'user', content: 'Hi' }, ...output, ...results],
    }).turns;
    expect(turn?.parts).toMatchObject([{ name: 'agents__find' }, { name: 'find' }]);
  });

  test('have names that models take, however long they are', () => {
    const name = 'n'.repeat(60);
    const tools = [
      {
        ...agents,
        tools: [
          { ...find, name: `${name}_a` },
          { ...find, name: `${name}_b` },
        ],
      },
    ];
    const names = toRequest({ tools }).tools?.tools.map((tool) => tool.name) ?? [];
    expect(new Set(names).size).toBe(2);
    for (const one of names) expect(one).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });
});

function choose(name: string) {
  return { type: 'function', name };
}

describe('a tool that OpenAI runs', () => {
  const hosted = { type: 'web_search', search_context_size: 'low' };

  test.each(['auto', 'none', null, undefined])(
    'is left out beside functions and named: %s',
    (tool_choice) => {
      const { tools, ignored } = toRequest({ tools: [find, hosted], tool_choice });
      expect(tools?.tools.map(({ name }) => name)).toEqual(['find']);
      expect(ignored).toEqual(['tools[].web_search']);
    },
  );

  test.each([
    [{ tools: [hosted] }],
    [{ tools: [find, hosted], tool_choice: 'required' }],
    [{ tools: [find, hosted], tool_choice: choose('find') }],
  ])('is refused by name where it may be wanted: %j', (fields) => {
    expect(() => toRequest(fields)).toThrow(
      expect.objectContaining({
        code: 'unsupported_parameter',
        param: expect.stringMatching(/^tools\.\d\.type$/),
      }),
    );
  });

  test('is refused by name if it is not one that is known', () => {
    expect(() => parse({ tools: [find, { type: 'custom', name: 'x' }] })).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'tools.1.type' }),
    );
  });
});

describe('a tool that Anthropic runs', () => {
  const hosted = { type: 'web_search_20250305', name: 'web_search', max_uses: 5 };
  const own = { name: 'find', input_schema: { type: 'object' } };
  const asked = (fields: object) => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const body = validate(anthropicMessages.body, { model: 'm', max_tokens: 9, messages, ...fields }, 'body');
    return anthropicMessages.toChatRequest(body, limits);
  };

  test('is left out beside others and named, with what else is ignored', () => {
    const { tools, ignored } = asked({ tools: [own, hosted], metadata: { user_id: 'x'.repeat(300) } });
    expect(tools?.tools.map(({ name }) => name)).toEqual(['find']);
    expect(ignored).toContain('tools[].web_search_20250305');
  });

  test.each([
    [{ tools: [hosted] }],
    [{ tools: [own, hosted], tool_choice: { type: 'any' } }],
    [{ tools: [own, { type: 'bash_20250124', name: 'bash' }] }],
  ])('is refused by name where it may be wanted: %j', (fields) => {
    expect(() => asked(fields)).toThrow(
      expect.objectContaining({ param: expect.stringMatching(/^tools\.\d\.type$/) }),
    );
  });
});

describe('a reference to an item', () => {
  test('of reasoning is left out', () => {
    const input = [
      { role: 'user', content: 'Hi' },
      { type: 'item_reference', id: 'rs_1_0' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Go on' },
    ];
    expect(toRequest({ input }).turns).toHaveLength(3);
  });

  test('of anything else is refused with the way out', () => {
    const input = [
      { role: 'user', content: 'Hi' },
      { type: 'item_reference', id: 'msg_1_1' },
    ];
    expect(() => parse({ input })).toThrow(
      expect.objectContaining({
        code: 'unsupported_parameter',
        param: 'input.1.id',
        message: expect.stringContaining('nothing is stored here. Set store: false'),
      }),
    );
  });
});
