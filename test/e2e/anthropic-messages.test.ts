import { randomUUID } from 'node:crypto';
import { type APIError, BadRequestError, NotFoundError, RateLimitError } from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { toAnswerId } from '../../core/chat/metered-chat.ts';
import { onePage, onePixel, scripted } from './scripted.ts';
import { sdkSuite, weather } from './sdk-suite.ts';

const suite = sdkSuite();

const model = 'claude-haiku-4-5';
const user = (content: string) => [{ role: 'user' as const, content }];
const script = (...steps: unknown[]) => user(scripted(steps));
const messages = () => suite.caller.anthropic.messages;
const weatherTool = { name: 'get_weather', input_schema: { type: 'object' as const } };
const textOf = ({ content }: { content: { type: string; text?: string }[] }) =>
  content.map(({ text = '' }) => text).join('');

/** What Bedrock was sent, as the stand-in got it. */
async function sent(pointer: string, fields: Record<string, unknown>) {
  const body = { model, max_tokens: 3000, messages: script({ echo: pointer }), ...fields };
  return JSON.parse(textOf((await messages().create(body as never)) as never));
}

describe('an answer', () => {
  suite.billedOnce();
  const everyBlock = [
    { reasoning: 'Hm' },
    { redacted: 'AQID' },
    { text: 'Grüße 🌍' },
    { toolUse: 'get_weather', id: 'call-1', input: { city: 'Łódź' } },
    { toolUse: 'get_weather', id: 'call-2', inputPieces: [''] },
  ];

  test('has every block in its place, whole and put together by the SDK', async () => {
    const body = { model, max_tokens: 500, messages: script(...everyBlock), tools: [weatherTool] };
    const { data: whole, request_id } = await messages().create(body).withResponse();
    expect(whole).toMatchObject({
      id: `msg_${toAnswerId(request_id ?? '')}`,
      type: 'message',
      role: 'assistant',
      model,
      stop_reason: 'tool_use',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: expect.stringMatching(/\S/) },
        { type: 'redacted_thinking', data: 'AQID' },
        { type: 'text', text: 'Grüße 🌍' },
        { type: 'tool_use', id: 'call-1', name: 'get_weather', input: { city: 'Łódź' } },
        { type: 'tool_use', id: 'call-2', name: 'get_weather', input: {} },
      ],
    });
    const { id: _id, parsed_output: _, ...folded } = await messages().stream(body).finalMessage();
    const { id: _other, ...expected } = whole;
    expect(JSON.parse(JSON.stringify(folded))).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test('streams its events in Anthropic’s order', async () => {
    const stream = await messages().create({
      model,
      max_tokens: 500,
      messages: script({ reasoning: 'Hm' }, { text: 'Hi' }),
      stream: true,
    });
    const events = await Array.fromAsync(stream);
    expect(
      events.map((event) =>
        event.type === 'content_block_delta' ? `${event.index} ${event.delta.type}` : event.type,
      ),
    ).toEqual([
      'message_start',
      'content_block_start',
      '0 thinking_delta',
      '0 signature_delta',
      'content_block_stop',
      'content_block_start',
      '1 text_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events.at(-2)).toMatchObject({ usage: { input_tokens: expect.any(Number) } });
  });

  test.each([
    ['end_turn', 'end_turn'],
    ['stop_sequence', 'stop_sequence'],
    ['max_tokens', 'max_tokens'],
    ['content_filtered', 'refusal'],
    ['model_context_window_exceeded', 'model_context_window_exceeded'],
  ])('that ends with %s stops for %s', async (stop, reason) => {
    const answer = await messages().create({
      model,
      max_tokens: 500,
      messages: script({ text: 'Hi' }, { stop }),
    });
    expect(answer.stop_reason).toBe(reason);
  });

  test('tells which sequence it met', async () => {
    const answer = await messages().create({
      model,
      max_tokens: 500,
      messages: user('Hi'),
      stop_sequences: ['never', 'stand-in'],
    });
    expect(answer).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'stand-in' });
  });

  test('whose characters are split over frames keeps them', async () => {
    const text = 'é ñ € 日本語 🚀';
    const stream = messages().stream({
      model,
      max_tokens: 99,
      messages: script({ pieceBytes: 1 }, { text }),
    });
    expect(await stream.finalText()).toBe(text);
  });
});

describe('tools', () => {
  suite.billedOnce();

  test.each([false, true])('run until the answer, several at once; streamed: %s', async (stream) => {
    const asked: unknown[] = [];
    const runner = suite.caller.anthropic.beta.messages.toolRunner({
      model,
      max_tokens: 1000,
      stream,
      messages: user('Please use get_weather in parallel.'),
      tools: [
        betaZodTool({
          name: 'get_weather',
          description: 'The weather of the next days',
          inputSchema: weather,
          run: async (input) => {
            asked.push(input);
            return 'cloudless';
          },
        }),
      ],
    });
    expect(textOf((await runner.runUntilDone()) as never)).toContain('cloudless');
    expect(asked).toHaveLength(2);
  });

  test('with their choice are told to Claude', async () => {
    const tools = [{ ...weatherTool, cache_control: { type: 'ephemeral' } }];
    expect(
      await sent('', { tools, tool_choice: { type: 'auto', disable_parallel_tool_use: true } }),
    ).toMatchObject({
      toolConfig: { tools: [{ toolSpec: { name: 'get_weather' } }, { cachePoint: { type: 'default' } }] },
      additionalModelRequestFields: { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    });
    expect(await sent('', { tools, tool_choice: { type: 'none' } })).not.toHaveProperty('toolConfig');
    const forced = await messages().create({
      model,
      max_tokens: 99,
      messages: user('Hi'),
      tools: [weatherTool],
      tool_choice: { type: 'tool', name: 'get_weather' },
    });
    expect(forced.stop_reason).toBe('tool_use');
  });

  test('give back texts and pictures, and failures', async () => {
    const asked = [
      ...user('Look.'),
      {
        role: 'assistant' as const,
        content: [
          { type: 'tool_use' as const, id: 'a', name: 'get_weather', input: {} },
          { type: 'tool_use' as const, id: 'b', name: 'get_weather', input: {} },
        ],
      },
    ];
    const picture = { type: 'base64' as const, media_type: 'image/png' as const, data: onePixel };
    const [, , answered] = await sent('/messages', {
      tools: [weatherTool],
      messages: [
        ...asked,
        {
          role: 'user',
          content: [
            { type: 'text', text: scripted([{ echo: '/messages' }]) },
            { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'image', source: picture }] },
            { type: 'tool_result', tool_use_id: 'b', content: 'no such city', is_error: true },
          ],
        },
      ],
    });
    expect(answered.content).toMatchObject([
      { toolResult: { toolUseId: 'a', status: 'success', content: [{ image: { format: 'png' } }] } },
      { toolResult: { toolUseId: 'b', status: 'error', content: [{ text: 'no such city' }] } },
      { text: expect.any(String) },
    ]);
  });
});

describe('thinking', () => {
  suite.billedOnce();
  const thinking = { type: 'enabled' as const, budget_tokens: 1024 };

  test('goes back with its signature, through tools to the answer', async () => {
    const body = { model, max_tokens: 3000, thinking, tools: [weatherTool] };
    const first = await messages().create({ ...body, messages: user('Please use get_weather.') });
    expect(first.content.map(({ type }) => type)).toEqual(['thinking', 'tool_use']);
    const call = first.content.find((block) => block.type === 'tool_use');
    const second = await messages().create({
      ...body,
      messages: [
        ...user('Please use get_weather.'),
        { role: 'assistant', content: first.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'sun' }] },
      ],
    });
    expect(second.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
  });

  test('that is not to be shown has no text, streamed too, and goes back to the model as it was', async () => {
    const body = {
      model,
      max_tokens: 3000,
      thinking: { ...thinking, display: 'omitted' as const },
      tools: [weatherTool],
    };
    const steps = script({ reasoning: 'Grüße, as I think' }, { toolUse: 'get_weather', id: 'a', input: {} });
    for (const first of [
      await messages().create({ ...body, messages: steps }),
      await messages()
        .stream({ ...body, messages: steps })
        .finalMessage(),
    ]) {
      expect(first.content).toMatchObject([
        { type: 'thinking', thinking: '', signature: expect.stringMatching(/./) },
        { type: 'tool_use', id: 'a' },
      ]);
      const result = { type: 'tool_result' as const, tool_use_id: 'a', content: 'sun' };
      const [, said] = await sent('/messages', {
        ...body,
        messages: [
          ...user('Weather?'),
          { role: 'assistant', content: first.content },
          { role: 'user', content: [result, { type: 'text', text: scripted([{ echo: '/messages' }]) }] },
        ],
      });
      const [{ reasoningContent }] = said.content;
      expect(reasoningContent.reasoningText.text).toBe('Grüße, as I think');
    }
  });

  test('that was left out before a tool’s result is missed by name', async () => {
    const refused = messages().create({
      model,
      max_tokens: 3000,
      thinking,
      tools: [weatherTool],
      messages: [
        ...user('Hi'),
        { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'get_weather', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'sun' }] },
      ],
    });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('must begin with its thinking block'),
    });
  });

  test.each([
    ['claude-haiku-4-5', { thinking }, { thinking }],
    ['claude-sonnet-4-6', { thinking }, { thinking }],
    ['claude-sonnet-4-6', { thinking: { type: 'adaptive' } }, { thinking: { type: 'adaptive' } }],
    ['claude-haiku-5-5', { thinking: { type: 'disabled' } }, { thinking: { type: 'disabled' } }],
    ['claude-sonnet-5-5', { thinking: { type: 'between_tools' } }, { thinking: { type: 'between_tools' } }],
  ])('of %s is told in its words: %j', async (name, fields, expected) => {
    expect(await sent('/additionalModelRequestFields', { ...fields, model: name })).toEqual(expected);
  });

  test.each([
    ['claude-haiku-5-5', thinking],
    ['claude-opus-5-5', { type: 'disabled' as const }],
    ['claude-opus-5-5', { type: 'between_tools' as const }],
    ['nova-lite', thinking],
  ])('that %s can’t do is refused by name: %j', async (name, wish) => {
    const refused = messages().create({
      model: name,
      max_tokens: 3000,
      thinking: wish,
      messages: user('Hi'),
    });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(`'${name}'`),
    });
  });
});

describe('what goes with a request', () => {
  suite.billedOnce();

  test('JSON keeps to its schema, whole and streamed', async () => {
    const body = {
      model,
      max_tokens: 500,
      messages: user('Plan a trip.'),
      output_config: { format: zodOutputFormat(weather) },
    };
    for (const answer of [await messages().parse(body), await messages().stream(body).finalMessage()]) {
      expect(weather.safeParse(answer.parsed_output).success).toBe(true);
    }
  });

  test('images and documents reach the model', async () => {
    const answer = await messages().create({
      model,
      max_tokens: 500,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: onePixel } },
            {
              type: 'document',
              title: 'Q3 report',
              source: { type: 'base64', media_type: 'application/pdf', data: onePage },
            },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Plain words' } },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    });
    expect(textOf(answer as never)).toContain('An image (png) of 1 × 1 pixels');
    expect(textOf(answer as never)).toContain('Q3 report');
    expect(textOf(answer as never)).toContain('Plain words');
  });

  test('a cache point makes the next call cheaper', async () => {
    // What other suites have asked may be in the cache.
    const text = `Read this well: ${randomUUID()}. ${'word '.repeat(5000)}`;
    const ask = () =>
      messages().create({
        model,
        max_tokens: 5,
        system: [{ type: 'text', text, cache_control: { type: 'ephemeral', ttl: '1h' } }],
        messages: user('Go.'),
      });
    const [first, second] = [await ask(), await ask()];
    expect(first.usage.cache_creation_input_tokens).toBeGreaterThan(4096);
    expect(second.usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens);
  });

  test('an hour in the cache costs twice the input, five minutes a quarter more', async () => {
    const text = (life: string) => `Keep this for ${life}: ${randomUUID()}. ${'word '.repeat(5000)}`;
    const asked = await suite.newCaller();
    const { usage } = await asked.anthropic.messages.create({
      model,
      max_tokens: 5,
      system: [
        { type: 'text', text: text('an hour'), cache_control: { type: 'ephemeral', ttl: '1h' } },
        { type: 'text', text: text('minutes'), cache_control: { type: 'ephemeral' } },
      ],
      messages: user('Go.'),
    });
    const written = usage.cache_creation_input_tokens ?? 0;
    const { row } = await suite.recorded(asked);
    // In millionths of a dollar, by the prices of daypass.yml; both texts have the same length.
    const cost = usage.input_tokens + 5 * usage.output_tokens + (written / 2) * (2 + 1.25);
    expect(row.cost).toBeCloseTo(cost / 1e6, 9);
  });

  test('parameters, the caller’s id and headers of versions are taken', async () => {
    const body = await sent('', {
      system: 'Be kind.',
      temperature: 0.5,
      top_k: 5,
      stop_sequences: ['END'],
      metadata: { user_id: 'ünï-1' },
    });
    expect(body).toMatchObject({
      system: [{ text: 'Be kind.' }],
      inferenceConfig: { maxTokens: 3000, temperature: 0.5, stopSequences: ['END'] },
      additionalModelRequestFields: { top_k: 5 },
      requestMetadata: { user_id: '_n_-1' },
    });
    const beta = await messages().create(
      { model, max_tokens: 5, messages: user('Hi') },
      { headers: { 'anthropic-beta': 'context-1m-2025-08-07', 'anthropic-version': '2099-01-01' } },
    );
    expect(beta.type).toBe('message');
  });

  test('a call with the key as a bearer is the same', async () => {
    const response = await fetch(`${suite.runtime.edge}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${suite.caller.key.key}` },
      body: JSON.stringify({ model, max_tokens: 5, messages: user('Hi') }),
    });
    expect(response.status).toBe(200);
    await messages().create({ model, max_tokens: 5, messages: user('Hi') });
    const { used } = await suite.recorded();
    expect(used).toBe(suite.caller.answered() + 1);
    await suite.renewCaller();
  });
});

describe('counting tokens', () => {
  beforeAll(() => suite.renewCaller());

  test('gives what the answer then uses, and is not charged', async () => {
    const asked = { model, system: 'Be kind.', messages: user('How many words?'), tools: [weatherTool] };
    const { input_tokens } = await messages().countTokens(asked);
    expect((await suite.recorded()).used).toBe(0);
    const answer = await messages().create({ ...asked, max_tokens: 5 });
    expect(answer.usage.input_tokens).toBe(input_tokens);
  });

  test('for a model that Bedrock can’t count for is refused by name', async () => {
    const refused = messages().countTokens({ model: 'nova-lite', messages: user('Hi') });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("Tokens can't be counted for 'nova-lite'"),
    });
  });

  test('takes a key that works', async () => {
    const stranger = await suite.newCaller();
    const count = () => stranger.anthropic.messages.countTokens({ model, messages: user('Hi') });
    expect((await count()).input_tokens).toBeGreaterThan(0);
    await fetch(`${suite.runtime.edge}/v1/api-keys/${stranger.key.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${stranger.person.token}` },
    });
    await expect(count()).rejects.toMatchObject({ status: 401 });
  });
});

test('the fields that Claude Code sends by default are taken, and those without effect are named', async () => {
  const { data, response } = await messages()
    .create({
      model,
      stream: true,
      // More than the model gives.
      max_tokens: 128_000,
      temperature: 1,
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: 'Hi', output_config: { effort: 'low' } }],
      tools: [{ ...weatherTool, defer_loading: true }],
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      metadata: { user_id: `{"device_id":"${'é'.repeat(300)}"}` },
    } as never)
    .withResponse();
  await Array.fromAsync(data as unknown as AsyncIterable<unknown>);
  expect(response.headers.get('x-daypass-ignored')).toBe(
    'messages[].output_config, tools[].defer_loading, context_management, max_tokens',
  );
});

test('the SDK lists the models in its own shape', async () => {
  const { models } = suite.caller.anthropic;
  const listed = await Array.fromAsync(models.list());
  expect(listed.map(({ id }) => id)).toContain(model);
  expect(listed.map(({ type }) => type)).not.toContain(undefined);
  const one = await models.retrieve(model);
  expect(one).toEqual(listed.find(({ id }) => id === model));
  expect(new Date(one.created_at).getTime()).not.toBeNaN();
});

describe('a refusal', () => {
  suite.billedOnce();
  const ask = (fields: Record<string, unknown>) =>
    messages().create({
      model,
      max_tokens: 99,
      messages: user('Hi'),
      ...fields,
    } as never) as Promise<unknown>;

  test.each([
    ['container', { container: 'c' }],
    ['mcp_servers', { mcp_servers: [] }],
    ['speed', { speed: 'fast' }],
    ['tools.0.type', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['top_p', { temperature: 0.5, top_p: 0.5 }],
  ])('names %s, in Anthropic’s shape', async (field, fields) => {
    const error = await ask(fields).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect((error as APIError).error).toEqual({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: expect.stringContaining(field),
        docs: expect.stringMatching(/^\/docs#error-[a-z_]+$/),
      },
      request_id: (error as APIError).requestID,
    });
  });

  test('has the SDK’s class for each status', async () => {
    await expect(ask({ model: 'claude-haiku' })).rejects.toBeInstanceOf(NotFoundError);
    await expect(ask({ model: 'claude-haiku' })).rejects.toMatchObject({
      type: 'not_found_error',
      message: expect.stringContaining("'claude-haiku-4-5'"),
    });
    const busy = ask({ model: 'gpt-oss-20b', messages: script({ fail: 'ThrottlingException' }) });
    await expect(busy).rejects.toMatchObject({ status: 503, type: 'overloaded_error' });
    const slow = ask({ messages: script({ fail: 'ModelTimeoutException' }) });
    await expect(slow).rejects.toMatchObject({ status: 504, type: 'timeout_error' });
    const large = ask({ messages: user('x'.repeat(1_100_000)) });
    await expect(large).rejects.toMatchObject({ status: 413, type: 'request_too_large' });
  });

  test('of a call over the plan is a rate limit', async () => {
    const spent = await suite.newCaller();
    const chat = () => spent.anthropic.messages.create({ model, max_tokens: 5, messages: user('Hi') });
    for (let count = 0; count < 30; count += 1) await chat();
    await expect(chat()).rejects.toBeInstanceOf(RateLimitError);
  });

  test('by API Gateway itself can be read as Anthropic’s', async () => {
    const { anthropic } = suite.caller;
    const stranger = anthropic.withOptions({ apiKey: `dpk${'A'.repeat(38)}` });
    const refused = stranger.messages.create({ model, max_tokens: 5, messages: user('Hi') });
    await expect(refused).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
      error: { type: 'error', error: { type: 'authentication_error' }, request_id: expect.any(String) },
    });
  });
});
