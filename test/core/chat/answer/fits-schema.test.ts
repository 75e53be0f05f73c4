import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { fitsSchema } from '../../../../core/chat/answer/fits-schema.ts';

/** Few names and small values, so that schemas and values often meet. */
const name = fc.constantFrom('a', 'b', 'S');
const members = <T>(value: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(name, value), { selector: ([one]) => one, maxLength: 3 })
    .map(
      (entries): Record<string, T> =>
        JSON.parse(`{${entries.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`)}}`),
    );
const scalar = fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 1.5, -1, '', 'a', 'ab', '😀');
const { json } = fc.letrec((tie) => ({
  json: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('json'), { maxLength: 3 }), members(tie('json'))),
}));

const count = fc.nat(3);
const limit = fc.constantFrom(-1, 0, 1, 1.5, 2);
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object');
const { schema } = fc.letrec((tie) => {
  const one = tie('schema');
  const some = fc.array(one, { minLength: 1, maxLength: 2 });
  const keywords = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    enum: fc.uniqueArray(json as fc.Arbitrary<unknown>, {
      minLength: 1,
      maxLength: 3,
      selector: (value) => JSON.stringify(value),
    }),
    const: json,
    anyOf: some,
    oneOf: some,
    allOf: some,
    not: one,
    $ref: fc.constantFrom('#/$defs/text', '#/$defs/tree'),
    minLength: count,
    maxLength: count,
    pattern: fc.constantFrom('^a', 'b$', '^.$'),
    minimum: limit,
    maximum: limit,
    exclusiveMinimum: limit,
    exclusiveMaximum: limit,
    multipleOf: fc.constantFrom(1, 2, 0.5),
    properties: members(one),
    required: fc.uniqueArray(name, { maxLength: 2 }),
    additionalProperties: one,
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'S'), one, { maxKeys: 2 }),
    propertyNames: one,
    minProperties: count,
    maxProperties: count,
    items: one,
    prefixItems: some,
    minItems: count,
    maxItems: count,
    uniqueItems: fc.boolean(),
    contains: one,
  };
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.boolean(),
      // Two keywords at a time, so that few schemas refuse everything.
      fc
        .subarray(Object.keys(keywords) as (keyof typeof keywords)[], { minLength: 1, maxLength: 2 })
        .chain((chosen) =>
          fc.record(
            Object.fromEntries(
              chosen.map((keyword) => [keyword, keywords[keyword] as fc.Arbitrary<unknown>]),
            ),
          ),
        ),
    ),
  };
});

const $defs = {
  text: { type: 'string', maxLength: 1 },
  tree: { type: ['array', 'null'], items: { $ref: '#/$defs/tree' } },
};

/**
 * What Ajv says; undefined if its two ways to compile a schema differ. Each is wrong in some rare cases: a variable keeps its
 * value from one round of a loop to the next, so that `contains` is passed over for one list in some hundred thousand.
 */
function asAjvSays(schema: object): (value: unknown) => boolean | undefined {
  const [first, other] = [false, true].map((allErrors) => {
    const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, allErrors });
    // What it notes for `unevaluated…` alone makes some of its functions throw.
    ajv.opts.unevaluated = false;
    return ajv.compile(structuredClone(schema));
  });
  return (value) => {
    const fits = first?.(value);
    return fits === other?.(value) ? fits : undefined;
  };
}

test('a value fits a schema as Ajv says', () => {
  const seen = { fits: 0, fails: 0 };
  fc.assert(
    fc.property(schema, fc.array(json, { minLength: 5, maxLength: 5 }), (drawn, values) => {
      const whole = { $defs, allOf: [drawn] };
      const byAjv = asAjvSays(whole);
      for (const value of values) {
        const expected = byAjv(value);
        if (expected === undefined) continue;
        seen[expected ? 'fits' : 'fails'] += 1;
        if (fitsSchema(value, whole) !== expected)
          throw new Error(JSON.stringify({ value, whole, expected }));
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(seen.fits, seen.fails)).toBeGreaterThan(200);
});

const forms: Record<string, readonly string[]> = {
  'date-time': ['2028-02-29T10:05:00Z', '2026-11-22T10:05:00.5+02:00', '2027-02-29T10:05:00Z', '2026-11-22'],
  date: ['2026-11-22', '2027-02-29', '2026-13-01', '26-01-01'],
  time: ['10:05:00Z', '10:05:00.25-08:00', '24:00:00Z', '10:05'],
  duration: ['P1D', 'PT1H30M', 'P1Y2M', 'P', 'PT', '1D'],
  email: ['ada@example.com', 'a+b@mail.example.org', 'ada', '@example.com', 'ada@'],
  hostname: ['example.com', 'a-b.c', '-a.com', 'a..b', 'a b'],
  ipv4: ['192.0.2.1', '0.0.0.0', '256.0.0.1', '1.2.3', '1.2.3.4.'],
  ipv6: ['::1', '2001:db8::1', '::ffff:192.0.2.1', ':::', '1.2.3.4', 'g::'],
  uri: ['https://example.com/a?b#c', 'mailto:ada@example.com', 'example.com', ''],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', '123e4567e89b12d3a456426614174000', 'x'],
};

test.each(Object.entries(forms))('the format %s is checked as by Ajv', (format, texts) => {
  const ajv = new Ajv2020();
  addFormats.default(ajv);
  const byAjv = ajv.compile({ type: 'string', format });
  for (const text of texts) expect([text, fitsSchema(text, { format })]).toEqual([text, byAjv(text)]);
});

test.each<[string, object, unknown, boolean]>([
  ['an exclusive bound of draft 4', { minimum: 1, exclusiveMinimum: true }, 1, false],
  ['a list by places, of draft 7', { items: [{ type: 'string' }], additionalItems: false }, ['a', 1], false],
  ['too short a list for what is beside its places', { prefixItems: [true], contains: true }, [], false],
  ['a list whose places alone hold what it must', { prefixItems: [true, true], contains: true }, [1], true],
  ['a multiple that is none in binary', { multipleOf: 0.1 }, 0.3, true],
  ['a format that is not known', { format: 'colour' }, 'x', true],
  ['definitions of draft 7', { definitions: { 'a/b': false }, $ref: '#/definitions/a~1b' }, 1, false],
  ['a required name that every object inherits', { required: ['toString'] }, {}, false],
  ['a property that every object inherits', { properties: { toString: false } }, {}, true],
  [
    'a member by the name of the prototype',
    { additionalProperties: false },
    JSON.parse('{"__proto__":1}'),
    false,
  ],
  ['a constant with such members', { const: JSON.parse('{"__proto__":1}') }, {}, false],
  ['a condition, which is left to the model', JSON.parse('{"if":true,"then":false}'), 1, true],
  ['a reference to elsewhere, which is left to the model', { $ref: 'https://example.com/x' }, 1, true],
])('%s', (_, drawn, value, expected) => {
  expect(fitsSchema(value, drawn)).toBe(expected);
});

test.each([{ pattern: '(' }, { $ref: '#' }])('a schema that can’t be followed is an error: %j', (drawn) => {
  expect(() => fitsSchema('x', drawn)).toThrow();
});
