import type { ChatRequest, ChatTool } from '../../../../core/chat/chat.ts';
import { toConverse } from '../../../../core/providers/bedrock/to-converse.ts';
import { fieldNames, someLimits, someModel } from '../../chat/model-fixture.ts';

const claude = someModel({ family: 'claude', structuredOutput: 'native', reasoning: 'both' });
const nova = someModel();

const call = (fields: Partial<ChatRequest>, model = claude) =>
  toConverse(
    {
      model: 'any',
      system: [],
      turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
      stopSequences: [],
      fieldNames,
      ...fields,
    },
    model,
    someLimits,
  );

const closed = (properties: object, more: object = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const many = (count: number, schema: object) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, schema]));
const text = { type: 'string' };

const notNative: [name: string, schema: Record<string, unknown>][] = [
  ['recursion to the top', closed({ children: { type: 'array', items: { $ref: '#' } } })],
  [
    'recursion of a definition',
    closed(
      { tree: { $ref: '#/$defs/tree' } },
      { $defs: { tree: closed({ next: { $ref: '#/$defs/tree' } }) } },
    ),
  ],
  [
    'recursion over two definitions',
    closed(
      { a: { $ref: '#/$defs/a' } },
      { $defs: { a: closed({ b: { $ref: '#/$defs/b' } }), b: closed({ a: { $ref: '#/$defs/a' } }) } },
    ),
  ],
  ['a reference to elsewhere', closed({ a: { $ref: 'https://example.com/schema.json' } })],
  ['allOf with a reference', closed({ a: { allOf: [{ $ref: '#/$defs/a' }] } }, { $defs: { a: text } })],
  ['oneOf', closed({ a: { oneOf: [text, { type: 'null' }] } })],
  ['25 optional properties', closed(many(25, text), { required: [] })],
  ['17 properties that may be null', closed(many(17, { type: ['string', 'null'] }))],
  ['17 alternatives', closed(many(17, { anyOf: [text, { type: 'null' }] }))],
  ['if and else', closed({ a: text }, { if: { required: ['a'] }, else: { required: ['a'] } })],
  ['not', closed({ a: { not: { const: 'x' } } })],
  ['patternProperties', closed({ a: closed({}, { patternProperties: { '^x': { type: 'object' } } }) })],
  ['objects to choose from', closed({ a: { enum: [{ b: 1 }, { b: 2 }] } })],
];

describe('a schema that Claude’s structured output doesn’t take', () => {
  test.each(notNative)('goes by a tool instead, and is checked in the answer: %s', (_name, schema) => {
    const format = { type: 'json-schema', name: 'shape', schema } as const;
    const { request, answerTool, promised } = call({ format });
    expect(request.outputConfig).toBeUndefined();
    expect(answerTool).toBe('json_answer');
    expect(promised.format).toEqual(format);
  });

  test.each(notNative)(
    'makes a tool not strict at Bedrock, and is checked in the call: %s',
    (_name, schema) => {
      const tool = { name: 'find', schema, strict: true };
      const { request, promised } = call({
        tools: { tools: [tool], choice: { type: 'auto' }, single: false },
      });
      expect(request.toolConfig?.tools).toEqual([
        { toolSpec: { name: 'find', inputSchema: { json: schema } } },
      ]);
      expect(promised.tools).toEqual([tool]);
    },
  );

  test.each([
    ['24 optional properties', closed(many(24, text), { required: [] })],
    ['16 properties that may be null', closed(many(16, { type: ['string', 'null'] }))],
    [
      'a definition used twice',
      closed({ a: { $ref: '#/$defs/a' }, b: { $ref: '#/$defs/a' } }, { $defs: { a: closed({ c: text }) } }),
    ],
  ])('is not one with %s', (_name, schema) => {
    const { request } = call({ format: { type: 'json-schema', name: 'shape', schema } });
    expect(request.outputConfig?.textFormat).toBeDefined();
  });
});

describe('strict tools of Claude', () => {
  const isStrict = ({ request }: ReturnType<typeof call>) =>
    (request.toolConfig?.tools ?? []).map((tool) => 'toolSpec' in tool && tool.toolSpec.strict === true);
  const offer = (schemas: readonly Record<string, unknown>[]) => {
    const tools = schemas.map((schema, at): ChatTool => ({ name: `t${at}`, schema, strict: true }));
    return { tools, choice: { type: 'auto' }, single: false } as const;
  };

  test('are 20 at most; the others are checked in their calls', () => {
    const asked = call({ tools: offer(Array.from({ length: 22 }, () => closed({ a: text }))) });
    expect(isStrict(asked)).toEqual([...Array(20).fill(true), false, false]);
    expect(asked.promised.tools.map(({ name }) => name)).toEqual(['t20', 't21']);
  });

  test('share the limits of properties with each other and with the answer’s schema', () => {
    const optional = (count: number) => closed(many(count, text), { required: [] });
    const schemas = [optional(10), optional(10), optional(4)];
    expect(isStrict(call({ tools: offer(schemas) }))).toEqual([true, true, true]);
    const format = { type: 'json-schema', name: 'shape', schema: optional(10) } as const;
    expect(isStrict(call({ tools: offer(schemas), format }))).toEqual([true, false, true]);
  });
});

describe('a tool’s schema with alternatives at the top', () => {
  const offer = (schema: Record<string, unknown>) =>
    ({ tools: [{ name: 'find', schema, strict: false }], choice: { type: 'auto' }, single: false }) as const;
  const a = { type: 'object', properties: { a: text }, required: ['a'] };
  const b = { properties: { b: { type: 'integer' } }, required: ['b'] };
  const both = { a: text, b: { type: 'integer' } };

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['allOf', { type: 'object', allOf: [a, b] }, { type: 'object', properties: both, required: ['a', 'b'] }],
    ['one alternative', { ...a, anyOf: [b] }, { type: 'object', properties: both, required: ['a', 'b'] }],
    ['a reference', { type: 'object', oneOf: [{ $ref: '#/$defs/a' }], $defs: { a } }, { ...a, $defs: { a } }],
    [
      'one property twice',
      { ...a, allOf: [{ properties: { a: { maxLength: 3 } } }] },
      { type: 'object', properties: { a: { allOf: [text, { maxLength: 3 }] } }, required: ['a'] },
    ],
    [
      'a closed object that knows all properties',
      { type: 'object', properties: both, additionalProperties: false, allOf: [a] },
      { type: 'object', properties: both, required: ['a'], additionalProperties: false },
    ],
  ])('is flattened for Claude where that says the same: %s', (_name, schema, flat) => {
    expect(call({ tools: offer(schema) }).request.toolConfig?.tools).toEqual([
      { toolSpec: { name: 'find', inputSchema: { json: flat } } },
    ]);
  });

  const alternatives = { ...a, anyOf: [{ required: ['a'] }, { required: ['b'] }] };
  test.each<[string, Record<string, unknown>]>([
    ['anyOf', alternatives],
    ['oneOf', { type: 'object', oneOf: [a, b] }],
    ['allOf with alternatives in it', { type: 'object', allOf: [alternatives] }],
    ['allOf with a condition in it', { type: 'object', allOf: [{ if: a, else: b }] }],
    ['allOf that closes an object', { ...a, allOf: [{ ...b, additionalProperties: false }] }],
    [
      'allOf with a reference into itself',
      { type: 'object', allOf: [{ properties: { c: { $ref: '#/allOf/0' } } }] },
    ],
  ])('is refused by name for Claude otherwise: %s', (_name, schema) => {
    expect(() => call({ tools: offer(schema) })).toThrow(
      expect.objectContaining({ code: 'unsupported_parameter', param: 'tools.0.function.parameters' }),
    );
  });

  test('goes to other models as it is', () => {
    expect(call({ tools: offer(alternatives) }, nova).request.toolConfig?.tools).toEqual([
      { toolSpec: { name: 'find', inputSchema: { json: alternatives } } },
    ]);
  });

  test('keeps an answer’s format from going by a tool', () => {
    const schema = { ...alternatives, additionalProperties: { type: 'string' } };
    const { answerTool, mayBeFenced } = call({ format: { type: 'json-schema', name: 'shape', schema } });
    expect([answerTool, mayBeFenced]).toEqual([undefined, true]);
  });
});
