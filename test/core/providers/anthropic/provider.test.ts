import { anthropicMessages } from '../../../../core/chat/anthropic-messages/dialect.ts';
import type { ChatEvent, ChatRequest } from '../../../../core/chat/chat.ts';
import { relaying } from '../../../../core/chat/relaying.ts';
import { createAnthropicCounter } from '../../../../core/providers/anthropic/count-tokens.ts';
import { createAnthropicProvider } from '../../../../core/providers/anthropic/provider.ts';
import { fieldNames, someLimits, someModel } from '../../chat/model-fixture.ts';
import { answering, someKey } from '../upstream-fixture.ts';

const claude = someModel({
  name: 'claude',
  provider: 'anthropic',
  target: 'claude-sonnet-4-6',
  family: 'claude',
  accepts: ['images', 'documents', 'tools', 'tool-choice', 'cache-points'],
  structuredOutput: 'native',
  reasoning: 'both',
  sampling: 'one',
});
const { signal } = new AbortController();

function provider(answer: Parameters<typeof answering>[0] = {}) {
  const upstream = answering(answer);
  const { key, forgotten } = someKey('sk-ant-operator');
  const made = createAnthropicProvider({
    send: upstream.send,
    key,
    takesOwnKeys: true,
    settings: someLimits,
  });
  return { made, sent: upstream.sent, forgotten };
}

const chat = (fields: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'claude',
  system: [],
  turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  stopSequences: [],
  fieldNames,
  ...fields,
});

const usage = {
  input_tokens: 5,
  cache_read_input_tokens: 2,
  cache_creation_input_tokens: 3,
  output_tokens: 1,
};
const start = { type: 'message_start', message: { usage } };
const end = (stop_reason: string, rest: object = {}) => [
  {
    type: 'message_delta',
    delta: { stop_reason, stop_sequence: null, ...rest },
    usage: { output_tokens: 9 },
  },
  { type: 'message_stop' },
];
const block = (index: number, content_block: object, ...deltas: object[]) => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
];
const text = (index: number, said: string) =>
  block(index, { type: 'text', text: '' }, { type: 'text_delta', text: said });
const counted = {
  input: 5,
  output: 9,
  cachedInput: 2,
  cacheWriteInput: 3,
  cacheWriteHourInput: 0,
  reasoning: 0,
};

async function asked(request: ChatRequest, events: unknown[]) {
  const { made, sent } = provider({ events });
  const prepared = made.prepare(request, claude);
  const told = (await Array.fromAsync(prepared.ask({ signal }))).flat();
  return { body: sent[0]?.json, call: sent[0], told, ignored: prepared.ignored };
}

describe('a chat in the words of Messages', () => {
  test('carries the operator’s key and the version of the API, and its answer is read in parts', async () => {
    const { call, body, told } = await asked(chat(), [
      start,
      { type: 'ping' },
      ...block(
        0,
        { type: 'thinking', thinking: '', signature: '' },
        { type: 'thinking_delta', thinking: 'hm' },
        { type: 'signature_delta', signature: 'sig' },
      ),
      ...block(1, { type: 'redacted_thinking', data: 'AAE=' }),
      ...text(2, 'Hello'),
      ...block(
        3,
        { type: 'tool_use', id: 't1', name: 'look', input: {} },
        { type: 'input_json_delta', partial_json: '' },
        { type: 'input_json_delta', partial_json: '{"a":1}' },
      ),
      ...end('tool_use'),
    ]);
    expect(call?.path).toBe('/messages');
    expect(call?.headers).toMatchObject({
      'x-api-key': 'sk-ant-operator',
      'anthropic-version': '2023-06-01',
    });
    expect(body).toEqual({
      model: 'claude-sonnet-4-6',
      max_tokens: 4096,
      stream: true,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    expect(told).toEqual([
      { type: 'reasoning', part: 0, text: 'hm' },
      { type: 'reasoning-signature', part: 0, signature: 'sig' },
      { type: 'part-end', part: 0 },
      { type: 'redacted-reasoning', part: 1, bytes: Buffer.from([0, 1]) },
      { type: 'part-end', part: 1 },
      { type: 'text', part: 2, text: 'Hello' },
      { type: 'part-end', part: 2 },
      { type: 'tool-call', part: 3, call: 0, id: 't1', name: 'look' },
      { type: 'tool-input', part: 3, call: 0, json: '{"a":1}' },
      { type: 'part-end', part: 3 },
      { type: 'stop', reason: 'tool-calls' },
      // Two of fourteen characters were thought.
      { type: 'usage', usage: { ...counted, reasoning: 1 } },
    ]);
  });

  test('holds what was said, with cache points where they stand, and reasoning only if it is signed', async () => {
    const { body } = await asked(
      chat({
        system: [
          { type: 'text', text: 'Be brief' },
          { type: 'cache-point', lifetime: '1h' },
        ],
        turns: [
          {
            role: 'user',
            parts: [
              { type: 'image', format: 'png', bytes: Buffer.from('png') },
              { type: 'document', format: 'pdf', name: 'a.pdf', bytes: Buffer.from('pdf') },
              { type: 'document', format: 'csv', name: '', bytes: Buffer.from('a,b') },
              { type: 'cache-point' },
            ],
          },
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', text: 'unsigned' },
              { type: 'reasoning', text: 'signed', signature: 's' },
              { type: 'tool-call', id: 'call/1', name: 'look', input: { a: 1 } },
            ],
          },
          {
            role: 'user',
            parts: [
              { type: 'tool-result', id: 'call/1', failed: true, parts: [{ type: 'text', text: 'no' }] },
            ],
          },
        ],
      }),
      [start, ...end('end_turn')],
    );
    const ephemeral = (ttl?: string) => ({ cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } });
    expect(body?.system).toEqual([{ type: 'text', text: 'Be brief', ...ephemeral('1h') }]);
    expect(body?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'cG5n' } },
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'cGRm' },
            title: 'a.pdf',
          },
          {
            type: 'document',
            source: { type: 'text', media_type: 'text/plain', data: 'a,b' },
            ...ephemeral(),
          },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'signed', signature: 's' },
          { type: 'tool_use', id: 'call_1', name: 'look', input: { a: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'call_1',
            is_error: true,
            content: [{ type: 'text', text: 'no' }],
          },
        ],
      },
    ]);
  });

  test('offers tools, a format and thinking in Anthropic’s fields', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    const { body, told } = await asked(
      chat({
        tools: {
          tools: [{ name: 'look', description: 'Looks', schema, strict: false, cached: {} }],
          choice: { type: 'auto' },
          single: true,
        },
        format: { type: 'json-schema', name: 'out', schema },
        reasoning: { type: 'budget', tokens: 2000 },
        stopSequences: ['END'],
      }),
      [start, ...text(0, '{"a":1}'), ...end('end_turn')],
    );
    expect(body).toMatchObject({
      max_tokens: 5000,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      stop_sequences: ['END'],
      output_config: { format: { type: 'json_schema', schema } },
      tools: [
        { name: 'look', description: 'Looks', input_schema: schema, cache_control: { type: 'ephemeral' } },
      ],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    });
    expect(told).toContainEqual({ type: 'stop', reason: 'end' });
  });

  test('asks for JSON in words where it has no field, and takes the fence off', async () => {
    const { body, told } = await asked(chat({ format: { type: 'json' } }), [
      start,
      ...text(0, '```json\n{"a":1}\n```'),
      ...end('end_turn'),
    ]);
    expect(JSON.stringify(body?.system)).toContain('JSON Schema');
    expect(told[0]).toEqual({ type: 'text', part: 0, text: '{"a":1}' });
  });

  test.each<[string, object, ChatEvent]>([
    [
      'stop_sequence',
      { stop_sequence: 'END' },
      { type: 'stop', reason: 'stop-sequence', stopSequence: 'END' },
    ],
    ['max_tokens', {}, { type: 'stop', reason: 'length' }],
    ['refusal', {}, { type: 'stop', reason: 'filtered' }],
    ['brand_new', {}, { type: 'stop', reason: 'unknown', providerReason: 'brand_new' }],
  ])('a stop by %s is told as such', async (reason, rest, stop) => {
    const { told } = await asked(chat(), [start, ...text(0, 'Hi'), ...end(reason, rest)]);
    expect(told).toContainEqual(stop);
  });

  test.each<[Partial<ChatRequest>, string]>([
    [{ temperature: 1.5 }, 'temperature'],
    [{ temperature: 0.5, topP: 0.5 }, 'top_p'],
    [{ temperature: 0.5, reasoning: { type: 'budget', tokens: 2000 } }, 'temperature'],
    [{ serviceTier: 'reserved' }, 'service_tier'],
    [{ turns: [...chat().turns, { role: 'assistant', parts: [{ type: 'text', text: 'I' }] }] }, 'messages'],
  ])('%j is refused by the caller’s name of it', (fields, param) => {
    const { made } = provider();
    expect(() => made.prepare(chat(fields), claude)).toThrow(expect.objectContaining({ param }));
  });
});

const spoken = relaying(anthropicMessages, { models: [claude] });
const relayedRequest = (body: Record<string, unknown>) =>
  spoken.toChatRequest(
    { model: 'claude', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }], ...body },
    someLimits,
  );

describe('a call in Anthropic’s own dialect', () => {
  test('passes with the caller’s headers, and its events come back as they are', async () => {
    const events = [start, { type: 'ping' }, ...text(0, 'Hé'), ...end('end_turn')];
    const { made, sent } = provider({ events });
    const request = relayedRequest({ stream: true, context_management: { edits: [] }, top_k: 3 });
    const headers = { 'anthropic-beta': 'context-management-2025-06-27', 'anthropic-version': '2024-01-01' };
    const told = (await Array.fromAsync(made.prepare(request, claude).ask({ signal, headers }))).flat();
    expect(sent[0]?.headers).toMatchObject(headers);
    expect(sent[0]?.json).toEqual({
      model: 'claude-sonnet-4-6',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      context_management: { edits: [] },
      top_k: 3,
    });
    const stream = spoken.stream(
      { requestId: 'r', answerId: 'a', created: 1, model: 'claude' },
      { model: 'claude' },
    );
    const before = told.map((event) => stream.next(event)).join('');
    const wire = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    // The last one waits until the call is settled.
    expect(before).toBe(wire.slice(0, -1).join(''));
    expect(stream.closing()).toBe(wire.at(-1));
    expect(told.at(-1)).toEqual({ type: 'usage', usage: counted });
  });

  test('a whole answer is Anthropic’s, with its usage metered', async () => {
    const answer = {
      content: [{ type: 'text', text: 'Hi' }],
      stop_reason: 'end_turn',
      usage: { ...usage, output_tokens: 9 },
    };
    const { made } = provider({ body: answer });
    const told = (await Array.fromAsync(made.prepare(relayedRequest({}), claude).ask({ signal }))).flat();
    expect(told).toEqual([
      { type: 'relayed-whole', body: answer },
      { type: 'text', part: 0, text: 'Hi' },
      { type: 'stop', reason: 'end' },
      { type: 'usage', usage: counted },
    ]);
  });

  test.each([
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ speed: 'fast' }, 'speed'],
    [{ inference_geo: 'us' }, 'inference_geo'],
    [{ container: 'c' }, 'container'],
    [{ mcp_servers: [] }, 'mcp_servers'],
    [{ brand_new: true }, 'brand_new'],
    [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools.0.type'],
    [
      {
        messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: 'f' } }] }],
      },
      'messages.0.content.0.source.file_id',
    ],
  ])('%j is refused by name', (body, param) => {
    const { made } = provider();
    expect(() => made.prepare(relayedRequest(body), claude)).toThrow(expect.objectContaining({ param }));
  });

  test('keeps tools that the caller runs, and leaves Anthropic’s own out beside them', async () => {
    const own = [
      { name: 'look', input_schema: {} },
      { type: 'bash_20250124', name: 'bash' },
    ];
    const tools = [...own, { type: 'web_search_20250305', name: 'web_search' }];
    const { made, sent } = provider({ body: { content: [], stop_reason: 'end_turn', usage } });
    const prepared = made.prepare(relayedRequest({ tools, max_tokens: 1_000_000 }), claude);
    await Array.fromAsync(prepared.ask({ signal }));
    expect(sent[0]?.json).toMatchObject({ tools: own, max_tokens: 5000 });
    expect(prepared.ignored).toEqual(['max_tokens', 'tools[].web_search_20250305']);
  });
});

test.each([
  [401, 'authentication_error', 'model_failed'],
  [403, 'permission_error', 'model_failed'],
  [400, 'billing_error', 'model_failed'],
  [404, 'not_found_error', 'model_failed'],
  [400, 'invalid_request_error', 'model_refused_request'],
  [413, 'request_too_large', 'model_refused_request'],
  [429, 'rate_limit_error', 'model_overloaded'],
  [529, 'overloaded_error', 'model_overloaded'],
  [500, 'api_error', 'model_failed'],
  [504, 'timeout_error', 'model_timeout'],
  [307, 'none', 'model_failed'],
])('a refusal of status %i (%s) is %s with the operator’s key', async (status, type, code) => {
  const { made } = provider({
    status,
    body: { type: 'error', error: { type, message: 'for sk-ant-operator' } },
  });
  const ask = (ownKey?: string) => Array.fromAsync(made.prepare(chat(), claude).ask({ signal, ownKey }));
  await expect(ask()).rejects.toMatchObject({ code });
  if ([401, 403, 404].includes(status)) {
    await expect(ask('sk-ant-own')).rejects.toMatchObject({ code: 'provider_key_refused' });
  }
});

test.each([
  ['overloaded_error', 'model_overloaded'],
  ['api_error', 'model_failed'],
  ['invalid_request_error', 'model_refused_request'],
])('an error within a stream (%s) is %s', async (type, code) => {
  const events = [start, ...text(0, 'Hi'), { type: 'error', error: { type, message: 'no' } }];
  await expect(asked(chat(), events)).rejects.toMatchObject({ code });
});

describe('a count of tokens', () => {
  const dialect = relaying(anthropicMessages, { models: [] });
  const asked = {
    model: 'claude',
    system: 'Be brief',
    messages: [{ role: 'user', content: 'Hi' }],
    tools: [{ name: 'look', input_schema: { type: 'object' } }],
  };
  function counter(answer: Parameters<typeof answering>[0]) {
    const upstream = answering(answer);
    const { key } = someKey('sk-ant-operator');
    const made = createAnthropicCounter({ send: upstream.send, key, takesOwnKeys: true });
    const count = (body: object, options: object = {}) =>
      made.count(dialect.toChatRequest(body as never, someLimits), claude, { signal, ...options });
    return { count, sent: upstream.sent };
  }

  test('is asked for at Anthropic’s own endpoint, as its caller wrote it', async () => {
    const { count, sent } = counter({ body: { input_tokens: 14 } });
    const headers = { 'anthropic-version': '2023-01-01', 'anthropic-beta': 'b' };
    expect(await count(asked, { headers, ownKey: 'sk-ant-own' })).toBe(14);
    expect(sent[0]?.path).toBe('/messages/count_tokens');
    expect(sent[0]?.headers).toEqual({
      ...headers,
      'x-api-key': 'sk-ant-own',
      'content-type': 'application/json',
    });
    expect(sent[0]?.json).toEqual({ ...asked, model: 'claude-sonnet-4-6' });
  });

  test.each([
    ['max_tokens', { max_tokens: 5 }],
    ['mcp_servers', { mcp_servers: [{}] }],
    [
      'messages.0.content.0.source.file_id',
      { messages: [{ role: 'user', content: [{ source: { file_id: 'f' } }] }] },
    ],
  ])('refuses %s by name', async (param, fields) => {
    const { count, sent } = counter({});
    await expect(count({ ...asked, ...fields })).rejects.toMatchObject({
      code: 'unsupported_parameter',
      param,
    });
    expect(sent).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['no count', { body: {} }, 'model_failed'],
    ['half a token', { body: { input_tokens: 0.5 } }, 'model_failed'],
    ['no JSON', { body: '<html>' }, 'model_failed'],
    ['a limit', { status: 429 }, 'model_overloaded'],
    ['an overload', { status: 529 }, 'model_overloaded'],
    ['a refusal', { status: 400, body: { error: { message: 'no' } } }, 'model_refused_request'],
    ['a redirect', { status: 302 }, 'model_failed'],
  ])('that is answered %s fails', async (_what, answer, code) => {
    await expect(counter(answer).count(asked)).rejects.toMatchObject({ code });
  });

  test('that takes too long is answered as such', async () => {
    const end = new AbortController();
    end.abort(new Error('over'));
    const send = async () => Promise.reject(new Error('aborted'));
    const made = createAnthropicCounter({ send, key: undefined, takesOwnKeys: false });
    const counting = made.count(dialect.toChatRequest(asked as never, someLimits), claude, {
      signal: end.signal,
    });
    await expect(counting).rejects.toMatchObject({ code: 'model_timeout' });
  });
});
