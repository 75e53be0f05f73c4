import type { Catalog } from '../../../../core/catalog.ts';
import { anthropicModel, anthropicModelList, modelList } from '../../../../core/contract/chat/model-list.ts';
import { someModel } from '../../../core/chat/model-fixture.ts';
import { captureOutput } from '../../http/capture-output.ts';
import { proxyEvent } from '../../http/proxy-event.ts';
import { runRoute } from '../../http/run-route.ts';
import { setCatalog } from '../set-catalog.ts';

setCatalog({
  plans: [],
  chat: { serviceTiers: { default: 1 } } as Catalog['chat'],
  models: [someModel({ name: 'llama-3.3-70b' })],
  embeddingModels: [
    { ...someModel({ name: 'titan-embed' }), family: 'titan', maxCharacters: 1000, dimensions: [1024] },
  ],
});
const { handler } = await import('../../../../lambda/handlers/chat/models.ts');

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const get = async (id: string, headers: Record<string, string> = {}) => {
  const { statusCode, body } = await runRoute(
    handler,
    proxyEvent({ httpMethod: 'GET', resource: '/v1/models/{id}', pathParameters: { id }, headers }),
  );
  return { status: statusCode, body: JSON.parse(body) };
};

test.each(['llama-3.3-70b', 'llama%2D3%2E3-70b', '%6Clama-3.3-70b'])(
  'a model is found by its name: %s',
  async (id) => {
    expect(await get(id)).toMatchObject({ status: 200, body: { id: 'llama-3.3-70b', object: 'model' } });
  },
);

test('an embedding model is found as well', async () => {
  expect(await get('titan-embed')).toMatchObject({ status: 200, body: { id: 'titan-embed' } });
});

test.each([
  ['llama', 'model_not_found'],
  ['%20llama-3.3-70b', 'model_not_found'],
  ['llama%252D3.3-70b', 'model_not_found'],
  ['llama%', 'not_found'],
  ['%E0%A4%A', 'not_found'],
])('an unknown model name gets 404: %s', async (id, code) => {
  expect(await get(id)).toMatchObject({ status: 404, body: { error: { code } } });
});

describe('a client of Anthropic', () => {
  const headers = { 'anthropic-version': '2023-06-01' };

  test('gets a chat model in its own shape', async () => {
    const { status, body } = await get('llama-3.3-70b', headers);
    expect(status).toBe(200);
    expect(anthropicModel.parse(body)).toMatchObject({
      type: 'model',
      id: 'llama-3.3-70b',
      created_at: '2024-12-03T00:00:00.000Z',
      max_tokens: 5000,
    });
  });

  test('gets the list in its own shape, without models that it can’t chat with', async () => {
    const { body } = await runRoute(
      handler,
      proxyEvent({ httpMethod: 'GET', resource: '/v1/models', headers }),
    );
    const list = anthropicModelList.parse(JSON.parse(body));
    expect(list.data.map(({ id }) => id)).toEqual(['llama-3.3-70b']);
    expect(list).toMatchObject({ first_id: 'llama-3.3-70b', last_id: 'llama-3.3-70b', has_more: false });
  });

  test('is told where an embedding model is called', async () => {
    const { status, body } = await get('titan-embed', headers);
    expect([status, body.error.message]).toEqual([404, expect.stringContaining('POST /v1/embeddings')]);
  });
});

test('other clients get OpenAI’s shape of the list', async () => {
  const { body } = await runRoute(handler, proxyEvent({ httpMethod: 'GET', resource: '/v1/models' }));
  expect(modelList.parse(JSON.parse(body)).data.map(({ id }) => id)).toEqual([
    'llama-3.3-70b',
    'titan-embed',
  ]);
});
