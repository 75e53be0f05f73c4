import type { ChatRequest } from '../../../core/chat/chat.ts';
import { type ChatPorts, openMeteredChat } from '../../../core/chat/metered-chat.ts';
import type { UnknownStop } from '../../../core/chat/settle-at-end.ts';
import { DaypassError } from '../../../core/errors.ts';
import type { Charge, ChargeResult, LoggedRefusal, Settlement } from '../../../core/metering/ports.ts';
import type { ConverseEvent } from '../../../core/providers/bedrock/converse-shapes.ts';
import { type ConverseStream, createBedrockProvider } from '../../../core/providers/bedrock/provider.ts';
import { quietFence, quietFenceLifts, someFence } from '../metering/fence-fixture.ts';
import { fieldNames, someLimits, someModel } from './model-fixture.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const charge: Charge = {
  meterId: 'k1',
  chargeId: 'c1',
  requestId: 'r1',
  chargedAt: now,
  userId: 'ada',
  keyId: 'key_1',
  plan: '10-per-day',
  models: undefined,
  standing: { limit: 10, remaining: 7, resetsAt: Date.parse('2026-11-23T00:00:00Z') },
  windowIds: ['day-2026-11-22'],
  fence: someFence,
  leftovers: { windowIds: [], chargeIds: [] },
};
const answer: ConverseEvent[] = [
  { contentBlockDelta: { delta: { text: 'Hello' } } },
  { contentBlockDelta: { delta: { text: ' you' } } },
  { messageStop: { stopReason: 'end_turn' } },
  { metadata: { usage: { inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 10 } } },
];
const request: ChatRequest = {
  model: 'nova-lite',
  system: [{ type: 'text', text: 'Be brief.' }],
  turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi there' }] }],
  stopSequences: [],
  fieldNames,
};
const call = {
  streamed: true,
  apiKeyId: 'k1',
  requestId: 'r1',
  route: '/v1/chat/completions',
  patience: new Promise<void>(() => {}),
};

const asking = (converse: ConverseStream) => ({ bedrock: createBedrockProvider(converse, someLimits) });

/** @param events what the model says; an Error among them is thrown at its place */
function world(
  events: (ConverseEvent | Error)[] = answer,
  result: ChargeResult = { outcome: 'charged', charge },
) {
  const recorded: {
    settled: Settlement[];
    refunded: string[];
    reasons: (string | undefined)[];
    refused: string[];
    codes: (string | undefined)[];
    logged: LoggedRefusal[];
    unknownStops: UnknownStop[];
    opened: number;
    aborted: boolean;
  } = {
    settled: [],
    refunded: [],
    reasons: [],
    refused: [],
    codes: [],
    logged: [],
    unknownStops: [],
    opened: 0,
    aborted: false,
  };
  const converse: ConverseStream = async (_request, signal) => {
    recorded.opened += 1;
    signal.addEventListener('abort', () => {
      recorded.aborted = true;
    });
    return (async function* () {
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield [event];
      }
    })();
  };
  const ports: ChatPorts = {
    ...quietFence,
    meter: {
      ...quietFenceLifts,
      charge: async () => result,
      countUncharged: async ({ isFull }) => {
        if (isFull) recorded.refused.push('key_1');
        return { ...someFence, userId: 'ada', keyId: 'key_1' };
      },
      refund: async ({ chargeId }, _model, reason, code) => {
        recorded.refunded.push(chargeId);
        recorded.reasons.push(reason);
        recorded.codes.push(code);
      },
      settle: async (settlement) => void recorded.settled.push(settlement),
    },
    refusals: { add: async (refusal) => void recorded.logged.push(refusal) },
    providers: asking(converse),
    clock: { now: () => now },
    catalog: { models: [someModel()], embeddingModels: [], chat: someLimits },
    onUnknownStop: (stop) => void recorded.unknownStops.push(stop),
    onMeterFailed: () => {
      throw new Error('the meter must not fail here');
    },
  };
  return { ports, recorded, converse };
}

test('a whole answer is charged once and settled once with the provider’s counts and the price', async () => {
  const { ports, recorded } = world();
  const chat = await openMeteredChat(ports, call, request);
  const events = (await Array.fromAsync(chat.events)).flat();
  expect(events.map((event) => event.type)).toEqual(['text', 'text', 'part-end', 'stop', 'usage']);
  expect(recorded.settled).toHaveLength(1);
  expect(recorded.settled[0]).toMatchObject({
    usage: { input: 5, output: 2, cachedInput: 10, cacheWriteInput: 0, cacheWriteHourInput: 0, reasoning: 0 },
    model: 'nova-lite',
    mark: 'metered',
    msToFirstToken: 0,
    code: undefined,
    // 5 × 3 + 2 × 15 + 10 × 0.3 millionths of a dollar
    costNanoDollars: 48_000,
  });
  expect(recorded.refunded).toEqual([]);
});

test('an unknown stop reason is reported once in the provider’s word, and the call is settled', async () => {
  const events = answer.map((event) =>
    event.messageStop === undefined ? event : { messageStop: { stopReason: 'brand_new_reason' } },
  );
  const { ports, recorded } = world(events);
  const chat = await openMeteredChat(ports, call, request);
  expect((await Array.fromAsync(chat.events)).flat().find(({ type }) => type === 'stop')).toMatchObject({
    reason: 'unknown',
  });
  expect(recorded.unknownStops).toEqual([
    { requestId: 'r1', model: 'nova-lite', provider: 'bedrock', stopReason: 'brand_new_reason' },
  ]);
  expect(recorded.settled).toHaveLength(1);
});

test('the headers give what is left after this call', async () => {
  const { ports } = world();
  const chat = await openMeteredChat(ports, call, request);
  expect(chat.headers).toEqual({
    'x-ratelimit-limit-requests': '10',
    'x-ratelimit-remaining-requests': '7',
    'x-ratelimit-reset-requests': '50400s',
    'x-daypass-model': 'nova-lite',
  });
});

test('a call past the full day is refused with the real reset, without asking the model, and counted as refused', async () => {
  const standing = { ...charge.standing, remaining: 0 };
  const { ports, recorded } = world(answer, {
    outcome: 'exceeded',
    unit: 'requests',
    window: 'day',
    standing,
    day: standing,
    userId: 'ada',
    keyId: 'key_1',
  });
  await expect(openMeteredChat(ports, call, request)).rejects.toMatchObject({
    code: 'quota_exceeded',
    status: 429,
    message: expect.stringContaining('all 10 requests of this day'),
    headers: {
      'retry-after': '50400',
      'x-should-retry': 'false',
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '50400s',
    },
  });
  expect(recorded).toMatchObject({ opened: 0, refused: ['key_1'], settled: [] });
  expect(recorded.logged).toEqual([
    {
      userId: 'ada',
      keyId: 'key_1',
      requestId: 'r1',
      route: '/v1/chat/completions',
      model: 'nova-lite',
      code: 'quota_exceeded',
      now,
    },
  ]);
});

test('a call past the token limit is refused by name, with both kinds of headers', async () => {
  const tokens = { limit: 1000, remaining: -40, resetsAt: charge.standing.resetsAt };
  const { ports, recorded } = world(answer, {
    outcome: 'exceeded',
    unit: 'tokens',
    window: 'day',
    standing: tokens,
    day: charge.standing,
    tokens,
    userId: 'ada',
    keyId: 'key_1',
  });
  await expect(openMeteredChat(ports, call, request)).rejects.toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringContaining('all 1000 tokens of this day'),
    headers: {
      'x-should-retry': 'false',
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': '7',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '50400s',
    },
  });
  expect(recorded).toMatchObject({ opened: 0, refused: ['key_1'] });
});

test('a key with a token limit gets its standing in tokens too', async () => {
  const tokens = { limit: 1000, remaining: 400, resetsAt: charge.standing.resetsAt };
  const { ports } = world(answer, { outcome: 'charged', charge: { ...charge, tokens } });
  expect((await openMeteredChat(ports, call, request)).headers).toMatchObject({
    'x-ratelimit-remaining-requests': '7',
    'x-ratelimit-limit-tokens': '1000',
    'x-ratelimit-remaining-tokens': '400',
    'x-ratelimit-reset-tokens': '50400s',
  });
});

test('a call past the full minute is refused without forbidding retries', async () => {
  const standing = { limit: 2, remaining: 0, resetsAt: now + 30_000 };
  const { ports } = world(answer, {
    outcome: 'exceeded',
    unit: 'requests',
    window: 'minute',
    standing,
    day: charge.standing,
    userId: 'ada',
    keyId: 'key_1',
  });
  const refusal = await openMeteredChat(ports, call, request).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'rate_limit_exceeded', headers: { 'retry-after': '30' } });
  expect((refusal as DaypassError).headers).not.toHaveProperty('x-should-retry');
});

test('an unknown key gets 401, and no model is asked', async () => {
  const { ports, recorded } = world(answer, { outcome: 'unknown_key' });
  await expect(openMeteredChat(ports, call, request)).rejects.toMatchObject({
    code: 'invalid_api_key',
    status: 401,
  });
  expect(recorded.opened).toBe(0);
});

test('an unknown model is refused before anything is charged', async () => {
  const { ports, recorded } = world();
  ports.meter.charge = () => Promise.reject(new Error('must not charge'));
  await expect(openMeteredChat(ports, call, { ...request, model: 'gpt-9' })).rejects.toMatchObject({
    code: 'model_not_found',
    param: 'model',
  });
  expect(recorded.opened).toBe(0);
  // What is no model's name may be anything, such as a prompt in the wrong field.
  expect(recorded.logged).toMatchObject([{ code: 'model_not_found', model: undefined }]);
});

test('a model outside the key’s list gets 403, and the charge is refunded', async () => {
  const { ports, recorded } = world(answer, {
    outcome: 'charged',
    charge: { ...charge, models: ['nova-pro'] },
  });
  await expect(openMeteredChat(ports, call, request)).rejects.toMatchObject({
    code: 'model_not_allowed',
    status: 403,
  });
  expect(recorded).toMatchObject({ refunded: ['c1'], reasons: ['refused'], settled: [], opened: 0 });
  // The refund's own row says why.
  expect(recorded).toMatchObject({ codes: ['model_not_allowed'], logged: [] });
});

describe('a key for pages of certain hosts', () => {
  const fenced: ChargeResult = {
    outcome: 'charged',
    charge: { ...charge, allowedHosts: ['app.example.com'] },
  };

  test.each([
    undefined,
    'null',
    '*',
    'app.example.com',
    'https://example.com',
    'https://app.example.com.evil.example',
    'https://evil.example/app.example.com',
    'https://evil-app.example.com',
  ])('refuses Origin %p with 403 and refunds the charge', async (origin) => {
    const { ports, recorded } = world(answer, fenced);
    await expect(openMeteredChat(ports, { ...call, origin }, request)).rejects.toMatchObject({
      code: 'host_not_allowed',
      status: 403,
    });
    expect(recorded).toMatchObject({ refunded: ['c1'], reasons: ['refused'], settled: [], opened: 0 });
  });

  test.each(['https://app.example.com', 'http://app.example.com:8080', 'https://APP.example.com'])(
    'accepts Origin %s',
    async (origin) => {
      const { ports, recorded } = world(answer, fenced);
      await openMeteredChat(ports, { ...call, origin }, request);
      expect(recorded).toMatchObject({ refunded: [], opened: 1 });
    },
  );
});

const overloaded = new DaypassError('model_overloaded', 'Too much to do.');

test('a model that fails at once gets a real status, and the charge is refunded', async () => {
  const { ports, recorded } = world([overloaded]);
  await expect(openMeteredChat(ports, call, request)).rejects.toBe(overloaded);
  expect(recorded).toMatchObject({ refunded: ['c1'], reasons: ['failed'], settled: [] });
  expect(recorded).toMatchObject({ codes: ['model_overloaded'], logged: [] });
});

test('a model that fails before its first token gets the charge refunded, even after its stream opened', async () => {
  const { ports, recorded } = world([{ messageStart: {} }, overloaded]);
  await expect(openMeteredChat(ports, call, request)).rejects.toBe(overloaded);
  expect(recorded).toMatchObject({ refunded: ['c1'], settled: [] });
});

test('a call whose model fails after the first token stays charged and is settled by estimate', async () => {
  const { ports, recorded } = world([...answer.slice(0, 2), overloaded]);
  const chat = await openMeteredChat(ports, call, request);
  await expect(Array.fromAsync(chat.events)).rejects.toBe(overloaded);
  expect(recorded.refunded).toEqual([]);
  // Three tokens and two asked, and two words said.
  expect(recorded.settled).toMatchObject([
    {
      usage: {
        input: 5,
        output: 2,
        cachedInput: 0,
        cacheWriteInput: 0,
        cacheWriteHourInput: 0,
        reasoning: 0,
      },
      mark: 'estimated',
      code: 'model_overloaded',
    },
  ]);
});

test('a whole answer that breaks off is refunded, since the caller gets nothing', async () => {
  const { ports, recorded } = world([...answer.slice(0, 2), overloaded]);
  const chat = await openMeteredChat(ports, { ...call, streamed: false }, request);
  await expect(Array.fromAsync(chat.events)).rejects.toBe(overloaded);
  expect(recorded).toMatchObject({ refunded: ['c1'], settled: [] });
});

test('an answer without its end mark is an error, not a short answer', async () => {
  const { ports, recorded } = world(answer.slice(0, 2));
  const chat = await openMeteredChat(ports, call, request);
  await expect(Array.fromAsync(chat.events)).rejects.toMatchObject({ code: 'model_failed' });
  expect(recorded.settled).toHaveLength(1);
});

test('a caller who leaves stops the generation and is settled once', async () => {
  const { ports, recorded } = world();
  const chat = await openMeteredChat(ports, call, request);
  for await (const events of chat.events) if (events.some(({ type }) => type === 'text')) break;
  expect(recorded.aborted).toBe(true);
  expect(recorded.settled).toMatchObject([{ mark: 'aborted' }]);
  expect(recorded.refunded).toEqual([]);
});

describe('a caller who leaves', () => {
  /** A model that says `events` and then is silent until it is aborted. */
  function silentAfter(events: ConverseEvent[]) {
    const { ports, recorded } = world(events);
    const caller = new AbortController();
    const said = Promise.withResolvers<void>();
    ports.providers = asking(async (_request, signal) => {
      recorded.opened += 1;
      return (async function* () {
        yield events;
        said.resolve();
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            recorded.aborted = true;
            reject(new DaypassError('model_failed', 'The model failed on this request. Try again.'));
          });
        });
      })();
    });
    return { ports, recorded, caller, said: said.promise };
  }
  const texts = answer.slice(0, 2);

  test.each([true, false])(
    'while the model is silent stops it at once, and is settled once by estimate (streamed: %p)',
    async (streamed) => {
      const { ports, recorded, caller, said } = silentAfter(texts);
      const chat = await openMeteredChat(ports, { ...call, streamed, signal: caller.signal }, request);
      const reading = expect(Array.fromAsync(chat.events)).rejects.toMatchObject({ code: 'caller_left' });
      await said;
      caller.abort();
      expect(recorded.aborted).toBe(true);
      await reading;
      expect(recorded.settled).toMatchObject([
        {
          usage: {
            input: 5,
            output: 2,
            cachedInput: 0,
            cacheWriteInput: 0,
            cacheWriteHourInput: 0,
            reasoning: 0,
          },
          mark: 'aborted',
        },
      ]);
      expect(recorded.refunded).toEqual([]);
    },
  );

  test('before the first event stops the model and is charged for the prompt, not refunded', async () => {
    const { ports, recorded, caller, said } = silentAfter([]);
    const opening = openMeteredChat(ports, { ...call, signal: caller.signal }, request);
    const refused = expect(opening).rejects.toMatchObject({ code: 'caller_left' });
    await said;
    caller.abort();
    await refused;
    expect(recorded).toMatchObject({
      aborted: true,
      refunded: [],
      settled: [
        {
          usage: {
            input: 5,
            output: 0,
            cachedInput: 0,
            cacheWriteInput: 0,
            cacheWriteHourInput: 0,
            reasoning: 0,
          },
          mark: 'aborted',
        },
      ],
    });
  });

  test('before the model was asked uses a request and no tokens', async () => {
    const { ports, recorded } = world();
    const left = { ...call, signal: AbortSignal.abort() };
    await expect(openMeteredChat(ports, left, request)).rejects.toMatchObject({ code: 'caller_left' });
    expect(recorded).toMatchObject({
      opened: 0,
      refunded: [],
      settled: [
        {
          usage: {
            input: 0,
            output: 0,
            cachedInput: 0,
            cacheWriteInput: 0,
            cacheWriteHourInput: 0,
            reasoning: 0,
          },
          costNanoDollars: 0,
          mark: 'aborted',
        },
      ],
    });
  });

  test('with events unread stops the model at once, not only when they are read', async () => {
    const { ports, recorded } = world();
    const caller = new AbortController();
    const chat = await openMeteredChat(ports, { ...call, signal: caller.signal }, request);
    const events = chat.events[Symbol.asyncIterator]();
    await events.next();
    caller.abort();
    expect(recorded.aborted).toBe(true);
    await events.return?.();
    expect(recorded.settled).toMatchObject([{ mark: 'aborted' }]);
  });

  test('after the model has counted is settled by its count', async () => {
    const { ports, recorded, caller, said } = silentAfter(answer);
    const chat = await openMeteredChat(ports, { ...call, signal: caller.signal }, request);
    const reading = expect(Array.fromAsync(chat.events)).rejects.toMatchObject({ code: 'caller_left' });
    await said;
    caller.abort();
    await reading;
    expect(recorded.settled).toMatchObject([
      {
        usage: {
          input: 5,
          output: 2,
          cachedInput: 10,
          cacheWriteInput: 0,
          cacheWriteHourInput: 0,
          reasoning: 0,
        },
        mark: 'metered',
      },
    ]);
  });

  test('after the end changes nothing', async () => {
    const { ports, recorded } = world();
    const caller = new AbortController();
    const chat = await openMeteredChat(ports, { ...call, signal: caller.signal }, request);
    await Array.fromAsync(chat.events);
    caller.abort();
    expect(recorded.settled).toMatchObject([{ mark: 'metered' }]);
    expect(recorded.refunded).toEqual([]);
  });
});

describe('a model that is overloaded', () => {
  const wanted = someModel({ fallbacks: ['nova-micro', 'gone', 'nova-pro'] });
  const models = [
    wanted,
    someModel({ name: 'nova-micro', target: 'micro' }),
    someModel({ name: 'nova-pro', target: 'pro' }),
  ];

  /** @param busy what these targets throw */
  function busyWorld(busy: Record<string, DaypassError>, charged: Charge = charge) {
    const { ports, recorded, converse } = world(answer, { outcome: 'charged', charge: charged });
    const asked: string[] = [];
    ports.catalog = { models, embeddingModels: [], chat: someLimits };
    ports.providers = asking(async (sent, signal) => {
      asked.push(sent.modelId);
      const refusal = busy[sent.modelId];
      if (refusal !== undefined) throw refusal;
      return converse(sent, signal);
    });
    return { ports, recorded, asked };
  }

  test('leaves the answer to its fallbacks in order, and the answer names the model', async () => {
    const { ports, recorded, asked } = busyWorld({ [wanted.target]: overloaded, micro: overloaded });
    const chat = await openMeteredChat(ports, call, request);
    await Array.fromAsync(chat.events);
    expect(asked).toEqual([wanted.target, 'micro', 'pro']);
    expect(chat.model.name).toBe('nova-pro');
    expect(chat.headers['x-daypass-model']).toBe('nova-pro');
    expect(recorded).toMatchObject({ settled: [{ model: 'nova-pro' }], refunded: [] });
  });

  test('is reported if no fallback answers either, and the call is refunded', async () => {
    const { ports, recorded } = busyWorld({
      [wanted.target]: overloaded,
      micro: overloaded,
      pro: overloaded,
    });
    await expect(openMeteredChat(ports, call, request)).rejects.toBe(overloaded);
    expect(recorded).toMatchObject({ refunded: ['c1'], settled: [] });
  });

  test('never falls back to a model that the key may not use', async () => {
    const { ports, asked } = busyWorld(
      { [wanted.target]: overloaded },
      { ...charge, models: ['nova-lite', 'nova-pro'] },
    );
    await openMeteredChat(ports, call, request);
    expect(asked).toEqual([wanted.target, 'pro']);
  });

  test('is not mistaken for a model that refuses the request', async () => {
    const refused = new DaypassError('model_refused_request', 'No.');
    const { ports, asked } = busyWorld({ [wanted.target]: refused });
    await expect(openMeteredChat(ports, call, request)).rejects.toBe(refused);
    expect(asked).toEqual([wanted.target]);
  });
});

describe('a model that thinks for long before its first token', () => {
  const impatient = { ...call, patience: Promise.resolve() };

  /** Opened, and silent until told. */
  function silentWorld(end: ConverseEvent[] | Error) {
    const { ports, recorded } = world();
    const silence = Promise.withResolvers<void>();
    ports.providers = asking(async () =>
      (async function* (): AsyncIterable<ConverseEvent[]> {
        yield [{ messageStart: { role: 'assistant' } }];
        await silence.promise;
        if (end instanceof Error) throw end;
        yield end;
      })(),
    );
    return { ports, recorded, speak: silence.resolve };
  }

  test('is not waited for once patience ends: the answer begins, and comes whole', async () => {
    const { ports, recorded, speak } = silentWorld([
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'At last' } } },
      { messageStop: { stopReason: 'end_turn' } },
      { metadata: { usage: { inputTokens: 1, outputTokens: 2 } } },
    ]);
    const chat = await openMeteredChat(ports, impatient, request);
    speak();
    const events = (await Array.fromAsync(chat.events)).flat();
    expect(events[0]).toEqual({ type: 'text', part: 0, text: 'At last' });
    expect(recorded.settled).toHaveLength(1);
  });

  test('and has not even opened its stream is not waited for either', async () => {
    const { ports, recorded, converse } = world();
    const opening = Promise.withResolvers<void>();
    ports.providers = asking(async (...asked) => {
      await opening.promise;
      return converse(...asked);
    });
    const chat = await openMeteredChat(ports, impatient, request);
    opening.resolve();
    const events = (await Array.fromAsync(chat.events)).flat();
    expect(events[0]).toEqual({ type: 'text', part: 0, text: 'Hello' });
    expect(recorded.settled).toHaveLength(1);
  });

  test('and refuses to open it in the end is not charged', async () => {
    const { ports, recorded } = world();
    const opening = Promise.withResolvers<void>();
    ports.providers = asking(async () => {
      await opening.promise;
      throw overloaded;
    });
    const chat = await openMeteredChat(ports, impatient, request);
    opening.resolve();
    await expect(Array.fromAsync(chat.events)).rejects.toBe(overloaded);
    expect(recorded).toMatchObject({ refunded: ['c1'], settled: [] });
  });

  test('and then fails is not charged', async () => {
    const { ports, recorded, speak } = silentWorld(overloaded);
    const chat = await openMeteredChat(ports, impatient, request);
    speak();
    await expect(Array.fromAsync(chat.events)).rejects.toBe(overloaded);
    expect(recorded).toMatchObject({ refunded: ['c1'], settled: [] });
  });
});

describe('the price of a call', () => {
  const answeredBy = (tier: string | undefined): ConverseEvent[] => [
    ...answer.slice(0, 3),
    {
      metadata: {
        usage: { inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 10 },
        ...(tier !== undefined && { serviceTier: { type: tier } }),
      },
    },
  ];
  const costOf = async (asked: ChatRequest, events: (ConverseEvent | Error)[]) => {
    const { ports, recorded } = world(events);
    const { events: said } = await openMeteredChat(ports, call, asked);
    await Array.fromAsync(said).catch(() => {});
    return recorded.settled[0]?.costNanoDollars;
  };

  test.each([
    ['flex', 'flex', 24_000],
    ['priority', 'priority', 84_000],
    ['default', 'default', 48_000],
    // Bedrock tells no tier: it is the one that was asked for.
    ['flex', undefined, 24_000],
    [undefined, undefined, 48_000],
    // Another answered than was asked for: reserved capacity runs over into the usual.
    ['priority', 'default', 48_000],
    [undefined, 'flex', 24_000],
    ['default', 'one that nobody knows', 48_000],
  ] as const)('asked for %p and answered by %p is %p nano-dollars', async (asked, answered, cost) => {
    expect(await costOf({ ...request, serviceTier: asked }, answeredBy(answered))).toBe(cost);
  });

  test('by estimate is that of the requested tier', async () => {
    const broken = [...answer.slice(0, 2), overloaded];
    const usual = (await costOf(request, broken)) ?? 0;
    expect(usual).toBeGreaterThan(0);
    expect(await costOf({ ...request, serviceTier: 'priority' }, broken)).toBe(usual * 1.75);
  });

  test('of a long prompt is the long price, by the tokens that Bedrock counted', async () => {
    const { ports, recorded } = world();
    const [model = someModel()] = ports.catalog.models;
    const long = { input: 6, output: 30, cachedInput: 0.6, cacheWrite: 7.5, cacheWriteHour: 12 };
    const tiered = { ...model, longContext: { above: 14, pricePerMillionTokens: long } };
    const { events } = await openMeteredChat(
      { ...ports, catalog: { ...ports.catalog, models: [tiered] } },
      call,
      request,
    );
    await Array.fromAsync(events);
    expect(recorded.settled[0]?.costNanoDollars).toBe(96_000);
  });
});

describe('a prompt that is too long', () => {
  const long: ChatRequest = {
    ...request,
    turns: [{ role: 'user', parts: [{ type: 'text', text: 'a '.repeat(4000) }] }],
  };

  test('is refused before a charge and before a model is asked', async () => {
    const { ports, recorded } = world();
    const catalog = { ...ports.catalog, models: [someModel({ contextTokens: 2000 })] };
    const refused = openMeteredChat(
      { ...ports, catalog, meter: { ...ports.meter, charge: never } },
      call,
      long,
    );
    await expect(refused).rejects.toMatchObject({ code: 'context_length_exceeded', param: 'messages' });
    expect(recorded).toMatchObject({ opened: 0, refunded: [], settled: [] });
  });

  test('for a fallback skips that fallback', async () => {
    const { ports, converse } = world();
    const asked: string[] = [];
    const models = [
      someModel({ fallbacks: ['small', 'large'] }),
      someModel({ name: 'small', target: 'small', contextTokens: 2000 }),
      someModel({ name: 'large', target: 'large' }),
    ];
    const providers = asking(async (sent, signal) => {
      asked.push(sent.modelId);
      if (sent.modelId === 'large') return converse(sent, signal);
      throw overloaded;
    });
    const { model } = await openMeteredChat(
      { ...ports, providers, catalog: { ...ports.catalog, models } },
      call,
      long,
    );
    expect(model.name).toBe('large');
    expect(asked).toEqual(['amazon.nova-lite-v1:0', 'large']);
  });

  const never = async (): Promise<never> => {
    throw new Error('must not be charged');
  };
});
