import type { Catalog } from '../../../../core/catalog.ts';
import { someModel } from '../../../core/chat/model-fixture.ts';
import { captureOutput } from '../../http/capture-output.ts';
import { proxyEvent } from '../../http/proxy-event.ts';
import { runRoute } from '../../http/run-route.ts';
import { setCatalog } from '../set-catalog.ts';

setCatalog({
  plans: [],
  chat: {} as Catalog['chat'],
  models: [someModel({ name: 'llama-3.3-70b' })],
  embeddingModels: [
    { ...someModel({ name: 'titan-embed' }), family: 'titan', maxCharacters: 1000, dimensions: [1024] },
  ],
});
const { handler } = await import('../../../../lambda/handlers/chat/get-model.ts');

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const get = async (id: string) => {
  const { statusCode, body } = await runRoute(
    handler,
    proxyEvent({ httpMethod: 'GET', pathParameters: { id } }),
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
