import type { EmbeddingModel } from '../../core/catalog.ts';
import { findChatModel, findEmbeddingModel, knownNameIn } from '../../core/find-model.ts';
import { someModel } from './chat/model-fixture.ts';

const embeddingModels = [{ name: 'titan-embed' } as EmbeddingModel];
const catalog = { models: [someModel()], embeddingModels };

test('an embedding model in a chat is refused with the route that takes it', () => {
  expect(() => findChatModel(catalog, 'titan-embed')).toThrow(
    expect.objectContaining({
      code: 'model_not_found',
      param: 'model',
      message: "'titan-embed' is an embedding model: send texts for it to POST /v1/embeddings.",
    }),
  );
});

test('a chat model for embeddings is refused with the routes that take it', () => {
  const message = expect.stringContaining(
    "'nova-lite' is a chat model: call it at POST /v1/chat/completions",
  );
  expect(() => findEmbeddingModel(catalog, 'nova-lite')).toThrow(
    expect.objectContaining({ code: 'model_not_found', message }),
  );
});

test('a name close to a model of the other kind names no route', () => {
  expect(() => findChatModel(catalog, 'titan-embe')).toThrow('There is no such model.');
});

test.each([
  [{ model: 'nova-lite' }, 'nova-lite'],
  [{ model: 'titan-embed', input: 1 }, 'titan-embed'],
  [{ model: 'what a caller typed' }, undefined],
  [{ model: ['nova-lite'] }, undefined],
  [{ model: { toString: 1 } }, undefined],
  [{}, undefined],
  [[], undefined],
  ['nova-lite', undefined],
  [null, undefined],
  [undefined, undefined],
])('the name in %j, if any model has it, is %j', (json, name) => {
  expect(knownNameIn(catalog)(json)).toBe(name);
});
