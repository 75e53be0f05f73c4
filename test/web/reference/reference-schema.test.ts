import { openApiDocument } from '../../../core/contract/openapi.ts';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes as allRoutes } from '../../../core/contract/routes.ts';
import type { JsonSchema, OpenApiDocument } from '../../../web/screens/reference/openapi.ts';
import { operationsOf, schemasOf } from '../../../web/screens/reference/operations.ts';
import { answerWords } from '../../../web/screens/reference/schema/answer-words.ts';
import { schemaExample } from '../../../web/screens/reference/schema/schema-example.ts';
import { type SchemaNode, schemaTree } from '../../../web/screens/reference/schema/schema-tree.ts';

const routes: Record<string, RouteContract> = allRoutes;
const document = openApiDocument() as unknown as OpenApiDocument;
const operations = operationsOf(document);
const words = {
  values: { model: 'nova-lite', plan: '10-per-day', role: 'user', content: 'Hello', stream: true },
  shown: ['stream'],
};
const withBody = operations.flatMap(({ id, body }) =>
  body === undefined ? [] : [[id, body.schema] as const],
);

const tree = (schema: JsonSchema, schemas = {}) => schemaTree(schema, schemas);
const field = (node: SchemaNode, name: string) => {
  const found = [...node.fields, ...node.variants].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name} in ${JSON.stringify(node)}`);
  return found;
};

test('every route of the contract is an operation with its access, and nothing else is', () => {
  expect(Object.fromEntries(operations.map(({ id, access }) => [id, access]))).toEqual(
    Object.fromEntries(Object.entries(routes).map(([id, { access }]) => [id, access])),
  );
});

test('only routes that answer with events stream', () => {
  const streaming = Object.entries(routes).filter(([, { answers }]) => answers[200]?.streams);
  expect(streaming.length).toBeGreaterThan(0);
  expect(operations.filter(({ streams }) => streams).map(({ id }) => id)).toEqual(
    streaming.map(([id]) => id),
  );
});

test.each(withBody)('the example of %s is a body that the route takes', (id, schema) => {
  const example = schemaExample(schema, schemasOf(document), words);
  // Users must choose which field of a key to change, and two different passwords.
  if (id === 'updateApiKey') Object.assign(example as object, { name: 'laptop' });
  if (id === 'changeUser') Object.assign(example as object, { suspended: true });
  if (id === 'changePassword') Object.assign(example as object, { newPassword: 'another' });
  expect(routes[id]?.body?.safeParse(example).error).toBeUndefined();
});

test('the example of each answer fits its schema', () => {
  const unfit = operations.flatMap(({ id, answers }) =>
    answers.flatMap(({ status, schema }) => {
      if (schema === undefined) return [];
      const example = schemaExample(schema, schemasOf(document), answerWords(id));
      const answer = routes[id]?.answers[Number(status)];
      const fits = [answer?.schema, answer?.otherSchema].some((one) => one?.safeParse(example).success);
      return fits ? [] : [id];
    }),
  );
  expect(unfit).toEqual([]);
});

test('the example of a chat uses the words given, shows the stream, and leaves out the rest', () => {
  const chat = withBody.find(([id]) => id === 'createChatCompletion');
  expect(schemaExample(chat?.[1] ?? {}, {}, words)).toEqual({
    model: 'nova-lite',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
  });
});

test('a value of the wrong type is not used', () => {
  const schema = {
    type: 'object',
    properties: { model: { type: 'integer', minimum: 3 } },
    required: ['model'],
  };
  expect(schemaExample(schema, {}, words)).toEqual({ model: 3 });
});

test('every field of every schema of the document has a name and a type', () => {
  const nameless: string[] = [];
  const look = (node: SchemaNode, path: string) => {
    for (const one of node.fields) {
      if (one.name === undefined || one.type === '') nameless.push(path);
      look(one, `${path}.${one.name}`);
    }
    for (const one of node.variants) look(one, `${path}|${one.name}`);
  };
  for (const { id, body, answers } of operations) {
    if (body !== undefined) look(tree(body.schema), id);
    for (const { schema } of answers) if (schema !== undefined) look(tree(schema, schemasOf(document)), id);
  }
  expect(nameless).toEqual([]);
});

test('a field has its type, whether it is optional, its limits and its values', () => {
  const node = tree({
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100, description: 'For people' },
      status: { type: 'string', enum: ['active', 'revoked'] },
      limit: { anyOf: [{ type: 'integer', minimum: 1, maximum: 9007199254740991 }, { type: 'null' }] },
      tags: { type: 'array', items: { type: 'string' }, maxItems: 1 },
      counts: { type: 'object', additionalProperties: { type: 'integer' } },
    },
    required: ['name'],
  });
  expect(field(node, 'name')).toMatchObject({
    type: 'string',
    required: true,
    description: 'For people',
    facts: ['1 to 100 characters'],
  });
  expect(field(node, 'status')).toMatchObject({ required: false, values: ['"active"', '"revoked"'] });
  expect(field(node, 'limit')).toMatchObject({ type: 'integer or null', facts: ['at least 1'] });
  expect(field(node, 'tags')).toMatchObject({ type: 'list of string', facts: ['at most 1 entry'] });
  expect(field(node, 'counts').type).toBe('map of integer');
});

test('the variants of a union are named by what tells them apart', () => {
  const kind = (role: string) => ({ type: 'object', properties: { role: { const: role }, text: {} } });
  const node = tree({ type: 'array', items: { oneOf: [kind('user'), kind('system')] } });
  expect(node.type).toBe('list of 2 kinds');
  expect(node.variants.map(({ name }) => name)).toEqual(['role: "user"', 'role: "system"']);
});

test('a schema that contains itself ends, in the tree and in the example', () => {
  const schemas = {
    Tree: {
      type: 'object',
      properties: { child: { $ref: '#/components/schemas/Tree' }, name: { type: 'string' } },
      required: ['child', 'name'],
    },
  };
  const schema = { $ref: '#/components/schemas/Tree' };
  expect(field(tree(schema, schemas), 'child')).toMatchObject({ type: 'Tree', fields: [] });
  expect(schemaExample(schema, schemas, { values: {}, shown: [] })).toEqual({ child: {}, name: 'text' });
});
