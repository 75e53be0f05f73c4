import { checkAnswer } from './check-answer.ts';
import { type Model, operationOf } from './model.ts';

const string = { shape: 'String' };
const model: Model = {
  metadata: { protocol: 'rest-json' },
  operations: {
    GetKeys: { name: 'GetKeys', http: { method: 'GET', requestUri: '/keys' }, output: { shape: 'Keys' } },
    GetKey: {
      name: 'GetKey',
      http: { method: 'GET', requestUri: '/keys/{id}' },
      output: { shape: 'Key' },
      errors: [{ shape: 'NotFoundException' }],
    },
    ImportKeys: { name: 'ImportKeys', http: { method: 'POST', requestUri: '/keys?mode=import' } },
    CreateKey: { name: 'CreateKey', http: { method: 'POST', requestUri: '/keys' }, output: { shape: 'Key' } },
    Invoke: {
      name: 'Invoke',
      http: { method: 'POST', requestUri: '/functions/{name}/invocations' },
      output: { shape: 'Invoked' },
    },
  },
  shapes: {
    String: { type: 'string' },
    Blob: { type: 'blob' },
    Kind: { type: 'string', enum: ['PLAIN'] },
    Number: { type: 'integer' },
    Time: { type: 'timestamp' },
    Keys: { type: 'structure', members: { items: { shape: 'KeyList', locationName: 'item' } } },
    KeyList: { type: 'list', member: { shape: 'Key' } },
    Tags: { type: 'map', value: string },
    Key: {
      type: 'structure',
      required: ['id'],
      members: {
        id: string,
        kind: { shape: 'Kind' },
        count: { shape: 'Number' },
        createdDate: { shape: 'Time' },
        tags: { shape: 'Tags' },
        etag: { shape: 'String', location: 'header', locationName: 'ETag' },
      },
    },
    Invoked: { type: 'structure', payload: 'body', members: { body: { shape: 'Blob' } } },
    NotFoundException: { type: 'structure', exception: true, error: { httpStatusCode: 404 } },
  },
};

const check = (
  url: string,
  body: unknown,
  rest: { status?: number; errorType?: string; method?: string } = {},
) =>
  checkAnswer('keys', model, { method: 'GET', status: 200, url, body: JSON.stringify(body), ...rest }).map(
    ({ rule, where }) => `${rule}: ${where}`,
  );

test('an answer of the model’s shape has no findings', () => {
  const key = { id: 'a', kind: 'PLAIN', count: 1, createdDate: 1.5, tags: { team: 'b' } };
  expect(check('/keys/a', key)).toEqual([]);
  expect(check('/keys?limit=5', { item: [key] })).toEqual([]);
  expect(check('/functions/f/invocations', 'whatever a function says', { method: 'POST' })).toEqual([]);
});

test.each([
  ['a member that is not in the model', { id: 'a', name: 'b' }, 'unknown member: keys GetKey.name'],
  ['a member that goes into a header', { id: 'a', ETag: 'b' }, 'unknown member: keys GetKey.ETag'],
  ['a required member that is missing', {}, 'missing member: keys GetKey.id'],
  ['text for a number', { id: 'a', count: '1' }, 'wrong type: keys GetKey.count'],
  ['a number for text', { id: 1 }, 'wrong type: keys GetKey.id'],
  ['text for a time', { id: 'a', createdDate: '2026-01-01' }, 'wrong type: keys GetKey.createdDate'],
  ['null for a map', { id: 'a', tags: null }, 'wrong type: keys GetKey.tags'],
  ['a number in a map of texts', { id: 'a', tags: { n: 1 } }, 'wrong type: keys GetKey.tags{}'],
  ['a word outside of a list', { id: 'a', kind: 'OTHER' }, 'unknown value: keys GetKey.kind'],
])('%s is found', (_what, body, found) => {
  expect(check('/keys/a', body)).toEqual([found]);
});

test('what is wrong within lists is found under the name on the wire', () => {
  expect(check('/keys', { item: [{ id: 'a' }, {}] })).toEqual(['missing member: keys GetKeys.item[].id']);
  expect(check('/keys', { items: [] })).toEqual(['unknown member: keys GetKeys.items']);
});

test('errors are those of the operation, with the model’s status', () => {
  expect(check('/keys/a', {}, { status: 404, errorType: 'NotFoundException:http://x' })).toEqual([]);
  expect(check('/keys/a', { __type: 'a#NotFoundException' }, { status: 400 })).toEqual([
    'wrong status: keys GetKey',
  ]);
  expect(check('/keys/a', {}, { status: 400, errorType: 'Other' })).toEqual([
    'unmodelled error: keys GetKey',
  ]);
  expect(check('/keys/a', {}, { status: 500 })).toEqual(['error without a code: keys GetKey']);
});

test('operations that differ by their query alone are told apart', () => {
  const name = (url: string) => operationOf(model, { method: 'POST', url })?.name;
  expect([name('/keys'), name('/keys?mode=import'), name('/nothing')]).toEqual([
    'CreateKey',
    'ImportKeys',
    undefined,
  ]);
});
