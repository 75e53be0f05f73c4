import { pdf } from '../media-fixture.ts';
import {
  assistant,
  converse,
  expectAccepted,
  expectRefusal,
  result,
  runBedrock,
  text,
  tool,
  toolConfig,
  use,
  user,
} from './refusal.ts';

runBedrock();

const adaptiveOnly = 'global.anthropic.claude-opus-5-5';
const thinking = (fields: object) => ({ additionalModelRequestFields: { thinking: fields } });
const enabled = thinking({ type: 'enabled', budget_tokens: 2000 });
const point = (ttl?: string) => ({ cachePoint: { type: 'default', ...(ttl ? { ttl } : {}) } });
const reasoning = (words: string, signature?: string) => ({
  reasoningContent: { reasoningText: { text: words, ...(signature ? { signature } : {}) } },
});
const hidden = { reasoningContent: { redactedContent: new Uint8Array([1]) } };
const file = (format: 'txt' | 'docx' | 'pdf') => {
  const bytes = { txt: Buffer.from('Notes'), docx: Buffer.from('PK notes'), pdf };
  return { document: { format, name: `notes ${format}`, source: { bytes: bytes[format] } } };
};
const answered = (...content: object[]) => ({
  toolConfig,
  messages: [user(text('Look')), assistant(...content), user(result('a'))],
});
const outputSchema = (schema: object) => ({
  outputConfig: {
    textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: JSON.stringify(schema) } } },
  },
});
const closed = (properties: object) => ({ type: 'object', properties, additionalProperties: false });

const many = (count: number, schema: object) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, schema]));
const strictTool = (name: string, json: object) => tool(name, { strict: true, inputSchema: { json } });

const refused: [name: string, change: object, message: string][] = [
  ['an unknown field', { additionalModelRequestFields: { topk: 1 } }, 'topk: Extra inputs are not permitted'],
  [
    'temperature and topP together',
    { inferenceConfig: { temperature: 1, topP: 1 } },
    '`temperature` and `top_p` cannot both be specified',
  ],
  ['a blank stop sequence', { inferenceConfig: { stopSequences: ['\n'] } }, 'non-whitespace'],
  [
    'white space at the end of a prefilled answer',
    { messages: [user(text('a')), assistant(text('b '))] },
    'final assistant content cannot end with trailing whitespace',
  ],
  [
    'an id that only other models take',
    {
      toolConfig,
      messages: [user(text('a')), assistant(use('a:b')), user(result('a:b'))],
    },
    "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
  ],
  [
    'an empty tool result text',
    {
      toolConfig,
      messages: [user(text('a')), assistant(use('a')), user(result('a', { content: [text('')] }))],
    },
    'messages: text content blocks must be non-empty',
  ],
  [
    'a small thinking budget',
    thinking({ type: 'enabled', budget_tokens: 1000 }),
    'greater than or equal to 1024',
  ],
  ['no thinking budget', thinking({ type: 'enabled' }), 'budget_tokens: Field required'],
  [
    'a thinking budget above the limit',
    { ...enabled, inferenceConfig: { maxTokens: 2000 } },
    '`max_tokens` must be greater than `thinking.budget_tokens`',
  ],
  [
    'thinking with a forced tool',
    { ...enabled, toolConfig: { ...toolConfig, toolChoice: { any: {} } } },
    'Thinking may not be enabled when tool_choice forces tool use.',
  ],
  [
    'thinking with a temperature',
    { ...enabled, inferenceConfig: { temperature: 0 } },
    '`temperature` may only be set to 1 when thinking is enabled.',
  ],
  [
    'a thinking budget for a model that thinks as it likes',
    { ...enabled, modelId: adaptiveOnly },
    '"thinking.type.enabled" is not supported for this model.',
  ],
  [
    'a tool loop that lost its reasoning',
    { ...answered(use('a')), ...enabled },
    'Expected `thinking` or `redacted_thinking`, but found `tool_use`.',
  ],
  [
    'reasoning without its signature',
    answered(reasoning('Hm.'), use('a')),
    'messages.1.content.0.thinking.signature: Field required',
  ],
  [
    'reasoning that was changed',
    answered(reasoning('Hm.', 'c2lnbmF0dXJl'), use('a')),
    'messages.1.content.0: Invalid `signature` in `thinking` block',
  ],
  [
    'five cache points',
    { messages: [user(...Array.from({ length: 5 }, (_, index) => [text(`t${index}`), point()]).flat())] },
    'A maximum of 4 blocks with cache_control may be provided. Found 5.',
  ],
  [
    'a long cache point after a short one',
    { system: [text('s'), point()], messages: [user(text('a'), point('1h'))] },
    "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.",
  ],
  [
    'a cache point after reasoning',
    { messages: [user(text('a')), assistant(reasoning('Hm.', 'x'), point()), user(text('b'))] },
    'Cache point cannot be inserted after reasoning block.',
  ],
  [
    'a cache point right behind a text document',
    { messages: [user(text('Sum up'), file('txt'), point())] },
    'messages.0.content.2.type: Field required',
  ],
  [
    'a cache point right behind an Office document',
    { messages: [user(text('a'), file('docx'), point(), text('b'))] },
    'messages.0.content.2.type: Field required',
  ],
  [
    'text behind a tool use',
    answered(use('a'), text('I look.')),
    'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: a.',
  ],
  [
    'reasoning behind a tool use',
    answered(text('I look.'), use('a'), reasoning('Hm.', 'x')),
    'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: a.',
  ],
  [
    'a message of reasoning alone, by a model that takes no prefill',
    {
      modelId: adaptiveOnly,
      messages: [user(text('a')), assistant(reasoning('Hm.', 'x')), user(text('Go on'))],
    },
    'does not support assistant message prefill',
  ],
  [
    'a message of redacted reasoning alone, by a model that takes no prefill',
    {
      modelId: adaptiveOnly,
      messages: [user(text('a')), assistant(hidden), user(text('Go on'))],
    },
    'does not support assistant message prefill',
  ],
  [
    'an output schema of an open object',
    outputSchema({ type: 'object', properties: {} }),
    "For 'object' type, 'additionalProperties' must be explicitly set to false",
  ],
  [
    'an output schema with bounds',
    outputSchema(closed({ age: { type: 'integer', minimum: 0 } })),
    "For 'integer' type, properties minimum are not supported",
  ],
  [
    'an output schema that refers to itself',
    outputSchema(closed({ children: { type: 'array', items: { $ref: '#' } } })),
    'Recursive schemas are not supported',
  ],
  [
    'an output schema with a definition that refers to itself',
    outputSchema({
      ...closed({ a: { $ref: '#/$defs/a' } }),
      $defs: { a: closed({ b: { $ref: '#/$defs/a' } }) },
    }),
    'Recursive schemas are not supported',
  ],
  ['an output schema with oneOf', outputSchema(closed({ a: { oneOf: [{}] } })), "'oneOf' is not supported"],
  ['an output schema with if', outputSchema({ ...closed({}), if: {} }), "'if' is not supported"],
  [
    'an output schema with patternProperties',
    outputSchema({ ...closed({}), patternProperties: { x: {} } }),
    "'patternProperties' is not supported",
  ],
  ['an enum of objects', outputSchema(closed({ a: { enum: [{}] } })), 'Enum values must be'],
  [
    '25 optional properties',
    outputSchema(closed(many(25, { type: 'string' }))),
    'Schemas contains too many optional parameters (25)',
  ],
  [
    '17 properties that may be null',
    outputSchema({ ...closed(many(17, { type: ['string', 'null'] })), required: Object.keys(many(17, {})) }),
    'Schemas contains too many parameters with union types (17',
  ],
  [
    '21 strict tools',
    { toolConfig: { tools: Array.from({ length: 21 }, (_, at) => strictTool(`t${at}`, closed({}))) } },
    'Too many strict tools (21).',
  ],
  [
    'optional properties of two strict tools together',
    {
      toolConfig: { tools: ['a', 'b'].map((name) => strictTool(name, closed(many(13, { type: 'string' })))) },
    },
    'Schemas contains too many optional parameters (26)',
  ],
  ...['anyOf', 'oneOf', 'allOf'].map((keyword): [string, object, string] => [
    `${keyword} at the top of a tool's schema`,
    { toolConfig: { tools: [tool('look', { inputSchema: { json: { type: 'object', [keyword]: [{}] } } })] } },
    'input_schema does not support oneOf, allOf, or anyOf at the top level',
  ]),
  [
    'a strict tool of an open object',
    { toolConfig: { tools: [tool('look', { strict: true })] } },
    'tools.0.custom: For',
  ],
];

test.each(refused)('%s is refused', async (_name, change, message) => {
  await expectRefusal(change, message);
});

test('reasoning is accepted with its own signature, and a tool loop goes on', async () => {
  const first = await converse({ ...enabled, toolConfig, messages: [user(text('Please use look'))] });
  const content = first.output?.message?.content ?? [];
  const [thought, call] = content;
  expect(thought?.reasoningContent?.reasoningText?.signature).toEqual(expect.any(String));
  const toolUseId = call?.toolUse?.toolUseId ?? '';
  await expectAccepted({
    ...enabled,
    toolConfig,
    messages: [user(text('Please use look')), assistant(...content), user(result(toolUseId))],
  });
});

test('cache points of both lifetimes, in their order, are accepted', async () => {
  await expectAccepted({
    toolConfig: { tools: [...toolConfig.tools, point('1h')] },
    system: [text('s'), point('1h')],
    messages: [user(text('a'), point())],
  });
});

test('a cache point is accepted behind a PDF, and behind a text that follows another document', async () => {
  await expectAccepted({
    messages: [user(text('a'), file('pdf'), point(), file('txt'), text('b'), point())],
  });
});

test('a tool result of white space is accepted', async () => {
  await expectAccepted({
    toolConfig,
    messages: [user(text('a')), assistant(use('a')), user(result('a', { content: [text(' ')] }))],
  });
});
