import type { EmbeddingModel } from '../../../core/catalog.ts';
import { toEmbeddingList } from '../../../core/embeddings/embedding-list.ts';
import { type EmbeddingPorts, embed } from '../../../core/embeddings/metered-embeddings.ts';
import { timeIsOver } from '../../../core/end-reason.ts';
import { DaypassError } from '../../../core/errors.ts';
import type { Charge, Settlement } from '../../../core/metering/ports.ts';
import type { OwnKey } from '../../../core/provider-keys/own-key.ts';
import { createBedrockEmbeddings, type InvokeModel } from '../../../core/providers/bedrock/embeddings.ts';
import { createOpenAiEmbeddings } from '../../../core/providers/openai/embeddings.ts';
import { quietFence, quietFenceLifts, someFence } from '../metering/fence-fixture.ts';
import { answering, someKey } from '../providers/upstream-fixture.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const shared = {
  pricePerMillionTokens: { input: 0.5, output: 0, cachedInput: 0.5, cacheWrite: 0.5, cacheWriteHour: 0.5 },
  createdSeconds: 0,
  ownedBy: 'x',
};
const titan: EmbeddingModel = {
  ...shared,
  name: 'titan',
  target: 't',
  provider: 'bedrock',
  family: 'titan',
  contextTokens: 8192,
  maxCharacters: 50_000,
  dimensions: [256, 512],
};
const cohere: EmbeddingModel = {
  ...shared,
  name: 'cohere',
  target: 'c',
  provider: 'bedrock',
  family: 'cohere',
  contextTokens: 128_000,
  maxCharacters: undefined,
  dimensions: [1024],
};
const charge = {
  chargeId: 'c1',
  chargedAt: now,
  fence: someFence,
  standing: { limit: 10, remaining: 9, resetsAt: now + 1000 },
} as unknown as Charge;

function world(invokeModel: InvokeModel, charged: Partial<Charge> = {}) {
  const recorded: { settled: Settlement[]; refunded: string[] } = { settled: [], refunded: [] };
  const ports: EmbeddingPorts = {
    ...quietFence,
    meter: {
      ...quietFenceLifts,
      charge: async () => ({ outcome: 'charged', charge: { ...charge, ...charged } }),
      refund: async ({ chargeId }) => void recorded.refunded.push(chargeId),
      settle: async (settlement) => void recorded.settled.push(settlement),
    },
    clock: { now: () => now },
    onMeterFailed: () => {
      throw new Error('the meter must not fail here');
    },
    providers: { bedrock: createBedrockEmbeddings(invokeModel) },
    catalog: { models: [], embeddingModels: [titan, cohere] },
  };
  return { ports, recorded };
}

/** The call with its answer. */
async function embedded(...asked: Parameters<typeof embed>) {
  const { headers, answer } = await embed(...asked);
  return { headers, ...(await answer) };
}

const call = () => ({
  apiKeyId: 'a1',
  requestId: 'r1',
  route: '/v1/embeddings',
  signal: new AbortController().signal,
});

/** Answers as the model does: the vector tells the text’s length. */
const titanAnswer: InvokeModel = async (_model, { inputText }) => ({
  answer: { embedding: [String(inputText).length, 1], inputTextTokenCount: 3 },
  inputTokens: 99,
});
const cohereAnswer: InvokeModel = async (_model, { texts }) => ({
  answer: { embeddings: { float: (texts as string[]).map((text) => [text.length]) } },
  inputTokens: 7,
});

test('Titan is asked once per text, and its counts are billed once', async () => {
  const asked: unknown[] = [];
  const { ports, recorded } = world(async (model, body, signal) => {
    asked.push(body);
    return titanAnswer(model, body, signal);
  });
  const input = Array.from({ length: 20 }, (_, at) => 'x'.repeat(at + 1));
  const { vectors, inputTokens, headers } = await embedded(ports, call(), {
    model: 'titan',
    input,
    dimensions: 256,
  });
  expect(vectors.map(([length]) => length)).toEqual(input.map((text) => text.length));
  expect(inputTokens).toBe(60);
  expect(asked).toHaveLength(20);
  expect(asked[0]).toEqual({ inputText: 'x', normalize: true, dimensions: 256 });
  expect(recorded.settled).toMatchObject([
    { usage: { input: 60, output: 0 }, mark: 'metered', costNanoDollars: 30_000 },
  ]);
  expect(headers).toMatchObject({ 'x-daypass-model': 'titan', 'x-ratelimit-limit-requests': '10' });
});

test('Cohere is asked for up to 96 texts at once, in order, and the header counts the tokens', async () => {
  const sizes: number[] = [];
  const { ports, recorded } = world(async (model, body, signal) => {
    sizes.push((body.texts as string[]).length);
    expect(body).not.toHaveProperty('output_dimension');
    return cohereAnswer(model, body, signal);
  });
  const input = Array.from({ length: 200 }, (_, at) => 'y'.repeat((at % 50) + 1));
  const { vectors } = await embedded(ports, call(), { model: 'cohere', input, dimensions: 1024 });
  expect(sizes).toEqual([96, 96, 8]);
  expect(vectors.map(([length]) => length)).toEqual(input.map((text) => text.length));
  expect(recorded.settled).toMatchObject([{ usage: { input: 21 } }]);
});

test('without a count the tokens are estimated, never zero', async () => {
  const { ports, recorded } = world(async (model, body, signal) => ({
    ...(await cohereAnswer(model, body, signal)),
    inputTokens: undefined,
  }));
  await embedded(ports, call(), { model: 'cohere', input: 'two words' });
  expect(recorded.settled).toMatchObject([{ usage: { input: 2 } }]);
});

test.each<[string, InvokeModel]>([
  ['an error', async () => Promise.reject(new DaypassError('model_overloaded', 'busy'))],
  ['an answer of another shape', async () => ({ answer: { vectors: [] }, inputTokens: 1 })],
  ['too few vectors', async () => ({ answer: { embeddings: [] }, inputTokens: 1 })],
])('%s fails the call, which is refunded', async (_what, invokeModel) => {
  const { ports, recorded } = world(invokeModel);
  await expect(embedded(ports, call(), { model: 'cohere', input: ['a', 'b'] })).rejects.toBeInstanceOf(
    DaypassError,
  );
  expect(recorded).toEqual({ settled: [], refunded: ['c1'] });
});

test.each([
  ['cohere', { dimensions: 256 }, {}, 'invalid_request'],
  ['nobody', {}, {}, 'model_not_found'],
  ['titan', {}, { models: ['cohere'] }, 'model_not_allowed'],
] as const)('%s with %j is refused without asking: %j', async (model, fields, charged, code) => {
  const { ports, recorded } = world(async () => Promise.reject(new Error('asked')), charged);
  await expect(embedded(ports, call(), { model, input: 'x', ...fields })).rejects.toMatchObject({ code });
  expect(recorded.settled).toEqual([]);
});

test('when the function’s time runs out, the call is refunded and says so', async () => {
  const end = new AbortController();
  const { ports, recorded } = world(async (_model, _body, signal) => {
    end.abort(timeIsOver());
    throw signal.reason;
  });
  const embedding = embedded(ports, { ...call(), signal: end.signal }, { model: 'titan', input: 'Hi' });
  await expect(embedding).rejects.toMatchObject({ code: 'model_timeout' });
  expect(recorded).toEqual({ refunded: ['c1'], settled: [] });
});

test('a caller who leaves pays for what was read by then, and nothing more is asked', async () => {
  const leaving = new AbortController();
  let asked = 0;
  const { ports, recorded } = world(async (model, body, signal) => {
    asked += 1;
    if (asked === 8) leaving.abort();
    return titanAnswer(model, body, signal);
  });
  const input = Array.from({ length: 40 }, () => 'x');
  const embedding = embedded(ports, { ...call(), signal: leaving.signal }, { model: 'titan', input });
  await expect(embedding).rejects.toMatchObject({ code: 'caller_left' });
  expect(asked).toBe(8);
  expect(recorded).toMatchObject({ refunded: [], settled: [{ mark: 'aborted', usage: { input: 24 } }] });
});

test('base64 holds 32-bit floats, little-endian', () => {
  const embeddings = { model: titan, headers: {}, vectors: [[1, -2.5]], inputTokens: 1 };
  const list = toEmbeddingList(embeddings, { model: 'titan', input: 'x', encoding_format: 'base64' });
  expect(list.data[0]?.embedding).toBe(Buffer.from([0, 0, 128, 63, 0, 0, 32, 192]).toString('base64'));
});

test.each([
  [titan, ['short', 'a '.repeat(11_000)], 'input.1'],
  [titan, 'x'.repeat(50_001), 'input'],
  [cohere, 'a '.repeat(180_000), 'input'],
] as const)(
  'a text too long for the model is refused before anything is charged or embedded',
  async (model, input, param) => {
    let asked = 0;
    const { ports } = world(async () => {
      asked += 1;
      throw new Error('must not be asked');
    });
    const charge = async () => {
      throw new Error('must not be charged');
    };
    const meter = { ...ports.meter, charge };
    const body = { model: model.name, input: typeof input === 'string' ? input : [...input] };
    const call = {
      apiKeyId: 'k1',
      requestId: 'r1',
      route: '/v1/embeddings',
      signal: new AbortController().signal,
    };
    await expect(embed({ ...ports, meter }, call, body)).rejects.toMatchObject({
      code: 'context_length_exceeded',
      param,
    });
    expect(asked).toBe(0);
  },
);

test.each([
  [[1, 2, 3], 'input'],
  [[[1, 2], [3]], 'input.0'],
] as const)(
  'tokens of a text are refused with the way out by a model with a tokenizer of its own: %j',
  async (input, param) => {
    const { ports, recorded } = world(async () => Promise.reject(new Error('asked')));
    await expect(embedded(ports, call(), { model: 'titan', input: input as never })).rejects.toMatchObject({
      code: 'invalid_request',
      param,
      message: expect.stringContaining('check_embedding_ctx_length=False'),
    });
    expect(recorded).toEqual({ settled: [], refunded: [] });
  },
);

describe('a model at a provider of the settings', () => {
  const small: EmbeddingModel = {
    ...shared,
    name: 'small',
    target: 'text-embedding-3-small',
    provider: 'openai',
    family: 'openai',
    contextTokens: 8192,
    maxCharacters: undefined,
    dimensions: [2, 3],
  };
  const list = (vectors: unknown[], usage: unknown = { prompt_tokens: 5 }) => ({
    data: vectors.map((embedding, index) => ({ index, embedding })),
    usage,
  });

  function upstreamWorld(answer: Parameters<typeof answering>[0], charged: Partial<Charge> = {}) {
    const { ports, recorded } = world(titanAnswer, charged);
    const upstream = answering(answer);
    const { key, forgotten } = someKey();
    const openai = createOpenAiEmbeddings({ send: upstream.send, key, takesOwnKeys: true });
    const ownKeys = { find: async () => undefined as OwnKey | undefined };
    const all = {
      ...ports,
      ownKeys,
      providers: { openai },
      catalog: { models: [], embeddingModels: [small] },
    };
    return { ports: all, recorded, sent: upstream.sent, ownKeys, forgotten };
  }

  test('is asked in OpenAI’s words with the operator’s key, and its own count is what is settled', async () => {
    const { ports, sent, recorded } = upstreamWorld({
      body: list([
        [1, 2],
        [3, 4],
      ]),
    });
    const { vectors, inputTokens } = await embedded(ports, call(), {
      model: 'small',
      input: ['a', 'b'],
      dimensions: 2,
    });
    expect([vectors, inputTokens]).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      5,
    ]);
    expect(sent).toHaveLength(1);
    expect([sent[0]?.path, sent[0]?.headers.authorization]).toEqual(['/embeddings', 'Bearer sk-operator']);
    expect(sent[0]?.json).toEqual({ model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 2 });
    expect(recorded.settled).toMatchObject([
      { usage: { input: 5 }, mark: 'metered', providerKey: 'operator', costNanoDollars: 2500 },
    ]);
  });

  test('takes the tokens of a text, and vectors in base64 whatever their order', async () => {
    const base64 = (...numbers: number[]) =>
      Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
    const data = [
      { index: 1, embedding: base64(3, 4) },
      { index: 0, embedding: base64(1, 2) },
    ];
    const { ports, sent, recorded } = upstreamWorld({ body: { data } });
    const { vectors } = await embedded(ports, call(), {
      model: 'small',
      input: [[1, 2, 3], [4]],
      encoding_format: 'base64',
    });
    expect(vectors).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(sent[0]?.json).toMatchObject({ input: [[1, 2, 3], [4]], encoding_format: 'base64' });
    // A server without counts.
    expect(recorded.settled).toMatchObject([{ usage: { input: 4 } }]);
  });

  test('is asked for a long list in several calls', async () => {
    const { ports, sent } = upstreamWorld({ body: list([[1]]) });
    const input = ['x'.repeat(20_000), ...Array.from({ length: 200 }, () => 'y')];
    await embedded(ports, call(), { model: 'small', input }).catch(() => undefined);
    expect(sent.map(({ json }) => (json.input as string[]).length)).toEqual([128, 73]);
  });

  test.each<[string, OwnKey['from']]>([
    ['sent', 'request'],
    ['kept', 'account'],
  ])('takes a %s key of the caller’s own, whose calls cost nothing', async (_how, from) => {
    const { ports, sent, recorded } = upstreamWorld({ body: list([[1, 2]]) }, { requiresProviderKey: true });
    const ownKeys = { find: async () => ({ secret: 'sk-kept-own', from: 'account' as const }) };
    const sentKeys = from === 'request' ? { openai: 'sk-sent-own' } : {};
    await embedded({ ...ports, ownKeys }, { ...call(), sentKeys }, { model: 'small', input: 'a' });
    expect(sent[0]?.headers.authorization).toBe(
      from === 'request' ? 'Bearer sk-sent-own' : 'Bearer sk-kept-own',
    );
    expect(recorded.settled).toMatchObject([{ usage: { input: 5 }, providerKey: from, costNanoDollars: 0 }]);
  });

  test('is not asked for a key that needs a provider key and has none', async () => {
    const { ports, sent, recorded } = upstreamWorld({}, { requiresProviderKey: true });
    await expect(embedded(ports, call(), { model: 'small', input: 'a' })).rejects.toMatchObject({
      code: 'provider_key_required',
    });
    expect([sent, recorded]).toEqual([[], { settled: [], refunded: ['c1'] }]);
  });

  test.each<[string, object, string]>([
    ['no JSON', { body: '<html>' }, 'model_failed'],
    ['too few vectors', { body: list([[1, 2]]) }, 'model_failed'],
    [
      'one vector twice',
      { body: { data: [0, 0].map((index) => ({ index, embedding: [1, 2] })) } },
      'model_failed',
    ],
    [
      'vectors of another length',
      {
        body: list([
          [1, 2, 3],
          [1, 2, 3],
        ]),
      },
      'model_failed',
    ],
    ['vectors that are no floats', { body: list(['AAA', 'AAA']) }, 'model_failed'],
    ['a limit', { status: 429, headers: { 'retry-after': '7' } }, 'model_overloaded'],
    ['a refusal', { status: 400, body: { error: { message: 'no' } } }, 'model_refused_request'],
    ['no such key', { status: 401 }, 'model_failed'],
    ['a redirect', { status: 307 }, 'model_failed'],
  ])('that answers %s fails the call, which is refunded', async (_what, answer, code) => {
    const { ports, recorded } = upstreamWorld(answer);
    const body = { model: 'small', input: ['a', 'b'], dimensions: 2 };
    await expect(embedded(ports, call(), body)).rejects.toMatchObject({ code });
    expect(recorded).toEqual({ settled: [], refunded: ['c1'] });
  });

  test('refuses what is surely too long before anything is charged', async () => {
    const { ports, sent, recorded } = upstreamWorld({});
    const input = Array.from({ length: 8193 }, () => 1);
    await expect(embedded(ports, call(), { model: 'small', input })).rejects.toMatchObject({
      code: 'context_length_exceeded',
      param: 'input',
    });
    expect([sent, recorded.refunded]).toEqual([[], []]);
  });
});

test('a key that requires a provider key is refused, since Bedrock takes none', async () => {
  const { ports, recorded } = world(titanAnswer, { requiresProviderKey: true });
  await expect(embedded(ports, call(), { model: 'titan', input: 'Hi' })).rejects.toMatchObject({
    code: 'provider_key_required',
  });
  expect(recorded).toMatchObject({ settled: [], refunded: [charge.chargeId] });
});
