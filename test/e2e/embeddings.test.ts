import { NotFoundError } from 'openai';
import { sdkSuite } from './sdk-suite.ts';

const suite = sdkSuite();
beforeEach(() => suite.renewCaller());

const embed = (fields: { model: string; input: string | string[] } & Record<string, unknown>) =>
  suite.caller.openai.embeddings.create(fields as never);
const lengthOf = (vector: unknown) => Math.hypot(...(vector as number[]));

test.each([
  ['titan-embed-text-v2', 1024],
  ['cohere-embed-v4', 1536],
  ['cohere-embed-multilingual-v3', 1024],
])('%s gives each text a vector of length one, in order', async (model, dimensions) => {
  const input = ['one', 'two', 'drei ✓'];
  const { data, usage } = await embed({ model, input, encoding_format: 'float' });
  expect(data.map(({ index }) => index)).toEqual([0, 1, 2]);
  for (const { embedding } of data) {
    expect(embedding).toHaveLength(dimensions);
    expect(lengthOf(embedding)).toBeCloseTo(1, 5);
  }
  const alone = await embed({ model, input: 'two', encoding_format: 'float' });
  expect(alone.data[0]?.embedding).toEqual(data[1]?.embedding);
  expect(usage.prompt_tokens).toBeGreaterThan(alone.usage.prompt_tokens);
  const { used, row } = await suite.recorded();
  expect({ used, ...row }).toMatchObject({
    used: 2,
    requests: 2,
    inputTokens: usage.prompt_tokens + alone.usage.prompt_tokens,
  });
});

test('base64, as the SDK asks by itself, holds the same numbers', async () => {
  const body = { model: 'titan-embed-text-v2', input: 'a text', dimensions: 256 };
  const [decoded, floats] = [await embed(body), await embed({ ...body, encoding_format: 'float' })];
  expect(decoded.data[0]?.embedding).toHaveLength(256);
  expect(Array.from(Float32Array.from(floats.data[0]?.embedding ?? []))).toEqual(
    Array.from(decoded.data[0]?.embedding ?? []),
  );
});

test.each(['titan-embed-text-v2', 'cohere-embed-v4'])(
  'a list longer than the model takes at once is one call: %s',
  async (model) => {
    const input = Array.from({ length: 250 }, (_, at) => `text ${at}`);
    const { data } = await embed({ model, input, dimensions: 256 });
    expect(data).toHaveLength(250);
    const last = await embed({ model, input: 'text 249', dimensions: 256 });
    expect(data[249]?.embedding).toEqual(last.data[0]?.embedding);
    expect((await suite.recorded()).used).toBe(2);
  },
);

test.each([
  ['dimensions', { dimensions: 300 }],
  ['dimensions', { model: 'cohere-embed-multilingual-v3', dimensions: 256 }],
  ['input', { input: [] }],
  ['input', { input: [[1, 2, 3]] }],
  ['encoding_format', { encoding_format: 'int8' }],
  ['something_new', { something_new: 1 }],
])('%s that can’t be honoured is refused by name and not charged: %j', async (param, fields) => {
  const refused = embed({ model: 'titan-embed-text-v2', input: 'x', ...fields } as never);
  await expect(refused).rejects.toMatchObject({ status: 400, param: expect.stringContaining(param) });
  expect((await suite.recorded()).used).toBe(0);
});

test('a model for chats is none for embeddings, and the other way round', async () => {
  await expect(embed({ model: 'nova-lite', input: 'x' })).rejects.toBeInstanceOf(NotFoundError);
  const chat = suite.caller.openai.chat.completions.create({
    model: 'titan-embed-text-v2',
    messages: [{ role: 'user', content: 'x' }],
  });
  await expect(chat).rejects.toBeInstanceOf(NotFoundError);
});

test('models of both kinds are listed, and found one by one', async () => {
  const names = (await Array.fromAsync(suite.caller.openai.models.list())).map(({ id }) => id);
  expect(names).toEqual(expect.arrayContaining(['nova-lite', 'titan-embed-text-v2', 'cohere-embed-v4']));
  expect(await suite.caller.openai.models.retrieve('cohere-embed-v4')).toMatchObject({
    id: 'cohere-embed-v4',
    object: 'model',
    owned_by: 'cohere',
  });
});
