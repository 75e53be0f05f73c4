import { type ErrorCode, errorDocs } from '../../core/errors.ts';
import { until } from '../local/aws/bedrock/start-bedrock.ts';
import { scripted } from './scripted.ts';
import type { SdkCaller } from './sdk-caller.ts';
import { sdkSuite } from './sdk-suite.ts';

/** What goes wrong at Bedrock, told in each route’s own shape, to the official clients. */
const suite = sdkSuite();

// No fallback stands in for it.
const model = 'nova-micro';

interface Route {
  path: string;
  body(text: string): Record<string, unknown>;
  /** Reads a stream to its end with the SDK, and gives the text that came. */
  read(caller: SdkCaller, text: string): Promise<{ said: string; error: unknown }>;
  /** The last frame of a stream that broke off. */
  lastFrame(code: ErrorCode, requestId: string): unknown;
  terminator: RegExp;
  /** A whole answer, and a frame of a streamed one, that may not be whole. */
  cutShort: { whole: object; frame: object };
}

/** Anthropic’s names of what may break an answer. */
const anthropicTypes: Partial<Record<ErrorCode, string>> = {
  model_overloaded: 'overloaded_error',
  model_failed: 'api_error',
  model_refused_request: 'invalid_request_error',
  model_timeout: 'timeout_error',
};
const message = expect.stringMatching(/\w.*\./);

async function gather(parts: AsyncIterable<unknown>, textOf: (part: never) => string | undefined) {
  let said = '';
  try {
    for await (const part of parts) said += textOf(part as never) ?? '';
  } catch (error) {
    return { said, error };
  }
  return { said, error: undefined };
}

const routes: Record<string, Route> = {
  'chat completions': {
    path: '/v1/chat/completions',
    body: (content) => ({ model, messages: [{ role: 'user', content }] }),
    async read({ openai }, content) {
      const messages = [{ role: 'user' as const, content }];
      const stream = await openai.chat.completions.create({ model, messages, stream: true });
      return gather(
        stream,
        (chunk: { choices: { delta: { content?: string } }[] }) => chunk.choices[0]?.delta.content,
      );
    },
    lastFrame: (code) => ({
      error: { message, type: expect.any(String), code, param: null, docs: errorDocs(code) },
    }),
    terminator: /data: \[DONE\]\n\n$/,
    cutShort: {
      whole: { choices: [{ message: { content: 'Once' }, finish_reason: 'length' }] },
      frame: { choices: [expect.objectContaining({ finish_reason: 'length' })] },
    },
  },
  messages: {
    path: '/v1/messages',
    body: (content) => ({ model, max_tokens: 500, messages: [{ role: 'user', content }] }),
    async read({ anthropic }, content) {
      const messages = [{ role: 'user' as const, content }];
      const stream = await anthropic.messages.create({ model, max_tokens: 500, messages, stream: true });
      return gather(stream, (event: { delta?: { text?: string } }) => event.delta?.text);
    },
    lastFrame: (code, request_id) => ({
      type: 'error',
      error: { type: anthropicTypes[code], message, docs: errorDocs(code) },
      request_id,
    }),
    terminator: /event: message_stop\n.*\n\n$/,
    cutShort: {
      whole: { content: [{ text: 'Once' }], stop_reason: 'max_tokens' },
      frame: { type: 'message_delta', delta: expect.objectContaining({ stop_reason: 'max_tokens' }) },
    },
  },
  responses: {
    path: '/v1/responses',
    body: (input) => ({ model, input }),
    async read({ openai }, input) {
      const stream = await openai.responses.create({ model, input, stream: true });
      return gather(stream, (event: { delta?: string }) => event.delta);
    },
    lastFrame: (code) => ({
      type: 'error',
      code,
      message,
      param: null,
      sequence_number: expect.any(Number),
    }),
    terminator: /event: response\.completed\n.*\n\n$/,
    cutShort: {
      whole: {
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [{ status: 'incomplete', content: [{ text: 'Once' }] }],
      },
      frame: {
        type: 'response.incomplete',
        response: expect.objectContaining({
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
        }),
      },
    },
  },
};

/** Exceptions that may break a stream, cut and damaged connections, and streams that end too early. */
const troubles: [what: string, trouble: object, code: ErrorCode][] = [
  ['throttlingException', { exception: 'throttlingException' }, 'model_overloaded'],
  ['serviceUnavailableException', { exception: 'serviceUnavailableException' }, 'model_overloaded'],
  ['modelStreamErrorException', { exception: 'modelStreamErrorException' }, 'model_failed'],
  ['internalServerException', { exception: 'internalServerException' }, 'model_failed'],
  ['validationException', { exception: 'validationException' }, 'model_refused_request'],
  ['a cut connection', { cut: true }, 'model_failed'],
  ['a frame with a wrong checksum', { flaw: 'corrupt' }, 'model_failed'],
  ['half a frame', { flaw: 'truncated' }, 'model_failed'],
  ['an end without a stop', { stop: false }, 'model_failed'],
];

async function raw(path: string, body: object) {
  const response = await fetch(`${suite.runtime.edge}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': suite.caller.key.key },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
    text: await response.text(),
  };
}

const framesOf = (text: string) =>
  text
    .split('\n\n')
    .flatMap((frame) => /^data: (\{.*)$/m.exec(frame)?.[1] ?? [])
    .map((data) => JSON.parse(data));

describe.each(Object.entries(routes))('%s', (_name, route) => {
  beforeAll(() => suite.renewCaller());

  test.each(troubles)('%s in the middle is one error, in the route’s shape', async (_what, trouble, code) => {
    // Without a stop, an answer ends only after everything was said.
    const after = 'stop' in trouble ? [] : [{ text: 'a time' }];
    const steps = scripted([{ text: ['Once ', 'upon '] }, trouble, ...after]);
    const { status, requestId, text } = await raw(route.path, { ...route.body(steps), stream: true });
    expect(status).toBe(200);
    expect(text).not.toMatch(route.terminator);
    const frames = framesOf(text);
    expect(frames.at(-1)).toEqual(route.lastFrame(code, requestId));
    expect(frames.filter((frame) => 'error' in frame || frame.type === 'error')).toHaveLength(1);
    expect(text).not.toContain('a time');
  });

  test('a stop reason nobody knows is never told as a whole answer, and is logged', async () => {
    const logged = () => suite.runtime.output().split('unknown stop reason').length - 1;
    const before = logged();
    const stop = { event: 'messageStop', payload: { stopReason: 'brand_new_reason' } };
    const body = route.body(scripted([{ text: 'Once' }, stop, { stop: false }]));
    const whole = await raw(route.path, body);
    expect(whole.status).toBe(200);
    expect(JSON.parse(whole.text)).toMatchObject(route.cutShort.whole);
    const { text } = await raw(route.path, { ...body, stream: true });
    expect(framesOf(text)).toContainEqual(expect.objectContaining(route.cutShort.frame));
    await until(() => logged() === before + 2);
  });

  test('the SDK raises it, after what was said before', async () => {
    const before = await suite.recorded();
    const steps = scripted([{ text: ['Once ', 'upon '] }, { exception: 'throttlingException' }]);
    const { said, error } = await route.read(suite.caller, steps);
    expect(said).toBe('Once upon ');
    expect(error).toMatchObject({ message: expect.stringContaining('overloaded') });
    const { used } = await suite.recorded();
    expect(used).toBe(before.used + 1);
  });

  test.each(troubles.slice(0, -1))(
    '%s before anything was said is a status, and free',
    async (_what, trouble) => {
      const before = await suite.recorded();
      for (const stream of [true, false]) {
        const { status } = await raw(route.path, { ...route.body(scripted([trouble])), stream });
        expect(status).toBeGreaterThanOrEqual(400);
      }
      expect(await suite.recorded()).toEqual(before);
    },
  );

  test.each(troubles)('%s fails a whole answer, and is free', async (_what, trouble, code) => {
    const before = await suite.recorded();
    const steps = scripted([{ text: 'Once ' }, trouble, { text: 'a time' }]);
    const { status, text } = await raw(route.path, route.body(steps));
    expect(status).toBeGreaterThanOrEqual(400);
    const { error } = JSON.parse(text);
    expect(error.code ?? error.type).toBe(error.code === undefined ? anthropicTypes[code] : code);
    expect(await suite.recorded()).toEqual(before);
  });
});

test('a long silence is filled with comments on every route, and the answer still comes whole', async () => {
  await suite.renewCaller();
  const steps = scripted([{ text: 'Once ' }, { wait: 17_000 }, { text: 'upon a time' }]);
  // All at once: each of them is waited for.
  const told = await Promise.all(
    Object.values(routes).map(async (route) => {
      const [{ text }, { said, error }] = await Promise.all([
        raw(route.path, { ...route.body(steps), stream: true }),
        route.read(suite.caller, steps),
      ]);
      const isWhole = route.terminator.test(text);
      return { path: route.path, isFilled: text.includes(': keep-alive\n\n'), isWhole, said, error };
    }),
  );
  expect(told).toEqual(
    Object.values(routes).map(({ path }) => ({
      ...{ path, isFilled: true, isWhole: true },
      ...{ said: 'Once upon a time', error: undefined },
    })),
  );
}, 60_000);

test('a model that fails is told by status and, where it helps, when to come back', async () => {
  await suite.renewCaller();
  const { body, path } = routes['chat completions'] as Route;
  for (const [fail, status] of [
    ['ThrottlingException', 503],
    ['ModelNotReadyException', 503],
    ['ServiceUnavailableException', 503],
    ['ModelTimeoutException', 504],
    ['ModelErrorException', 502],
    ['InternalServerException', 502],
    ['AccessDeniedException', 502],
    ['ResourceNotFoundException', 502],
    ['ValidationException', 400],
  ] as const) {
    const answer = await fetch(`${suite.runtime.edge}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': suite.caller.key.key },
      body: JSON.stringify(body(scripted([{ fail }]))),
    });
    await answer.text();
    expect([fail, answer.status, answer.headers.get('retry-after')]).toEqual([
      fail,
      status,
      status === 503 ? '5' : null,
    ]);
  }
  expect((await suite.recorded()).used).toBe(0);
});
