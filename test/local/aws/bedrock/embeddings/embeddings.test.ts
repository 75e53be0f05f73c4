import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { type RunningBedrock, signed, startBedrock } from '../start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

async function invoke(modelId: string, body: object) {
  const answer = await bedrock.client().send(new InvokeModelCommand({ modelId, body: JSON.stringify(body) }));
  expect(answer.contentType).toBe('application/json');
  return JSON.parse(answer.body.transformToString());
}

const titan = 'amazon.titan-embed-text-v2:0';
const cohere3 = 'cohere.embed-english-v3';
const cohere4 = 'us.cohere.embed-v4:0';
const lengthOf = (vector: number[]) => Math.hypot(...vector);
const cosine = (a: number[], b: number[]) => a.reduce((sum, part, at) => sum + part * (b[at] ?? 0), 0);
const document = { input_type: 'search_document' };

test.each([undefined, 256, 512, 1024])('Titan returns a unit vector of %s dimensions', async (dimensions) => {
  const answer = await invoke(titan, { inputText: 'Tides are made by the moon', dimensions });
  expect(answer.embedding).toHaveLength(dimensions ?? 1024);
  expect(lengthOf(answer.embedding)).toBeCloseTo(1, 9);
  expect(answer.embeddingsByType).toEqual({ float: answer.embedding });
  expect(answer.inputTextTokenCount).toBe(6);
});

test('Titan returns binary vectors and vectors that are not normalized', async () => {
  const binary = await invoke(titan, { inputText: 'a b', embeddingTypes: ['binary'] });
  expect(binary.embedding).toBeUndefined();
  expect(new Set(binary.embeddingsByType.binary)).toEqual(new Set([0, 1]));
  const raw = await invoke(titan, { inputText: 'a b', normalize: false });
  expect(lengthOf(raw.embedding)).toBeGreaterThan(1.1);
});

test('the same text has the same vector, and common words bring texts closer', async () => {
  const embed = async (inputText: string) => (await invoke(titan, { inputText })).embedding;
  const moon = await embed('the moon makes the tides');
  expect(await embed('the moon makes the tides')).toEqual(moon);
  const near = cosine(moon, await embed('The tides follow the moon'));
  const far = cosine(moon, await embed('Invoices are due on Friday'));
  expect(near).toBeGreaterThan(0.5);
  expect(Math.abs(far)).toBeLessThan(0.2);
});

test('Cohere v3 embeds a batch in order', async () => {
  const texts = ['one', 'two', 'three'];
  const answer = await invoke(cohere3, { ...document, texts });
  expect(answer).toMatchObject({ response_type: 'embeddings_floats', texts });
  expect(answer.embeddings.map(({ length }: number[]) => length)).toEqual([1024, 1024, 1024]);
  const [second] = (await invoke(cohere3, { ...document, texts: ['two'] })).embeddings;
  expect(answer.embeddings[1]).toEqual(second);
});

test('Cohere v4 embeds in the types and dimensions asked for', async () => {
  const types = ['float', 'int8', 'uint8', 'binary', 'ubinary'];
  const body = { ...document, texts: ['one', 'two'], embedding_types: types, output_dimension: 256 };
  const { embeddings, response_type } = await invoke(cohere4, body);
  expect(response_type).toBe('embeddings_by_type');
  const lengths = types.map((type) => embeddings[type].map(({ length }: number[]) => length));
  expect(lengths).toEqual([
    [256, 256],
    [256, 256],
    [256, 256],
    [32, 32],
    [32, 32],
  ]);
  expect(lengthOf(embeddings.float[0])).toBeCloseTo(1, 9);
  const inputs = [{ content: [{ type: 'text', text: 'one' }] }];
  expect((await invoke(cohere4, { ...document, inputs })).embeddings[0]).toHaveLength(1536);
});

test.each([
  [titan, {}, '#: required key [inputText] not found'],
  [titan, { inputText: '' }, '#/inputText'],
  [titan, { inputText: 'a', dimensions: 100 }, '#/dimensions'],
  [titan, { inputText: 'a', texts: ['a'] }, 'extraneous key [texts] is not permitted'],
  [titan, { inputText: 'a '.repeat(9000) }, 'Too many input tokens. Max input tokens: 8192'],
  [cohere3, { texts: ['a'] }, 'required key [input_type] not found'],
  [cohere3, { ...document, texts: Array(97).fill('a') }, '#/texts'],
  [cohere3, { ...document, texts: ['a'], output_dimension: 256 }, 'extraneous key [output_dimension]'],
  [cohere4, { ...document, texts: ['a'], output_dimension: 300 }, '#/output_dimension'],
  ['amazon.nova-lite-v1:0', { messages: [] }, 'does not support InvokeModel with amazon.nova-lite-v1:0'],
])('%s refuses %j by name', async (modelId, body, message) => {
  await expect(invoke(modelId, body)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('the number of tokens is sent in a header', async () => {
  const response = await fetch(`${bedrock.url}/model/${cohere3}/invoke`, {
    method: 'POST',
    headers: signed,
    body: JSON.stringify({ ...document, texts: ['one two', 'three'] }),
  });
  expect(response.headers.get('x-amzn-bedrock-input-token-count')).toBe('3');
});
