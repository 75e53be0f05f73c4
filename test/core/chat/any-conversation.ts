import fc from 'fast-check';
import { signReasoning } from '../../../local/aws/bedrock/pretend/reasoning-signature.ts';
import { pdf, png } from '../../local/aws/bedrock/media-fixture.ts';

/** A conversation in nobody's dialect; each dialect writes it down in its own way. */
export interface Conversation {
  instructions: string[];
  turns: Turn[];
  tools: Tool[];
  choice: 'none' | 'auto' | 'any' | 'named' | undefined;
  single: boolean | undefined;
  schema: object | undefined;
  effort: 'none' | 'low' | 'medium' | 'high' | 'xhigh' | undefined;
  maxTokens: number | undefined;
  temperature: number | undefined;
  topP: number | undefined;
  stops: string[] | undefined;
  cached: boolean;
  /** Whether the last turns are sent without the tools that the earlier ones call. */
  handedOver: boolean;
}

export interface Tool {
  name: string;
  description: string | undefined;
  schema: object;
  strict: boolean;
}

export type Turn =
  | { role: 'system'; text: string }
  | { role: 'user'; pieces: Piece[] }
  | { role: 'assistant'; thought: string | undefined; hidden: boolean; texts: string[]; calls: Call[] };

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'image' }
  | { kind: 'document'; name: string; format: 'pdf' | 'txt' };

export interface Call {
  id: string;
  name: string;
  input: Record<string, unknown>;
  result: string;
  failed: boolean;
}

export const image = Buffer.from(png(2, 2)).toString('base64');
export const document = {
  pdf: Buffer.from(pdf).toString('base64'),
  txt: Buffer.from('Notes').toString('base64'),
};
export const signature = signReasoning;

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('Hello', ' ', '\n', 'ends with a space ', '🌍'),
);
const spoken = text.filter((value) => value.trim() !== '');
const name = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/) },
  { weight: 1, arbitrary: fc.constantFrom('constructor', 'toString', '__proto__') },
);
const aDocument = (value: string) =>
  fc.constantFrom('pdf' as const, 'txt' as const).map((format) => ({
    kind: 'document' as const,
    name: `${value}.${format}`,
    format,
  }));
const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 6, arbitrary: text.map((value) => ({ kind: 'text' as const, text: value })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'image' as const }) },
  // Often of the same name, once or twice in a conversation.
  { weight: 1, arbitrary: fc.oneof(text, fc.constantFrom('notes', 'Notes')).chain(aDocument) },
);

const manyOf = (count: number, kind: object) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, kind]));

/** JSON Schemas as helpers make them, some with what only some models take. */
const schema = fc.constantFrom<object>(
  {},
  { type: 'object', properties: {} },
  {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  { type: 'object', properties: { days: { type: 'integer', minimum: 1, maximum: 7 } }, required: ['days'] },
  { type: 'object', additionalProperties: { type: 'string' } },
  {
    type: 'object',
    properties: { next: { $ref: '#' }, one: { oneOf: [{ type: 'string' }, { type: 'null' }] } },
  },
  { type: 'object', properties: manyOf(20, { type: ['string', 'null'] }) },
  { type: 'object', properties: manyOf(13, { type: 'string' }) },
  { type: 'object', allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }] },
  { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }] },
  { type: 'object', patternProperties: { '^x': { type: 'object' } }, if: { required: ['a'] }, else: {} },
  {
    type: 'object',
    properties: {
      list: { type: 'array', maxItems: 3, items: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
      inner: { $ref: '#/$defs/inner' },
    },
    $defs: { inner: { type: 'object', properties: { on: { type: 'boolean' } } } },
  },
);
const tool = fc.record({
  name,
  description: fc.option(text, { nil: undefined }),
  schema,
  strict: fc.boolean(),
});

function turnsWith(tools: Tool[]): fc.Arbitrary<Turn[]> {
  const [first] = tools;
  const call = fc.record({
    id: fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 90 })),
    name: fc.constantFrom(...(first === undefined ? ['unused'] : tools.map((it) => it.name))),
    input: fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }) as fc.Arbitrary<
      Record<string, unknown>
    >,
    result: text,
    failed: fc.boolean(),
  });
  const calls: fc.Arbitrary<Call[]> =
    first === undefined ? fc.constant([]) : fc.uniqueArray(call, { maxLength: 3, selector: (it) => it.id });
  const user = fc.record({
    role: fc.constant('user' as const),
    pieces: fc.array(piece, { minLength: 1, maxLength: 4 }),
  });
  const assistant = fc.record({
    role: fc.constant('assistant' as const),
    thought: fc.option(spoken, { nil: undefined }),
    hidden: fc.boolean(),
    texts: fc.array(text, { maxLength: 2 }),
    calls,
  });
  const system = text.map((value): Turn => ({ role: 'system', text: value }));
  const opening = spoken.map((value): Turn => ({ role: 'user', pieces: [{ kind: 'text', text: value }] }));
  return fc
    .tuple(
      opening,
      fc.array(fc.oneof({ weight: 4, arbitrary: user }, { weight: 4, arbitrary: assistant }, system), {
        maxLength: 6,
      }),
    )
    .map(([start, rest]) => [start, ...rest]);
}

/** @param most tokens that are asked for */
export function anyConversation(most: number): fc.Arbitrary<Conversation> {
  // Mostly left out: models refuse many of them together.
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  return fc.uniqueArray(tool, { maxLength: 3, selector: (it) => it.name }).chain((tools) =>
    fc.record({
      instructions: fc.array(text, { maxLength: 2 }),
      turns: turnsWith(tools),
      tools: fc.constant(tools),
      choice:
        tools.length === 0 ? fc.constant(undefined) : maybe(fc.constantFrom('none', 'auto', 'any', 'named')),
      single: tools.length === 0 ? fc.constant(undefined) : maybe(fc.boolean()),
      schema: maybe(schema),
      effort: maybe(fc.constantFrom('none', 'low', 'medium', 'high', 'xhigh')),
      maxTokens: maybe(fc.integer({ min: 1, max: most })),
      temperature: maybe(fc.constantFrom(0, 0.5, 1)),
      topP: maybe(fc.constantFrom(0.5, 0.99)),
      stops: maybe(fc.array(fc.constantFrom('END', '\n', '###'), { maxLength: 2 })),
      cached: fc.boolean(),
      handedOver: fc.nat(3).map((drawn) => drawn === 0),
    }),
  ) as fc.Arbitrary<Conversation>;
}
