import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { JsonObject } from '../../../../../../local/aws/bedrock/json-fields.ts';
import { instanceOf } from '../../../../../../local/aws/bedrock/pretend/json-schema/instance-of.ts';

const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true });
formats.default(ajv);

const problems = (schema: JsonObject): string | undefined =>
  ajv.validate(schema, instanceOf(schema)) ? undefined : ajv.errorsText();

const object = (properties: object, more: object = {}): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...more,
});
const one = (schema: object) => object({ value: schema });

const schemas: [name: string, schema: JsonObject][] = [
  ['no keyword at all', {}],
  ['an empty object', { type: 'object' }],
  ['nested objects', object({ a: object({ b: object({ c: { type: 'string' } }) }) })],
  ['a closed object with a required name of no schema', { ...object({}), required: ['a'] }],
  ['enum and const', object({ a: { enum: ['x', 'y'] }, b: { const: 7 }, c: { const: null } })],
  ['several types', object({ a: { type: ['null', 'integer'] }, b: { type: ['string', 'null'] } })],
  ['text lengths', object({ a: { type: 'string', minLength: 40 }, b: { type: 'string', maxLength: 2 } })],
  ['a pattern', one({ type: 'string', pattern: '^[A-Z]{2}-\\d{3,5}(x|y)?$' })],
  ['a pattern of a length', one({ type: 'string', pattern: '^\\w+$', minLength: 12, maxLength: 14 })],
  ['a pattern with groups', one({ type: 'string', pattern: '^(?:foo|bar)\\.(?<n>[^\\s.]+)@example\\.com$' })],
  [
    'a pattern of an exact, great length',
    one({ type: 'string', pattern: '^[a-f]+$', minLength: 500, maxLength: 500 }),
  ],
  [
    'a pattern whose second alternative alone is long',
    one({ type: 'string', pattern: '^(a|b{9})$', minLength: 5 }),
  ],
  ['a pattern that refers back', one({ type: 'string', pattern: '^(\\d{2})-\\1$' })],
  ['a pattern of non-ASCII letters', one({ type: 'string', pattern: '^[à-ü]{3}$' })],
  ['integers in bounds', one({ type: 'integer', minimum: -9, maximum: -7 })],
  ['integers above a bound', one({ type: 'integer', exclusiveMinimum: 99 })],
  ['numbers between', one({ type: 'number', exclusiveMinimum: 0.1, exclusiveMaximum: 0.2 })],
  [
    'multiples',
    object({ a: { type: 'integer', multipleOf: 7, minimum: 20 }, b: { type: 'number', multipleOf: 0.5 } }),
  ],
  ['arrays of a length', one({ type: 'array', items: { type: 'string' }, minItems: 3, maxItems: 4 })],
  [
    'arrays of different items',
    one({ type: 'array', items: { type: 'integer' }, minItems: 4, uniqueItems: true }),
  ],
  [
    'arrays of different words',
    one({ type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }),
  ],
  [
    'tuples',
    one({ type: 'array', prefixItems: [{ type: 'string' }, { type: 'boolean' }], items: false, minItems: 2 }),
  ],
  ['arrays that contain', one({ type: 'array', contains: { const: 'x' } })],
  ['an empty array', one({ type: 'array', maxItems: 0 })],
  ['anyOf', one({ anyOf: [{ type: 'string', minLength: 3 }, { type: 'null' }] })],
  [
    'oneOf where the first fits twice',
    one({ oneOf: [{ type: 'integer' }, { type: 'number' }, { type: 'string' }] }),
  ],
  [
    'a tagged union',
    one({ oneOf: [object({ t: { const: 'a' } }), object({ t: { const: 'b' }, n: { type: 'integer' } })] }),
  ],
  ['allOf', { allOf: [object({ a: { type: 'string' } }), object({ b: { type: 'integer', minimum: 5 } })] }],
  [
    'allOf in one place',
    one({
      allOf: [
        { type: 'number', minimum: 3 },
        { maximum: 4, multipleOf: 2 },
      ],
    }),
  ],
  ['not', one({ type: 'boolean', not: { const: true } })],
  [
    'if, then, else',
    object(
      { kind: { enum: ['a', 'b'] } },
      JSON.parse(`{
      "if": { "properties": { "kind": { "const": "a" } } },
      "then": { "required": ["size"], "properties": { "size": { "type": "integer" } } },
      "else": { "required": ["name"] }
    }`),
    ),
  ],
  ['$defs', object({ a: { $ref: '#/$defs/n' } }, { $defs: { n: { type: 'integer', minimum: 10 } } })],
  ['definitions', object({ a: { $ref: '#/definitions/n' } }, { definitions: { n: { enum: [3] } } })],
  ['an anchor', object({ a: { $ref: '#word' } }, { $defs: { n: { $anchor: 'word', type: 'string' } } })],
  [
    'a list of itself',
    {
      $ref: '#/$defs/node',
      $defs: {
        node: object({
          value: { type: 'integer' },
          next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
        }),
      },
    },
  ],
  ['a tree of itself', object({ children: { type: 'array', items: { $ref: '#' } } })],
  [
    'names by pattern',
    {
      type: 'object',
      patternProperties: { '^x-': { type: 'integer' } },
      minProperties: 1,
      additionalProperties: false,
    },
  ],
  ['names of any kind', { type: 'object', additionalProperties: { type: 'boolean' }, minProperties: 2 }],
  [
    'dependent names',
    { type: 'object', properties: { a: { type: 'string' } }, dependentRequired: { a: ['b'] } },
  ],
  [
    'optional names that exclude each other',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
  ],
];

test.each(schemas)('%s is satisfied', (_name, schema) => {
  expect(problems(schema)).toBeUndefined();
});

/** As JSON has them: in a literal `__proto__` would be something else. */
const parsed = (json: string): JsonObject => JSON.parse(json);

test.each<[string, JsonObject]>([
  ['required', parsed('{"type":"object","required":["toString","constructor","valueOf"]}')],
  [
    'described, closed and required',
    {
      ...object({ toString: { type: 'integer' }, constructor: { enum: ['x'] }, hasOwnProperty: {} }),
      additionalProperties: false,
    },
  ],
  ['optional, and left out', { type: 'object', properties: { toString: { type: 'integer' } } }],
  ['given by two schemas', { allOf: [object({ toString: {} }), object({ toString: { type: 'null' } })] }],
  ['a reference', object({ a: { $ref: '#/$defs/constructor' } }, { $defs: { constructor: { const: 5 } } })],
  ['formats', one({ type: 'string', format: 'constructor' })],
  ['keywords', one(parsed('{"type":"boolean","toString":{},"__proto__":{"type":"string"}}'))],
])('names that every object inherits are ordinary names: %s', (_name, schema) => {
  expect(problems(schema)).toBeUndefined();
});

test('a member named __proto__ is made as a member', () => {
  const made = instanceOf(parsed('{"type":"object","required":["__proto__"]}')) as object;
  expect(Object.keys(made)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
});

test.each(['date', 'date-time', 'time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid'])(
  'the format %s is satisfied, by different texts in a list',
  (format) => {
    const items = { type: 'string', format };
    expect(problems(one({ type: 'array', items, minItems: 3, uniqueItems: true }))).toBeUndefined();
  },
);

test('the same schema always gets the same instance', () => {
  const schema = object({ a: { type: 'string' }, b: { type: 'array', items: { type: 'number' } } });
  expect(instanceOf(schema)).toEqual(instanceOf(structuredClone(schema)));
});

test.each(['^(?:a{9999}){9999}$', '^(?!x)$(?<=y)', '^\\p{Lu}\\p{Ll}+$'])(
  'a pattern without a sample is refused at once: %s',
  (pattern) => {
    expect(() => instanceOf(one({ type: 'string', pattern }))).toThrow(/can't find JSON/);
  },
);

test('a schema that cannot be satisfied is refused, not invented', () => {
  expect(() => instanceOf(one({ type: 'integer', minimum: 2, maximum: 1 }))).toThrow(/can't find JSON/);
});

const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constant('string'), minLength: fc.nat(30) }),
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat(50)).map(([minimum, width]) => ({
    type: 'integer',
    minimum,
    maximum: minimum + width,
  })),
  fc.constantFrom<JsonObject>(
    { type: 'boolean' },
    { type: 'null' },
    { enum: ['é', '🚀'] },
    { type: 'number' },
  ),
);
/** Ajv looks at no property named `__proto__`, so none is asked for. */
const propertyName = fc
  .oneof(fc.string({ minLength: 1 }), fc.constantFrom('toString', 'constructor', 'valueOf', 'isPrototypeOf'))
  .filter((name) => name !== '__proto__');
const tree = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.dictionary(propertyName, tie('schema'), { maxKeys: 4 }).map((made) => ({
      ...object(made),
      additionalProperties: false,
    })),
    fc.tuple(tie('schema'), fc.nat(3)).map(([items, minItems]) => ({ type: 'array', items, minItems })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
})).schema;

test('any schema of plain keywords is satisfied', () => {
  fc.assert(
    fc.property(tree, (schema) => {
      expect(problems(schema)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
