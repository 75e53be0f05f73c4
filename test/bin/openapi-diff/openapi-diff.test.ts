import { breakingChanges, type OpenApi } from '../../../bin/openapi-diff/breaking-changes.ts';
import { releaseText, withoutProse } from '../../../bin/openapi-diff/release-document.ts';
import { byVersion, intendedBreaks, judge, lastRelease } from '../../../bin/openapi-diff/releases.ts';
import { type RuleName, rules } from '../../../bin/openapi-diff/rules.ts';
import type { Schema } from '../../../bin/openapi-diff/schema-changes.ts';
import { openApiDocument } from '../../../core/contract/openapi/openapi-document.ts';

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** A document with one call, in which a test changes something. */
function example(
  change: (operation: OpenApi['paths'][string][string], all: OpenApi) => void = () => {},
): OpenApi {
  const operation: OpenApi['paths'][string][string] = {
    operationId: 'makeThing',
    security: [{ login: [] }, { apiKey: [] }],
    parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }],
    requestBody: {
      required: false,
      content: {
        'application/json': {
          schema: object(
            {
              name: { type: 'string', minLength: 1, maxLength: 100, pattern: '^a' },
              kind: { type: 'string', enum: ['small', 'large'] },
              size: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
              tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
              free: { type: 'object', properties: {}, additionalProperties: true },
              pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
              words: {
                type: 'object',
                additionalProperties: { type: 'string' },
                propertyNames: { maxLength: 9 },
              },
              seconds: { type: 'integer', default: 60 },
            },
            ['name'],
          ),
        },
      },
    },
    responses: {
      '200': {
        description: 'The thing',
        headers: { 'x-left': {} },
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
          'text/event-stream': { schema: { type: 'string' } },
        },
      },
      '400': { description: '`bad_name`, `bad_size`', content: {} },
    },
  };
  const all: OpenApi = {
    paths: { '/v1/things': { post: operation, get: { responses: {} } } },
    components: {
      schemas: {
        Thing: object(
          {
            id: { type: 'string' },
            state: { type: 'string', enum: ['new', 'old'] },
            size: { type: 'integer' },
            none: { type: 'array', items: { not: {} } },
            parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          },
          ['id', 'size'],
        ),
      },
    },
  };
  change(operation, all);
  return structuredClone(all);
}

type Operation = OpenApi['paths'][string][string];
const body = ({ requestBody }: Operation): Schema => requestBody?.content['application/json']?.schema ?? {};
const field = (operation: Operation, name: string): Schema => body(operation).properties?.[name] ?? {};
const thing = ({ components }: OpenApi): Schema => components.schemas.Thing ?? {};

type Change = Parameters<typeof example>[0];
/** What each rule finds, by what is done to the document. */
const breaks: [RuleName, string, Change][] = [
  ['operation-removed', 'GET /v1/things', (_, { paths }) => delete paths['/v1/things']?.get],
  ['operation-renamed', 'POST /v1/things', (one) => Object.assign(one, { operationId: 'createThing' })],
  ['access-narrowed', 'POST /v1/things', (one) => Object.assign(one, { security: [{ login: [] }] })],
  [
    'access-narrowed',
    'POST /v1/things',
    (one) => Object.assign(one, { security: [{ login: ['admins'] }, { apiKey: [] }] }),
  ],
  ['parameter-removed', 'POST /v1/things query limit', (one) => Object.assign(one, { parameters: [] })],
  [
    'parameter-required',
    'POST /v1/things query limit',
    (one) => Object.assign(one.parameters?.[0] ?? {}, { required: true }),
  ],
  [
    'parameter-required',
    'POST /v1/things header x-new',
    (one) => one.parameters?.push({ name: 'x-new', in: 'header', required: true }),
  ],
  [
    'bound-narrowed',
    'POST /v1/things query limit maximum',
    (one) => Object.assign(one.parameters?.[0]?.schema ?? {}, { maximum: 50 }),
  ],
  [
    'body-required',
    'POST /v1/things request',
    (one) => Object.assign(one.requestBody ?? {}, { required: true }),
  ],
  ['body-removed', 'POST /v1/things request', (one) => delete one.requestBody],
  ['property-removed', 'POST /v1/things request.kind', (one) => delete body(one).properties?.kind],
  ['property-required', 'POST /v1/things request.kind', (one) => body(one).required?.push('kind')],
  [
    'property-required',
    'POST /v1/things request.colour',
    (one) => {
      Object.assign(body(one).properties ?? {}, { colour: { type: 'string' } });
      body(one).required?.push('colour');
    },
  ],
  [
    'value-removed',
    'POST /v1/things request.kind "large"',
    (one) => Object.assign(field(one, 'kind'), { enum: ['small'] }),
  ],
  [
    'value-removed',
    'POST /v1/things request.name others',
    (one) => Object.assign(field(one, 'name'), { enum: ['a'] }),
  ],
  [
    'type-removed',
    'POST /v1/things request.size null',
    (one) => Object.assign(field(one, 'size'), { anyOf: [{ type: 'integer' }] }),
  ],
  [
    'bound-narrowed',
    'POST /v1/things request.name minLength',
    (one) => Object.assign(field(one, 'name'), { minLength: 2 }),
  ],
  [
    'bound-narrowed',
    'POST /v1/things request.tags maxItems',
    (one) => Object.assign(field(one, 'tags'), { maxItems: 4 }),
  ],
  [
    'bound-narrowed',
    'POST /v1/things request.tags[] maxLength',
    (one) => Object.assign(field(one, 'tags').items || {}, { maxLength: 9 }),
  ],
  [
    'type-removed',
    'POST /v1/things request.pair[0] string',
    (one) => Object.assign(field(one, 'pair'), { prefixItems: [{ type: 'boolean' }, { type: 'integer' }] }),
  ],
  [
    'type-removed',
    'POST /v1/things request.pair[1] integer',
    (one) => Object.assign(field(one, 'pair'), { prefixItems: [{ type: 'string' }] }),
  ],
  [
    'type-removed',
    'POST /v1/things request.tags[] string',
    (one) => Object.assign(field(one, 'tags'), { items: false }),
  ],
  [
    'bound-narrowed',
    'POST /v1/things request.words names maxLength',
    (one) => Object.assign(field(one, 'words'), { propertyNames: { maxLength: 8 } }),
  ],
  [
    'default-changed',
    'POST /v1/things request.seconds',
    (one) => Object.assign(field(one, 'seconds'), { default: 30 }),
  ],
  [
    'pattern-changed',
    'POST /v1/things request.name',
    (one) => Object.assign(field(one, 'name'), { pattern: '^b' }),
  ],
  [
    'other-properties-refused',
    'POST /v1/things request.free',
    (one) => Object.assign(field(one, 'free'), { additionalProperties: false }),
  ],
  ['status-removed', 'POST /v1/things 200', (one) => delete one.responses['200']],
  [
    'media-type-removed',
    'POST /v1/things 200 text/event-stream',
    (one) => delete one.responses['200']?.content?.['text/event-stream'],
  ],
  [
    'header-removed',
    'POST /v1/things 200 x-left',
    (one) => Object.assign(one.responses['200'] ?? {}, { headers: {} }),
  ],
  [
    'code-removed',
    'POST /v1/things 400 bad_size',
    (one) => Object.assign(one.responses['400'] ?? {}, { description: '`bad_name`, `wrong_size`' }),
  ],
  ['property-removed', 'POST /v1/things 200.size', (_, all) => delete thing(all).properties?.size],
  [
    'property-optional',
    'POST /v1/things 200.size',
    (_, all) => Object.assign(thing(all), { required: ['id'] }),
  ],
  [
    'value-removed',
    'POST /v1/things 200.state "old"',
    (_, all) => Object.assign(thing(all).properties?.state ?? {}, { enum: ['new'] }),
  ],
  [
    'type-added',
    'POST /v1/things 200.size null',
    (_, all) => Object.assign(thing(all).properties?.size ?? {}, { type: ['integer', 'null'] }),
  ],
  [
    'type-added',
    'POST /v1/things 200.none[] string',
    (_, all) => Object.assign(thing(all).properties?.none ?? {}, { items: { type: 'string' } }),
  ],
];

test.each(breaks)('%s is found: %s', (rule, where, change) => {
  expect(breakingChanges(example(), example(change))).toContainEqual({ rule, where });
});

test('each rule has a case', () => {
  expect([...new Set(breaks.map(([rule]) => rule))].toSorted()).toEqual(Object.keys(rules).toSorted());
});

const harmless: [string, Change][] = [
  ['nothing', () => {}],
  ['a new operation', (_, { paths }) => Object.assign(paths, { '/v1/more': { get: { responses: {} } } })],
  [
    'a new optional field of a request',
    (one) => Object.assign(body(one).properties ?? {}, { colour: { type: 'string' } }),
  ],
  ['a field of a request that may be left out now', (one) => Object.assign(body(one), { required: [] })],
  [
    'a new value that a request may have',
    (one) => Object.assign(field(one, 'kind'), { enum: ['small', 'large', 'huge'] }),
  ],
  [
    'a further type that a request may have',
    (one) => Object.assign(field(one, 'name'), { type: ['string', 'null'] }),
  ],
  [
    'wider bounds',
    (one) => Object.assign(field(one, 'name'), { minLength: 0, maxLength: 500, pattern: undefined }),
  ],
  [
    'a new parameter',
    (one) => one.parameters?.push({ name: 'cursor', in: 'query', schema: { type: 'string' } }),
  ],
  ['a further way to be let in', (one) => one.security?.push({ sessionCookie: [] })],
  ['an open door', (one) => Object.assign(one, { security: [] })],
  ['a new status', (one) => Object.assign(one.responses, { '404': { description: '`not_found`' } })],
  [
    'a new code',
    (one) => Object.assign(one.responses['400'] ?? {}, { description: '`bad_name`, `bad_size`, `bad_kind`' }),
  ],
  [
    'a new field of an answer',
    (_, all) => Object.assign(thing(all).properties ?? {}, { colour: { type: 'string' } }),
  ],
  ['a field that every answer has now', (_, all) => thing(all).required?.push('state')],
  [
    'narrower bounds of an answer',
    (_, all) => Object.assign(thing(all).properties?.id ?? {}, { maxLength: 20 }),
  ],
  [
    'more that a list of a request may have',
    (one) => Object.assign(field(one, 'pair'), { items: { type: 'string' } }),
  ],
  [
    'a list of an answer that is always empty now',
    (_, all) => Object.assign(thing(all).properties?.parts ?? {}, { items: false }),
  ],
  ['other words', (one) => Object.assign(one.responses['200'] ?? {}, { description: 'The new `thing`' })],
];

test.each(harmless)('%s breaks nothing', (_, change) => {
  expect(breakingChanges(example(), example(change))).toEqual([]);
});

/** Every schema in a document, those within others too. */
function schemasIn(value: unknown, isSchema = false): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([name, one]): Schema[] => {
    if (['schemas', 'properties'].includes(name))
      return Object.values(one).flatMap((each) => schemasIn(each, true));
    if (['anyOf', 'oneOf', 'allOf', 'prefixItems'].includes(name) && isSchema)
      return (one as unknown[]).flatMap((each) => schemasIn(each, true));
    return schemasIn(one, isSchema || name === 'schema');
  });
  return isSchema && !Array.isArray(value) ? [value as Schema, ...inside] : inside;
}

/** A keyword that is new here is ignored until schema-changes.ts compares it. */
test('every keyword of the document’s schemas is compared', () => {
  const compared = [
    ...['$ref', 'anyOf', 'oneOf', 'not', 'type', 'format', 'const', 'enum', 'default'],
    ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
    ...['items', 'prefixItems', 'minItems', 'maxItems'],
    ...['properties', 'required', 'additionalProperties', 'propertyNames', 'minProperties', 'maxProperties'],
  ];
  // How a field is treated that the API takes and can't honour; what is refused is told by its schema.
  const meaningless = ['x-daypass-field'];
  const schemas = schemasIn(JSON.parse(releaseText(openApiDocument())));
  const keywords = new Set(schemas.flatMap((schema) => Object.keys(schema)));
  expect([...keywords].toSorted()).toEqual([...compared, ...meaningless].toSorted());
  // Two forms alone are understood of these.
  for (const { not, ...others } of schemas) {
    expect(not ?? {}).toEqual({});
    if (['$ref', 'anyOf', 'oneOf'].some((name) => others[name] !== undefined))
      expect(Object.keys(others).filter((name) => !meaningless.includes(name))).toHaveLength(1);
  }
});

test('what is written once and referred to is the same as what is written where it is used', () => {
  const inline = example((one, all) => {
    const media = one.responses['200']?.content?.['application/json'];
    Object.assign(media ?? {}, { schema: thing(all) });
  });
  expect(breakingChanges(example(), inline)).toEqual([]);
  expect(breakingChanges(inline, example())).toEqual([]);
});

test('a change that breaks is let through by a line in the list, until a release has brought it', () => {
  const change = { rule: 'operation-removed', where: 'GET /v1/things' } as const;
  const line = { ...change, version: '1.2.0', reason: 'GET /v1/all-things has them' };
  expect(judge([change], [], '1.1.0')).toEqual({ unintended: [change], stale: [] });
  expect(judge([change], [line], '1.1.0')).toEqual({ unintended: [], stale: [] });
  expect(judge([change], [line], '1.2.0')).toEqual({ unintended: [change], stale: [] });
  expect(judge([], [line], '1.1.0')).toEqual({ unintended: [], stale: [line] });
  expect(judge([], [line], '1.2.0')).toEqual({ unintended: [], stale: [] });
});

test('versions are in order of their numbers', () => {
  expect(['0.10.0', '0.9.1', '1.0.0', '0.9.0'].toSorted(byVersion)).toEqual([
    '0.9.0',
    '0.9.1',
    '0.10.0',
    '1.0.0',
  ]);
});

test('a kept document has no prose, and no field of the API is lost with it', () => {
  const properties = { description: { type: 'string', description: 'Words' }, title: { type: 'string' } };
  const kept = withoutProse({
    info: { title: 'Daypass', description: 'Words' },
    paths: {
      '/v1/a': { get: { summary: 'Words', responses: { 200: { description: 'Words', content: {} } } } },
    },
    components: { schemas: { A: { title: 'A', properties, examples: [1] } }, examples: { one: {} } },
  });
  expect(kept).toEqual({
    info: { title: 'Daypass' },
    paths: { '/v1/a': { get: { responses: { 200: { description: 'Words', content: {} } } } } },
    components: {
      schemas: { A: { properties: { description: { type: 'string' }, title: { type: 'string' } } } },
    },
  });
});

test('what is written to a file is the document without prose', () => {
  expect(JSON.parse(releaseText(openApiDocument()))).toEqual(
    JSON.parse(JSON.stringify(withoutProse(openApiDocument()))),
  );
});

test('nothing breaks programs that were written for the last release, but for what is intended', () => {
  const { version, document } = lastRelease();
  const now = JSON.parse(releaseText(openApiDocument()));
  expect(judge(breakingChanges(document, now), intendedBreaks(), version)).toEqual({
    unintended: [],
    stale: [],
  });
});

test('every intended break has a known rule, a version and a reason', () => {
  for (const { rule, version, reason } of intendedBreaks()) {
    expect(Object.keys(rules)).toContain(rule);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(reason.length).toBeGreaterThan(10);
  }
});
