import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { Dialect } from '../../../core/chat/dialect.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { toConverse } from '../../../core/providers/bedrock/to-converse.ts';
import { someLimits, someModel } from './model-fixture.ts';

/** How earlier turns reach Bedrock where clients send what Claude would refuse. */

const limits = { ...someLimits, maxMessages: 20 };
const claude = (reasoning: 'budget' | 'both' | 'adaptive' = 'both') =>
  someModel({ family: 'claude', reasoning, structuredOutput: 'native' });

function sent<Body>(dialect: Dialect<Body>, body: object, model = claude()) {
  const parsed = dialect.body.parse({ model: 'any', ...body });
  return toConverse(dialect.toChatRequest(parsed, limits), model, limits).request;
}
const message = (body: object, model = claude()) =>
  sent(anthropicMessages, { max_tokens: 9, ...body }, model);
const completion = (body: object) => sent(openAiChat, body);
const response = (body: object, model = claude()) => sent(openAiResponses, body, model);

/** What stands in each message, in short. */
const kinds = ({ messages }: ReturnType<typeof sent>) =>
  messages.map(({ content }) => content.map((block) => Object.keys(block)[0]));

const point = { cachePoint: { type: 'default' } };
const base64 = Buffer.from('My notes.').toString('base64');

describe('a cache point behind a document that is not PDF', () => {
  const cache_control = { type: 'ephemeral' };
  const notes = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'My notes.' } };
  const ask = { type: 'text', text: 'Sum up' };
  const breakpoint = { prompt_cache_breakpoint: { mode: 'explicit' } };
  const file = { file_data: base64, filename: 'notes.txt' };

  test.each([
    ['a block’s', message({ messages: [{ role: 'user', content: [ask, { ...notes, cache_control }] }] })],
    ['the last block’s', message({ cache_control, messages: [{ role: 'user', content: [ask, notes] }] })],
    [
      'a part’s in Chat Completions',
      completion({ messages: [{ role: 'user', content: [ask, { type: 'file', file, ...breakpoint }] }] }),
    ],
    [
      'the implicit one',
      completion({
        prompt_cache_options: { mode: 'implicit' },
        messages: [{ role: 'user', content: [ask, { type: 'file', file }] }],
      }),
    ],
    [
      'a part’s in Responses',
      response({
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Sum up' },
              { type: 'input_file', ...file, ...breakpoint },
            ],
          },
        ],
      }),
    ],
  ])('stands before the documents where no text follows: %s', (_way, request) => {
    expect(kinds(request)).toEqual([['text', 'cachePoint', 'document']]);
  });

  test('stands behind the next text, once', () => {
    const content = [{ ...notes, cache_control }, notes, { ...ask, cache_control }];
    expect(kinds(message({ messages: [{ role: 'user', content }] }))).toEqual([
      ['document', 'document', 'text', 'cachePoint'],
    ]);
  });

  test('is left out where nothing before it can be cached, and stays behind a PDF', () => {
    const pdf = { type: 'base64', media_type: 'application/pdf', data: base64 };
    const content = [ask, { type: 'document', source: pdf, cache_control }];
    expect(kinds(message({ messages: [{ role: 'user', content }] }))).toEqual([
      ['text', 'document', 'cachePoint'],
    ]);
  });
});

describe('text behind a call of a tool in one turn of the assistant', () => {
  const order = [['text'], ['text', 'toolUse'], ['toolResult']];

  test('goes before the call in Chat Completions', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'w', arguments: '{}' } };
    const messages = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'assistant', content: 'Looking it up.' },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
    ];
    expect(kinds(completion({ messages, tools: [{ type: 'function', function: { name: 'w' } }] }))).toEqual(
      order,
    );
  });

  test('goes before the call in Messages, with its cache point', () => {
    const messages = [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'c1', name: 'w', input: {} },
          { type: 'text', text: 'Looking.', cache_control: { type: 'ephemeral' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'sunny' }] },
    ];
    const tools = [{ name: 'w', input_schema: { type: 'object' } }];
    expect(kinds(message({ messages, tools }))[1]).toEqual(['text', 'cachePoint', 'toolUse']);
  });

  test('goes before the call in Responses, and reasoning before both', () => {
    const input = [
      { role: 'user', content: 'Weather?' },
      { type: 'function_call', call_id: 'c1', name: 'w', arguments: '{}' },
      { role: 'assistant', content: 'Looking.' },
      { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm' }], encrypted_content: 'sig' },
      { type: 'function_call_output', call_id: 'c1', output: 'sunny' },
    ];
    expect(kinds(response({ input, tools: [{ type: 'function', name: 'w' }] }))[1]).toEqual([
      'reasoningContent',
      'text',
      'toolUse',
    ]);
  });

  test('leaves thought between texts where the model put it', () => {
    const thinking = { type: 'thinking', thinking: 'Hm', signature: 'sig' };
    const messages = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: [thinking, { type: 'text', text: 'a' }, thinking] },
      { role: 'user', content: 'Well?' },
    ];
    expect(kinds(message({ messages }))[1]).toEqual(['reasoningContent', 'text', 'reasoningContent']);
  });
});

describe('reasoning on its way through Responses', () => {
  const head = { requestId: '1=', answerId: '1', created: 1, model: 'claude' };
  const body = openAiResponses.body.parse({ model: 'any', input: 'Hi' });

  test.each(['', 'Hm 🤔'])(
    'comes back with text and signature, though its content is left out: %j',
    (text) => {
      const answer = openAiResponses.fold(
        head,
        [
          { type: 'reasoning', part: 0, text },
          { type: 'reasoning-signature', part: 0, signature: 'c2ln' },
          { type: 'part-end', part: 0 },
          { type: 'text', part: 1, text: 'Hello' },
          { type: 'stop', reason: 'end' },
        ],
        body,
      ) as { output: { encrypted_content?: string }[] };
      const [{ encrypted_content } = {}, said] = answer.output;
      const input = [
        { role: 'user', content: 'Hi' },
        { type: 'reasoning', id: 'rs_1_0', summary: [], encrypted_content },
        said,
        { role: 'user', content: 'Go on' },
      ];
      expect(response({ input }).messages[1]?.content[0]).toEqual({
        reasoningContent: { reasoningText: { text, signature: 'c2ln' } },
      });
    },
  );

  test.each(['signed:', 'signed:e30=', `signed:${Buffer.from('["x",""]').toString('base64')}`])(
    'is left out where it is not what we wrote: %s',
    (encrypted_content) => {
      const input = [
        { role: 'user', content: 'Hi' },
        { type: 'reasoning', summary: [], encrypted_content },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'Go on' },
      ];
      expect(kinds(response({ input }))[1]).toEqual(['text']);
    },
  );
});

describe('a turn of reasoning alone', () => {
  const thought = { type: 'thinking', thinking: 'Hm', signature: 'sig' };
  const hidden = { type: 'redacted_thinking', data: 'AQID' };
  const talk = (block: object) => ({
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [block] },
      { role: 'user', content: 'Go on' },
    ],
  });

  test.each([thought, hidden])(
    'is left out for Claude newer than 4.6, and the users’ turns joined',
    (block) => {
      const { messages } = message(talk(block), claude('adaptive'));
      expect(messages).toEqual([{ role: 'user', content: [{ text: 'Hi' }, { text: 'Go on' }] }]);
    },
  );

  test('at the end lets the model answer the user’s turn', () => {
    const messages = talk(thought).messages.slice(0, 2);
    expect(kinds(message({ messages }, claude('adaptive')))).toEqual([['text']]);
  });

  test('stays for Claude 4.6', () => {
    expect(kinds(message(talk(thought), claude('both')))).toEqual([['text'], ['reasoningContent'], ['text']]);
  });
});

describe('instructions in the middle of a conversation', () => {
  const role = 'system';
  const marked = { text: '<system>\nBe brief.\n</system>' };
  const talk = [
    { role, content: 'You are kind.' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
    { role, content: 'Be brief.' },
    { role: 'user', content: 'Go on' },
  ];
  const expected = {
    system: [{ text: 'You are kind.' }],
    messages: [
      { role: 'user', content: [{ text: 'Hi' }] },
      { role: 'assistant', content: [{ text: 'Hello' }] },
      { role: 'user', content: [marked, { text: 'Go on' }] },
    ],
  };

  test('stay where they stand, marked, in all three APIs', () => {
    expect(message({ messages: talk })).toMatchObject(expected);
    expect(completion({ messages: talk })).toMatchObject(expected);
    expect(response({ input: talk })).toMatchObject(expected);
  });

  test('that end a conversation are the last turn, with their cache point', () => {
    const content = [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }];
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'system', content },
    ];
    expect(message({ messages }).messages).toEqual([
      { role: 'user', content: [{ text: 'Hi' }, marked, point] },
    ]);
  });

  test('between a call and its result go behind the result', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'w', arguments: '{}' } };
    const messages = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'developer', content: 'Be brief.' },
      { role: 'assistant', content: 'Looking.' },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
    ];
    const request = completion({ messages, tools: [{ type: 'function', function: { name: 'w' } }] });
    expect(kinds(request)).toEqual([['text'], ['text', 'toolUse'], ['toolResult', 'text']]);
    expect(request.messages.at(-1)?.content.at(-1)).toEqual(marked);
  });
});

describe('arguments of an earlier call that are not a JSON object', () => {
  test.each(['{"city":', '[1]', '"Bern"', 'null'])('go to the model as text: %s', (json) => {
    const call = { id: 'c1', type: 'function', function: { name: 'w', arguments: json } };
    const chat = completion({
      messages: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      ],
    });
    const items = response({
      input: [
        { role: 'user', content: 'Weather?' },
        { type: 'function_call', call_id: 'c1', name: 'w', arguments: json },
        { type: 'function_call_output', call_id: 'c1', output: 'sunny' },
      ],
    });
    for (const request of [chat, items]) {
      expect(request.messages[1]?.content[0]).toMatchObject({ toolUse: { input: { arguments: json } } });
    }
  });
});

describe('a tool call without a result is named by its place', () => {
  const call = (id: string) => ({ id, type: 'function', function: { name: 'w', arguments: '{}' } });
  const use = (id: string) => ({ type: 'tool_use', id, name: 'w', input: {} });
  const item = (call_id: string) => ({ type: 'function_call', call_id, name: 'w', arguments: '{}' });
  const said = (role: string, content: unknown) => ({ role, content });
  const looking = { type: 'text', text: 'Looking.' };

  test.each([
    [
      'messages.2.tool_calls.1',
      () =>
        completion({
          messages: [
            said('system', 'Help.'),
            said('user', 'Hi'),
            { role: 'assistant', content: 'Looking.', tool_calls: [call('a'), call('b')] },
            { role: 'tool', tool_call_id: 'a', content: 'sunny' },
          ],
        }),
    ],
    [
      'messages.1.content.2',
      () =>
        message({
          messages: [
            said('user', 'Hi'),
            said('assistant', [looking, use('a'), use('b')]),
            said('user', [{ type: 'tool_result', tool_use_id: 'a', content: 'sunny' }]),
          ],
        }),
    ],
    [
      'input.2',
      () =>
        response({
          input: [
            said('user', 'Hi'),
            item('a'),
            item('b'),
            { type: 'function_call_output', call_id: 'a', output: 'sunny' },
          ],
        }),
    ],
  ])('%s', (param, send) => {
    expect(send).toThrow(expect.objectContaining({ code: 'invalid_request', param }));
  });

  test('and so is a result of no call', () => {
    const result = { type: 'tool_result', tool_use_id: 'a', content: 'sunny' };
    const orphaned = () => message({ messages: [said('user', [looking, result])] });
    expect(orphaned).toThrow(expect.objectContaining({ param: 'messages.0.content.1' }));
    const output = { role: 'tool', tool_call_id: 'a', content: 'sunny' };
    const left = () => completion({ messages: [said('user', 'Hi'), output] });
    expect(left).toThrow(expect.objectContaining({ param: 'messages.1' }));
  });
});

test('more than five documents in all turns together are refused by name', () => {
  const notes = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Notes' } };
  const asked = (count: number) => ({ role: 'user', content: Array.from({ length: count }, () => notes) });
  const talk = (...counts: number[]) => ({
    messages: counts
      .flatMap((count) => [asked(count), { role: 'assistant', content: 'I see.' }])
      .slice(0, -1),
  });
  const model = claude('budget');
  expect(message(talk(3, 2), model).messages).toHaveLength(3);
  expect(() => message(talk(3, 3), model)).toThrow(
    expect.objectContaining({ param: 'messages', message: 'messages must hold at most 5 documents.' }),
  );
});
