import type { ChatEvent, ChatRequest } from '../../../../core/chat/chat.ts';
import { openAiChat } from '../../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../../core/chat/openai-responses/dialect.ts';
import { isRelayed, relaying } from '../../../../core/chat/relaying.ts';
import { DaypassError } from '../../../../core/errors.ts';
import { createOpenAiProvider } from '../../../../core/providers/openai/provider.ts';
import { validate } from '../../../../lambda/http/validate.ts';
import { fieldNames, someLimits, someModel } from '../../chat/model-fixture.ts';
import { answering, someKey } from '../upstream-fixture.ts';

const gpt = someModel({
  name: 'gpt-6',
  provider: 'openai',
  modelId: 'gpt-6-sol',
  target: 'gpt-6-sol',
  family: 'other',
  accepts: ['images', 'documents', 'tools', 'tool-choice'],
  structuredOutput: 'native',
  reasoning: 'effort',
});
const signal = new AbortController().signal;

function provider(answer: Parameters<typeof answering>[0] = {}, secret = someKey()) {
  const upstream = answering(answer);
  const made = createOpenAiProvider({
    send: upstream.send,
    key: secret.key,
    takesOwnKeys: true,
    upstream: { relays: ['chat-completions', 'responses'], limitField: 'max_completion_tokens' },
    settings: someLimits,
  });
  return { made, sent: upstream.sent, forgotten: secret.forgotten };
}

const chat = (fields: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'gpt-6',
  system: [],
  turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  stopSequences: [],
  fieldNames,
  ...fields,
});

const chunk = (delta: object, rest: object = {}) => ({
  choices: [{ index: 0, delta, finish_reason: null }],
  ...rest,
});
const end = (reason: string) => ({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
const usage = {
  choices: [],
  usage: {
    prompt_tokens: 10,
    completion_tokens: 7,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 2 },
  },
};
const counted = {
  input: 6,
  output: 7,
  cachedInput: 4,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 2,
};

async function asked(request: ChatRequest, events: unknown[]) {
  const { made, sent } = provider({ events });
  const told = (await Array.fromAsync(made.prepare(request, gpt).ask({ signal }))).flat();
  return { body: sent[0]?.json, call: sent[0], told };
}

describe('where one of the two APIs has what the other has not', () => {
  const byChat = relaying(openAiChat, { models: [] });
  const byResponses = relaying(openAiResponses, { models: [] });
  const completion = { model: 'gpt-6', messages: [{ role: 'user', content: 'Hi' }] };
  const responded = { model: 'gpt-6', input: 'Hi' };
  const responsesAlone = { ...gpt, apis: ['responses'] as const };
  const chatAlone = { ...gpt, apis: ['chat-completions'] as const };
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test.each(
    `input instructions include max_output_tokens max_tool_calls previous_response_id conversation prompt reasoning text
    truncation`.split(/\s+/),
  )('%s of Responses is refused by name in Chat Completions, relayed or not', (param) => {
    const body = { ...completion, [param]: {} };
    const relayed = () => provider().made.prepare(byChat.toChatRequest(body as never, someLimits), gpt);
    expect(refusal(relayed)).toMatchObject({ code: 'unsupported_parameter', param });
    const translated = () => validate(openAiChat.body, body, 'body');
    expect(refusal(translated)).toMatchObject({ code: 'unsupported_parameter', param });
  });

  test.each(
    `messages max_tokens max_completion_tokens reasoning_effort response_format verbosity stop n seed logit_bias logprobs
    frequency_penalty presence_penalty audio modalities prediction`.split(/\s+/),
  )('%s of Chat Completions is refused by name in Responses, relayed or not', (param) => {
    const body = { ...responded, [param]: 1 };
    const relayed = () => provider().made.prepare(byResponses.toChatRequest(body as never, someLimits), gpt);
    expect(refusal(relayed)).toMatchObject({ code: 'unsupported_parameter', param });
    const translated = () => validate(openAiResponses.body, body, 'body');
    expect(refusal(translated)).toMatchObject({ code: 'unsupported_parameter', param });
  });

  test('truncation, which only Responses have, is refused when they are translated, and passed on when not', () => {
    const body = { ...responded, truncation: 'auto' };
    expect(refusal(() => validate(openAiResponses.body, body, 'body'))).toMatchObject({
      code: 'unsupported_parameter',
      param: 'truncation',
    });
    const asked = provider().made.prepare(byResponses.toChatRequest(body as never, someLimits), gpt);
    expect(asked.ignored).toEqual([]);
  });

  test('a model that answers Responses alone is relayed those, and refuses other dialects with the way out', async () => {
    const { made, sent } = provider({ events: [] });
    const relay = byResponses.toChatRequest({ ...responded, stream: true } as never, someLimits);
    await Array.fromAsync(made.prepare(relay, responsesAlone).ask({ signal })).catch(() => undefined);
    expect(sent[0]?.path).toBe('/responses');
    for (const request of [chat(), byChat.toChatRequest(completion as never, someLimits)]) {
      expect(refusal(() => made.prepare(request, responsesAlone))).toMatchObject({
        code: 'unsupported_parameter',
        param: 'model',
        message: expect.stringContaining('/v1/responses'),
      });
    }
  });

  test('a model that answers Chat Completions alone is asked by those, whatever the dialect', async () => {
    const { made, sent } = provider({ events: ['[DONE]'] });
    await Array.fromAsync(made.prepare(chat(), chatAlone).ask({ signal })).catch(() => undefined);
    expect(sent[0]?.path).toBe('/chat/completions');
    const ports = { providers: { openai: made }, catalog: { models: [chatAlone] } };
    expect(isRelayed(responded, 'responses', ports)).toBe(false);
    expect(isRelayed(completion, 'chat-completions', ports)).toBe(true);
    expect(
      isRelayed(completion, 'chat-completions', { ...ports, catalog: { models: [responsesAlone] } }),
    ).toBe(false);
  });

  test.each([
    'This model is only supported in v1/responses and not in v1/chat/completions.',
    'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
  ])(
    'one that isn’t known for it is refused as such, also with a key of the caller’s own: %s',
    async (message) => {
      for (const ownKey of [undefined, 'sk-own-12345']) {
        const { made } = provider({ status: 404, body: { error: { message } } });
        const asking = Array.fromAsync(made.prepare(chat(), gpt).ask({ signal, ownKey }));
        await expect(asking).rejects.toMatchObject({ code: 'model_refused_request', param: 'model' });
      }
    },
  );
});

describe('a chat in the words of Chat Completions', () => {
  test('carries the operator’s key, the provider’s name of the model, and asks for a stream with its usage', async () => {
    const { call, body, told } = await asked(chat(), [
      chunk({ content: 'Hel' }),
      chunk({ content: 'lo' }),
      end('stop'),
      usage,
      '[DONE]',
    ]);
    expect(call?.headers.authorization).toBe('Bearer sk-operator');
    expect(call?.path).toBe('/chat/completions');
    expect(body).toEqual({
      model: 'gpt-6-sol',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 4096,
    });
    expect(told).toEqual([
      { type: 'text', part: 0, text: 'Hel' },
      { type: 'text', part: 0, text: 'lo' },
      { type: 'part-end', part: 0 },
      { type: 'stop', reason: 'end' },
      { type: 'usage', usage: counted },
    ]);
  });

  test('holds instructions, images, documents, calls and their results', async () => {
    const request = chat({
      system: [{ type: 'text', text: 'Be brief' }, { type: 'cache-point' }],
      turns: [
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Look' },
            { type: 'image', format: 'png', bytes: Buffer.from('png') },
            { type: 'document', format: 'pdf', name: 'a.pdf', bytes: Buffer.from('pdf') },
            { type: 'document', format: 'txt', name: 'b.txt', bytes: Buffer.from('words') },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'hm', signature: 's' },
            { type: 'text', text: 'I call' },
            { type: 'tool-call', id: 'c1', name: 'look', input: { at: 1 } },
          ],
        },
        {
          role: 'user',
          parts: [
            {
              type: 'tool-result',
              id: 'c1',
              failed: false,
              parts: [
                { type: 'text', text: 'seen' },
                { type: 'image', format: 'gif', bytes: Buffer.from('gif') },
              ],
            },
            { type: 'text', text: 'And?' },
          ],
        },
      ],
    });
    const { body } = await asked(request, [end('stop')]);
    expect(body?.messages).toEqual([
      { role: 'system', content: 'Be brief' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,cG5n' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,cGRm' } },
          { type: 'text', text: 'b.txt\nwords' },
        ],
      },
      {
        role: 'assistant',
        content: 'I call',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'seen' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/gif;base64,Z2lm' } },
          { type: 'text', text: 'And?' },
        ],
      },
    ]);
  });

  test('offers tools and a format, strictly where OpenAI can, and reads parallel calls', async () => {
    const closed = {
      type: 'object',
      properties: { a: { type: 'number' } },
      required: ['a'],
      additionalProperties: false,
    };
    const request = chat({
      tools: {
        tools: [
          { name: 'one', schema: closed, strict: true },
          { name: 'two', description: 'Second', schema: { type: 'object' }, strict: true },
        ],
        choice: { type: 'any' },
        single: true,
      },
      format: { type: 'json-schema', name: 'out', schema: closed },
      reasoning: { type: 'budget', tokens: 5000 },
      temperature: 0.5,
    });
    const call = (index: number, id?: string, name?: string, json = '') =>
      chunk({
        tool_calls: [{ index, ...(id && { id }), function: { ...(name && { name }), arguments: json } }],
      });
    const { body, told } = await asked(request, [
      call(0, 'c0', 'one'),
      call(1, 'c1', 'two', '{"b"'),
      call(0, undefined, undefined, '{"a":1}'),
      call(1, undefined, undefined, ':2}'),
      end('tool_calls'),
      usage,
    ]);
    expect(body).toMatchObject({
      tool_choice: 'required',
      parallel_tool_calls: false,
      reasoning_effort: 'medium',
      temperature: 0.5,
      response_format: { type: 'json_schema', json_schema: { name: 'out', schema: closed, strict: true } },
      tools: [
        { type: 'function', function: { name: 'one', parameters: closed, strict: true } },
        {
          type: 'function',
          function: { name: 'two', description: 'Second', parameters: { type: 'object' } },
        },
      ],
    });
    expect(told).toEqual([
      { type: 'tool-call', part: 0, call: 0, id: 'c0', name: 'one' },
      { type: 'tool-call', part: 1, call: 1, id: 'c1', name: 'two' },
      { type: 'tool-input', part: 1, call: 1, json: '{"b"' },
      { type: 'tool-input', part: 0, call: 0, json: '{"a":1}' },
      { type: 'tool-input', part: 1, call: 1, json: ':2}' },
      { type: 'part-end', part: 0 },
      { type: 'part-end', part: 1 },
      { type: 'stop', reason: 'tool-calls' },
      { type: 'usage', usage: counted },
    ]);
  });

  test('shows reasoning where a server shows it, and names a stop reason that it does not know', async () => {
    const { told } = await asked(chat(), [
      chunk({ reasoning_content: 'Let me ' }),
      chunk({ reasoning: 'see' }),
      chunk({ content: 'Yes' }),
      end('brand_new'),
    ]);
    expect(told).toEqual([
      { type: 'reasoning', part: 0, text: 'Let me ' },
      { type: 'reasoning', part: 0, text: 'see' },
      { type: 'part-end', part: 0 },
      { type: 'text', part: 1, text: 'Yes' },
      { type: 'part-end', part: 1 },
      { type: 'stop', reason: 'unknown', providerReason: 'brand_new' },
    ]);
  });

  test('an answer that is not the JSON asked for fails', async () => {
    const request = chat({ format: { type: 'json' } });
    await expect(asked(request, [chunk({ content: 'no' }), end('stop')])).rejects.toMatchObject({
      code: 'model_failed',
    });
  });

  test.each<[Partial<ChatRequest>, string]>([
    [{ topK: 5 }, 'top_k'],
    [{ stopSequences: ['1', '2', '3', '4', '5'] }, 'stop'],
    [{ serviceTier: 'reserved' }, 'service_tier'],
    [{ turns: [...chat().turns, { role: 'assistant', parts: [{ type: 'text', text: 'I' }] }] }, 'messages'],
    [
      {
        turns: [
          {
            role: 'user',
            parts: [{ type: 'document', format: 'docx', name: 'a.docx', bytes: Buffer.from('x') }],
          },
        ],
      },
      'messages',
    ],
  ])('%j is refused by the caller’s name of it, before anything is asked', (fields, param) => {
    const { made, sent } = provider();
    expect(() => made.prepare(chat(fields), gpt)).toThrow(expect.objectContaining({ param }));
    expect(sent).toEqual([]);
  });
});

const bodyOf = (dialect: typeof openAiChat | typeof openAiResponses, body: Record<string, unknown>) =>
  relaying(dialect as typeof openAiChat, { models: [gpt] }).toChatRequest(body as never, someLimits);

async function relayed(
  dialect: typeof openAiChat | typeof openAiResponses,
  body: Record<string, unknown>,
  answer: Parameters<typeof answering>[0],
) {
  const { made, sent } = provider(answer);
  const prepared = made.prepare(bodyOf(dialect, body), gpt);
  const told: ChatEvent[] = (await Array.fromAsync(prepared.ask({ signal }))).flat();
  const spoken = relaying(dialect as typeof openAiChat, { models: [gpt] });
  const head = { requestId: 'r', answerId: 'a', created: 1, model: 'gpt-6' };
  const stream = spoken.stream(head, body as never);
  const wire = stream.opening() + told.map((event) => stream.next(event)).join('') + stream.closing();
  return { body: sent[0]?.json, path: sent[0]?.path, told, wire, ignored: prepared.ignored, spoken, head };
}

const messages = [{ role: 'user', content: 'Hi' }];

describe('a call in the provider’s own dialect', () => {
  test('passes fields that no other model takes, and what the caller wrote, unchanged', async () => {
    const own = {
      messages,
      seed: 7,
      n: 2,
      logit_bias: { 50256: -100 },
      top_logprobs: 3,
      frequency_penalty: 0.5,
      verbosity: 'low',
      temperature: 1.7,
      max_tokens: 12,
      user: 'ada',
    };
    const { body } = await relayed(
      openAiChat,
      { model: 'gpt-6', stream: true, ...own },
      { events: [end('stop')] },
    );
    expect(body).toEqual({
      ...own,
      model: 'gpt-6-sol',
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  test('gets the provider’s events as they come, without the usage that only we asked for', async () => {
    const events = [
      { id: 'x', ...chunk({ content: 'Hé', refusal: null }, { usage: null }), system_fingerprint: 'fp' },
      { ...end('stop'), usage: null },
      usage,
      '[DONE]',
    ];
    const { wire, told } = await relayed(openAiChat, { model: 'gpt-6', messages, stream: true }, { events });
    expect(wire).toBe(
      `data: {"id":"x","choices":[{"index":0,"delta":{"content":"Hé","refusal":null},"finish_reason":null}],"system_fingerprint":"fp"}\n\n` +
        `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
    );
    expect(told.filter(({ type }) => type === 'usage')).toEqual([{ type: 'usage', usage: counted }]);
  });

  test('gets the usage too where it asked for it', async () => {
    const stream_options = { include_usage: true, include_obfuscation: false };
    const asking = { model: 'gpt-6', messages, stream: true, stream_options };
    const { wire, body } = await relayed(openAiChat, asking, { events: [end('stop'), usage] });
    expect(body?.stream_options).toEqual(stream_options);
    expect(wire).toContain('"prompt_tokens":10');
  });

  test('a whole answer is the provider’s, with its usage metered', async () => {
    const answer = {
      id: 'c',
      choices: [{ message: { content: 'Hi', annotations: [] }, finish_reason: 'stop' }],
      ...{ usage: usage.usage },
    };
    const { told, spoken, head } = await relayed(openAiChat, { model: 'gpt-6', messages }, { body: answer });
    expect(spoken.fold(head, told, { model: 'gpt-6' })).toEqual(answer);
    expect(told).toContainEqual({ type: 'usage', usage: counted });
    expect(told).toContainEqual({ type: 'stop', reason: 'end' });
  });

  test('Responses end with their last event, which waits for the settlement, and nothing is stored', async () => {
    const response = {
      status: 'completed',
      usage: {
        input_tokens: 10,
        output_tokens: 7,
        input_tokens_details: { cached_tokens: 4 },
        output_tokens_details: { reasoning_tokens: 2 },
      },
      service_tier: 'flex',
    };
    const events = [
      { type: 'response.created', response: { status: 'in_progress' } },
      { type: 'response.output_text.delta', delta: 'Hi' },
      { type: 'response.completed', response },
    ];
    const { wire, told, body, path } = await relayed(
      openAiResponses,
      { model: 'gpt-6', input: 'Hi', stream: true, store: true, reasoning: { summary: 'auto' } },
      { events },
    );
    expect(path).toBe('/responses');
    expect(body).toEqual({
      model: 'gpt-6-sol',
      input: 'Hi',
      stream: true,
      store: false,
      reasoning: { summary: 'auto' },
      max_output_tokens: 4096,
    });
    expect(wire).toBe(
      events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
    );
    expect(told.at(-1)).toEqual({ type: 'usage', usage: counted, serviceTier: 'flex' });
    expect(told.find(({ type }) => type === 'relayed')).not.toHaveProperty('last');
    expect(told.filter((event) => event.type === 'relayed').at(-1)).toHaveProperty('last', true);
  });

  test('is clamped to the model’s output, and loses tools that OpenAI would run', async () => {
    const tools = [{ type: 'web_search' }, { type: 'function', name: 'f', parameters: {} }];
    const { body, ignored } = await relayed(
      openAiResponses,
      { model: 'gpt-6', input: 'Hi', max_output_tokens: 9_000_000, tools },
      { body: { status: 'completed', output: [] } },
    );
    expect(body).toMatchObject({ max_output_tokens: 5000, tools: [tools[1]] });
    expect(ignored).toEqual(['max_output_tokens', 'tools[].web_search']);
  });

  test.each([
    [openAiChat, { messages, store: 1, web_search_options: {} }, 'web_search_options'],
    [openAiChat, { messages, service_tier: 'reserved' }, 'service_tier'],
    [openAiChat, { messages, max_tokens: 'many' }, 'max_tokens'],
    [openAiChat, { messages, brand_new: 1 }, 'brand_new'],
    [openAiChat, { messages: [...messages, ...messages, ...messages, ...messages] }, 'messages'],
    [
      openAiChat,
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] },
      'messages.0.content.0.file.file_id',
    ],
    [openAiResponses, { input: 'Hi', previous_response_id: 'resp_1' }, 'previous_response_id'],
    [openAiResponses, { input: 'Hi', background: true }, 'background'],
    [openAiResponses, { input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input.0.type'],
    [openAiResponses, { input: 'Hi', tools: [{ type: 'code_interpreter' }] }, 'tools.0.type'],
  ])('what would use the operator’s account otherwise is refused by name', (dialect, body, param) => {
    const { made } = provider();
    expect(() => made.prepare(bodyOf(dialect, { model: 'gpt-6', ...body }), gpt)).toThrow(
      expect.objectContaining({ param }),
    );
  });
});

describe('a refusal of the provider', () => {
  const refused = async (answer: Parameters<typeof answering>[0], secret = someKey()) => {
    const { made, forgotten } = provider(answer, secret);
    const error: unknown = await Array.fromAsync(made.prepare(chat(), gpt).ask({ signal })).catch(
      (thrown) => thrown,
    );
    if (!(error instanceof DaypassError)) throw error;
    return { error, forgotten };
  };

  test.each([
    [401, { message: 'Incorrect API key provided: sk-oper***tor' }, 'model_failed'],
    [403, { message: 'Country not supported' }, 'model_failed'],
    [404, { code: 'model_not_found' }, 'model_failed'],
    [302, {}, 'model_failed'],
    [408, {}, 'model_timeout'],
    [400, { message: 'Bad image', param: 'messages' }, 'model_refused_request'],
    [400, { code: 'context_length_exceeded' }, 'context_length_exceeded'],
    [413, { message: 'This model’s maximum context length is 8192 tokens' }, 'context_length_exceeded'],
    [429, { code: 'insufficient_quota' }, 'model_overloaded'],
    [500, {}, 'model_failed'],
    [503, {}, 'model_overloaded'],
    [529, {}, 'model_overloaded'],
    [504, {}, 'model_timeout'],
  ])('of status %i with %j is %3$s', async (status, error, code) => {
    const { error: refusal } = await refused({ status, body: { error } });
    expect(refusal.code).toBe(code);
    expect(refusal.message).not.toContain('sk-');
  });

  test('of the operator’s key is forgotten, and its cause tells the operator', async () => {
    const { error, forgotten } = await refused({ status: 401, body: 'nope' });
    expect(forgotten).toEqual(['sk-operator']);
    expect((error.cause as Error).name).toBe('OperatorKeyRefused');
  });

  test('for overload says how long to wait, within bounds', async () => {
    const waiting = async (header?: string) => {
      const { error } = await refused({
        status: 429,
        headers: header === undefined ? {} : { 'retry-after': header },
      });
      return error.headers['retry-after'];
    };
    expect(await Promise.all([waiting('7'), waiting(), waiting('99999'), waiting('soon')])).toEqual([
      '7',
      '5',
      '600',
      '5',
    ]);
  });

  test.each([
    [{ error: { code: 'rate_limit_exceeded', message: 'slow' } }, 'model_overloaded'],
    [{ error: { message: 'The server had an error' } }, 'model_failed'],
    [{ type: 'error', code: 'server_error' }, 'model_failed'],
    [
      { type: 'response.failed', response: { error: { code: 'invalid_prompt', message: 'No' } } },
      'model_refused_request',
    ],
  ])('may come within a stream: %j', async (event, code) => {
    const { error } = await refused({ events: [chunk({ content: 'Hi' }), event] });
    expect(error.code).toBe(code);
  });

  test('what comes, or breaks, behind the terminator changes nothing', async () => {
    const { made } = provider({ events: [chunk({ content: 'Hi' }), end('stop'), '[DONE]', '<html>'] });
    const told = (await Array.fromAsync(made.prepare(chat(), gpt).ask({ signal }))).flat();
    expect(told.at(-1)).toEqual({ type: 'stop', reason: 'end' });
  });

  test('what is no JSON breaks an answer off', async () => {
    expect((await refused({ events: [chunk({ content: 'Hi' }), '<html>'] })).error.code).toBe('model_failed');
  });
});
