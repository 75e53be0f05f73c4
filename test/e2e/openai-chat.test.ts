import { randomUUID } from 'node:crypto';
import { NotFoundError, RateLimitError } from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { toAnswerId } from '../../core/chat/metered-chat.ts';
import { onePage, onePixel, scripted } from './scripted.ts';
import { sdkSuite, weather } from './sdk-suite.ts';

const suite = sdkSuite();

const user = (content: string) => [{ role: 'user' as const, content }];
const script = (...steps: unknown[]) => user(scripted(steps));
const completions = () => suite.caller.openai.chat.completions;
const weatherTool = { type: 'function', function: { name: 'get_weather' } } as const;

/** What Bedrock was sent, as the stand-in got it. */
async function sent(pointer: string, fields: Record<string, unknown>) {
  const body = { model: 'claude-haiku-4-5', messages: script({ echo: pointer }), ...fields };
  const { choices } = await completions().create(body as never);
  return JSON.parse(String(choices[0]?.message.content));
}

describe('an answer', () => {
  suite.billedOnce();

  test('comes whole, with its model, reason and tokens', async () => {
    const { data, response } = await completions()
      .create({ model: 'nova-lite', messages: script({ text: 'Grüße 🌍' }) })
      .withResponse();
    expect(data).toMatchObject({
      id: `chatcmpl-${toAnswerId(response.headers.get('x-request-id') ?? '')}`,
      object: 'chat.completion',
      model: 'nova-lite',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Grüße 🌍' }, finish_reason: 'stop' }],
    });
    expect(response.headers.get('x-daypass-model')).toBe('nova-lite');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(data.usage?.total_tokens).toBe(
      (data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0),
    );
  });

  test('comes in pieces, and the count last, if asked for', async () => {
    const stream = await completions().create({
      model: 'nova-lite',
      messages: script({ text: ['Hel', 'lo'] }),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    // What comes at once is one piece.
    expect(chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('')).toBe('Hello');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: expect.any(Number) } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === undefined)).toBe(true);
  });

  test('is the same whole, streamed, and put together by the SDK', async () => {
    const messages = script(
      { reasoning: 'Hm' },
      { text: 'Let me see.' },
      { toolUse: 'get_weather', input: { city: 'Łódź', days: 2 } },
      { toolUse: 'get_weather', input: { city: '🌍', days: 1 } },
    );
    const tools = [zodFunction({ name: 'get_weather', parameters: weather })];
    const body = { model: 'nova-lite', messages, tools };
    const whole = await completions().create(body);
    const folded = await completions()
      .stream({ ...body, stream_options: { include_usage: true } })
      .finalChatCompletion();
    const parts = ({ choices, usage }: typeof whole) => ({
      content: choices[0]?.message.content,
      calls: choices[0]?.message.tool_calls?.map((it) => it.type === 'function' && it.function.arguments),
      reason: choices[0]?.finish_reason,
      usage,
    });
    expect(parts(folded)).toEqual(parts(whole));
    expect(parts(whole).calls).toHaveLength(2);
  });

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['content_filtered', 'content_filter'],
  ])('that ends with %s finishes with %s', async (stop, reason) => {
    const { choices } = await completions().create({
      model: 'nova-lite',
      messages: script({ text: 'Hi' }, { stop }),
    });
    expect(choices[0]?.finish_reason).toBe(reason);
  });

  test('whose characters are split over frames keeps them', async () => {
    const text = 'é ñ € 日本語 🚀';
    const stream = await completions().create({
      model: 'nova-lite',
      messages: script({ pieceBytes: 1 }, { text }),
      stream: true,
    });
    const chunks = await Array.fromAsync(stream);
    expect(chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('')).toBe(text);
  });

  test('if Bedrock reports no count, gets an estimate, as it is recorded', async () => {
    const { usage } = await completions().create({
      model: 'nova-lite',
      messages: script({ text: 'Twelve chars' }, { usage: null }),
    });
    expect(usage?.completion_tokens).toBe(2);
  });
});

describe('tools', () => {
  suite.billedOnce();

  test.each(['nova-lite', 'claude-haiku-4-5', 'gpt-oss-120b'])(
    'are called once an answer on request: %s',
    async (model) => {
      const messages = user('Please use get_weather in parallel.');
      const tools = [weatherTool];
      const { choices } = await completions().create({ model, messages, tools, parallel_tool_calls: false });
      expect(choices[0]?.message.tool_calls).toHaveLength(1);
      expect(choices[0]?.finish_reason).toBe('tool_calls');
    },
  );

  test.each(['nova-lite', 'claude-haiku-4-5', 'gpt-oss-120b'])(
    'may be gone once they have answered: %s',
    async (model) => {
      const call = {
        id: 'c1',
        type: 'function' as const,
        function: { name: 'get_weather', arguments: '{"city":' },
      };
      const { choices } = await completions().create({
        model,
        messages: [
          ...user('Weather?'),
          { role: 'assistant', content: null, tool_calls: [call] },
          { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
          ...user('Please use get_weather.'),
        ],
      });
      expect(choices[0]?.message.tool_calls).toBeUndefined();
      expect(choices[0]?.finish_reason).toBe('stop');
    },
  );

  test.each(['nova-lite', 'claude-haiku-4-5', 'gpt-oss-120b'])(
    'run until the answer, several at once: %s',
    async (model) => {
      const asked: unknown[] = [];
      const runner = completions().runTools({
        model,
        messages: user('Please use get_weather in parallel.'),
        tools: [
          zodFunction({
            name: 'get_weather',
            description: 'The weather of the next days',
            parameters: weather,
            function: (input) => {
              asked.push(input);
              return { sky: 'blue' };
            },
          }),
        ],
      });
      expect(await runner.finalContent()).toContain('"sky":"blue"');
      expect(asked).toHaveLength(2);
      for (const input of asked) expect(weather.safeParse(input).success).toBe(true);
    },
  );

  test('run on a stream too', async () => {
    const runner = completions().runTools({
      stream: true,
      model: 'nova-lite',
      messages: user('Please use get_weather.'),
      tools: [zodFunction({ name: 'get_weather', parameters: weather, function: () => 'cloudless' })],
    });
    expect(await runner.finalContent()).toContain('cloudless');
  });

  test('are numbered from 0 in a stream, whatever Bedrock’s indexes are', async () => {
    const stream = await completions().create({
      model: 'nova-lite',
      messages: script(
        { text: 'I look.', index: 4 },
        { toolUse: 'get_weather', id: 'a', inputPieces: ['{"city":"x"}'], index: 7 },
        { toolUse: 'get_weather', id: 'b', inputPieces: [''], index: 9 },
      ),
      tools: [weatherTool],
      stream: true,
    });
    const calls = (await Array.fromAsync(stream)).flatMap(
      ({ choices }) => choices[0]?.delta.tool_calls ?? [],
    );
    expect(calls).toEqual([
      { index: 0, id: 'a', type: 'function', function: { name: 'get_weather', arguments: '' } },
      { index: 0, function: { arguments: '{"city":"x"}' } },
      { index: 1, id: 'b', type: 'function', function: { name: 'get_weather', arguments: '' } },
      { index: 1, function: { arguments: '{}' } },
    ]);
  });

  test('are called when they are demanded', async () => {
    for (const tool_choice of ['required', weatherTool] as const) {
      const { choices } = await completions().create({
        model: 'nova-lite',
        messages: user('Hi'),
        tools: [zodFunction({ name: 'get_weather', parameters: weather })],
        tool_choice,
      });
      expect(choices[0]).toMatchObject({
        finish_reason: 'tool_calls',
        message: { content: null, tool_calls: [{ function: { name: 'get_weather' } }] },
      });
    }
  });

  test('one at a time, and none, are told to Claude', async () => {
    const tools = [weatherTool];
    expect(await sent('/additionalModelRequestFields', { tools, parallel_tool_calls: false })).toEqual({
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    });
    expect(await sent('', { tools, tool_choice: 'none' })).not.toHaveProperty('toolConfig');
  });

  test('with an input that is no JSON fail the answer, and it is not charged', async () => {
    const messages = script({ toolUse: 'get_weather', inputPieces: ['{"city'] });
    const failing = completions().create({ model: 'nova-lite', messages, tools: [weatherTool] });
    await expect(failing).rejects.toMatchObject({ status: 502, code: 'model_failed' });
  });
});

describe('JSON', () => {
  suite.billedOnce();

  test.each([
    'nova-lite',
    'claude-haiku-4-5',
    'claude-haiku-5-5',
    'claude-sonnet-5-5',
    'claude-opus-5-5',
    'gpt-oss-120b',
    'llama-3.3-70b',
  ])('keeps to the schema, whole and streamed: %s', async (model) => {
    const body = {
      model,
      messages: user('Plan a trip.'),
      response_format: zodResponseFormat(weather, 'weather'),
    };
    const whole = await completions().parse(body);
    expect(weather.safeParse(whole.choices[0]?.message.parsed).success).toBe(true);
    const streamed = await completions().stream(body).finalChatCompletion();
    expect(weather.safeParse(streamed.choices[0]?.message.parsed).success).toBe(true);
    expect(streamed.choices[0]?.finish_reason).toBe('stop');
  });

  test('of any shape is an object', async () => {
    const { choices } = await completions().create({
      model: 'nova-lite',
      messages: user('Any JSON.'),
      response_format: { type: 'json_object' },
    });
    expect(JSON.parse(String(choices[0]?.message.content))).toEqual(expect.any(Object));
  });

  test('asked for in words may come in a code fence, whose marks are taken off', async () => {
    const messages = script({ text: ['``', '`json\n{"city":"x",', '"days":2}\n`', '``'] });
    const body = {
      model: 'claude-opus-5-5',
      messages,
      response_format: zodResponseFormat(weather, 'weather'),
    };
    const whole = await completions().parse(body);
    expect(whole.choices[0]?.message.parsed).toEqual({ city: 'x', days: 2 });
    const streamed = await completions().stream(body).finalChatCompletion();
    expect(streamed.choices[0]?.message.content).toBe('{"city":"x","days":2}');
  });

  test('that breaks the schema is a failed answer, not a wrong one', async () => {
    const messages = script({ toolUse: 'json_answer', input: { city: 'x', days: 70 } });
    const failing = completions().create({
      model: 'nova-lite',
      messages,
      response_format: zodResponseFormat(weather, 'weather'),
    });
    await expect(failing).rejects.toMatchObject({ status: 502, code: 'model_failed' });
  });
});

describe('what goes with a request', () => {
  suite.billedOnce();

  test('images and documents reach the model', async () => {
    const { choices } = await completions().create({
      model: 'nova-lite',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: `data:image/png;base64,${onePixel}` } },
            { type: 'file', file: { filename: 'Q3 report.pdf', file_data: onePage } },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    });
    expect(choices[0]?.message.content).toContain('An image (png) of 1 × 1 pixels');
    expect(choices[0]?.message.content).toContain('Q3 report');
  });

  test('a wish to think gives thought, and counts it', async () => {
    const { choices, usage } = await completions().create({
      model: 'claude-haiku-4-5',
      messages: user('Think.'),
      reasoning_effort: 'low',
    });
    expect(choices[0]?.message).toMatchObject({ reasoning_content: expect.stringContaining('think') });
    expect(usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0);
  });

  test('a cache point makes the next call cheaper', async () => {
    // What other suites have asked may be in the cache.
    const text = `Read this well: ${randomUUID()}. ${'word '.repeat(5000)}`;
    const ask = () =>
      completions().create({
        model: 'claude-haiku-4-5',
        max_tokens: 5,
        messages: [
          {
            role: 'system',
            content: [{ type: 'text', text, prompt_cache_breakpoint: { mode: 'explicit' } }],
          },
          ...user('Go.'),
        ] as never,
      });
    const [first, second] = [await ask(), await ask()];
    expect(first.usage?.prompt_tokens_details).toMatchObject({ cached_tokens: 0 });
    expect(second.usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(4096);
    expect(second.usage?.prompt_tokens).toBe(first.usage?.prompt_tokens);
  });

  test('names, metadata and service tier are handed on', async () => {
    const body = await sent('', {
      messages: [
        { role: 'developer', content: 'Be kind.' },
        { role: 'user', name: 'Ada', content: scripted([{ echo: '' }]) },
      ],
      metadata: { team: 'blue' },
      user: 'u-1',
      service_tier: 'flex',
      stop: ['END'],
      temperature: 0.5,
      max_completion_tokens: 777,
    });
    expect(body).toMatchObject({
      system: [{ text: 'Be kind.' }],
      messages: [{ role: 'user', content: [{ text: 'Ada:' }, {}] }],
      requestMetadata: { team: 'blue', user: 'u-1' },
      serviceTier: { type: 'flex' },
      inferenceConfig: { maxTokens: 777, temperature: 0.5, stopSequences: ['END'] },
    });
  });

  test('an answer that SDK helpers have parsed can be sent back as it is', async () => {
    const tools = [zodFunction({ name: 'get_weather', parameters: weather })];
    const question = user('Please use get_weather.');
    const first = await completions().parse({ model: 'nova-lite', messages: question, tools });
    const message = first.choices[0]?.message;
    const calls = message?.tool_calls ?? [];
    expect(calls).toHaveLength(1);
    const results = calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'sunny' }));
    const second = await completions().create({
      model: 'nova-lite',
      messages: [...question, message as never, ...results],
      tools,
    });
    expect(second.choices[0]?.message.content).toContain('sunny');
  });
});

describe('a refusal', () => {
  suite.billedOnce();

  test.each([
    ['n', { n: 2 }],
    ['logit_bias', { logit_bias: { 50: 1 } }],
    ['logprobs', { logprobs: true }],
    ['frequency_penalty', { frequency_penalty: 1 }],
    ['audio', { audio: { voice: 'alloy', format: 'wav' } }],
    ['reasoning_effort', { reasoning_effort: 'low' }],
    ['something_new', { something_new: 1 }],
  ])('names %s, which can’t be honoured', async (param, fields) => {
    const refused = completions().create({ model: 'nova-lite', messages: user('Hi'), ...fields } as never);
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'unsupported_parameter', param });
  });

  test('of a picture elsewhere says what to send', async () => {
    const content = [{ type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } }];
    const refused = completions().create({ model: 'nova-lite', messages: [{ role: 'user', content }] });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('data URL'),
    });
  });

  test('of an unknown model names the closest', async () => {
    const refused = completions().create({ model: 'nova-light', messages: user('Hi') });
    await expect(refused).rejects.toBeInstanceOf(NotFoundError);
    await expect(refused).rejects.toMatchObject({
      code: 'model_not_found',
      message: expect.stringContaining("'nova-lite'"),
    });
  });

  test('of a call over the plan is a rate limit with the time of reset', async () => {
    const spent = await suite.newCaller();
    const chat = () => spent.openai.chat.completions.create({ model: 'nova-lite', messages: user('Hi') });
    for (let count = 0; count < 30; count += 1) await chat();
    const refused = chat();
    await expect(refused).rejects.toBeInstanceOf(RateLimitError);
    await expect(refused).rejects.toMatchObject({ code: 'quota_exceeded' });
  });
});

describe('a model that is overloaded', () => {
  suite.billedOnce();
  const busy = { fail: 'ThrottlingException', onlyFor: 'nova-lite' };

  test('is stood in for by its fallback, which the answer names', async () => {
    const { data, response } = await completions()
      .create({ model: 'nova-lite', messages: script(busy, { text: 'Here I am.' }) })
      .withResponse();
    expect(data).toMatchObject({ model: 'nova-micro', choices: [{ message: { content: 'Here I am.' } }] });
    expect(response.headers.get('x-daypass-model')).toBe('nova-micro');
  });

  test('is not stood in for by one that can’t honour the request', async () => {
    const refused = completions().create({
      model: 'nova-lite',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: scripted([busy]) },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${onePixel}` } },
          ],
        },
      ],
    });
    await expect(refused).rejects.toMatchObject({ status: 503, code: 'model_overloaded' });
  });

  test('is not stood in for by another when the request is what it refuses', async () => {
    const messages = script({ fail: 'ValidationException', onlyFor: 'nova-lite' }, { text: 'x' });
    const refused = completions().create({ model: 'nova-lite', messages });
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'model_refused_request' });
  });
});
