import { openApiDocument } from '../../../core/contract/openapi/openapi-document.ts';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes as allRoutes } from '../../../core/contract/routes.ts';
import type { JsonSchema, OpenApiDocument } from '../../../web/screens/reference/openapi.ts';
import { operationsOf, schemasOf } from '../../../web/screens/reference/operations.ts';
import { type SchemaNode, schemaTree } from '../../../web/screens/reference/schema/schema-tree.ts';

const routes: Record<string, RouteContract> = allRoutes;
const document = openApiDocument() as unknown as OpenApiDocument;
const operations = operationsOf(document);

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

test('every body and every answer has the example of the contract', () => {
  const lacking = operations.filter(
    ({ body, answers }) =>
      (body !== undefined && body.example === undefined) ||
      answers.some(({ example }) => example === undefined),
  );
  expect(lacking.map(({ id }) => id)).toEqual([]);
});

test('the body of a chat, which two operations share, has its fields', () => {
  const bodies = operations.filter(({ path }) => path.endsWith('/chat/completions'));
  expect(bodies.map(({ body }) => Object.keys(body?.schema.properties ?? {})[0])).toEqual(['model', 'model']);
});

test('the variants of an answer, which others share, are named by what tells them apart', () => {
  const login = operations.find(({ id }) => id === 'login')?.answers[0]?.schema ?? {};
  expect(tree(login, schemasOf(document)).variants.map(({ name }) => name)).toEqual([
    'Session',
    'challenge: "authenticator"',
  ]);
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
    if (body !== undefined) look(tree(body.schema, schemasOf(document)), id);
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

test('a schema that contains itself ends', () => {
  const schemas = {
    Tree: {
      type: 'object',
      properties: { child: { $ref: '#/components/schemas/Tree' }, name: { type: 'string' } },
      required: ['child', 'name'],
    },
  };
  const schema = { $ref: '#/components/schemas/Tree' };
  expect(field(tree(schema, schemas), 'child')).toMatchObject({ type: 'Tree', fields: [] });
});
