import {
  assistant,
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

const ask = user(text('Look outside.'));
const conversation = (...messages: object[]) => ({ toolConfig, messages: [ask, ...messages] });
const tools = (...list: object[]) => ({ toolConfig: { tools: list } });
const schema = (json: unknown) => tools(tool('look', { inputSchema: { json } }));

const refused: [name: string, change: object, message: string][] = [
  [
    'tool blocks without tools',
    { messages: [ask, assistant(use('a')), user(result('a'))] },
    'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
  ],
  ['no tools', tools(), "'toolConfig.tools'"],
  ['a name with a dot', tools(tool('a.b')), "'toolConfig.tools.1.member.toolSpec.name'"],
  ['a name of 65 characters', tools(tool('a'.repeat(65))), 'less than or equal to 64'],
  ['two tools of one name', tools(tool('a'), tool('a')), 'Tool names must be unique'],
  ['an empty description', tools(tool('a', { description: '' })), 'toolSpec.description'],
  [
    'a schema that is not an object',
    schema({ type: 'string' }),
    'The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.',
  ],
  [
    'an invalid schema',
    schema({ type: 'object', properties: { a: { type: 'text' } } }),
    'tools.0.custom.input_schema: JSON schema is invalid.',
  ],
  [
    'the choice of an unknown tool',
    { toolConfig: { ...toolConfig, toolChoice: { tool: { name: 'hear' } } } },
    "Tool 'hear' not found in provided tools",
  ],
  [
    'an unanswered tool use',
    conversation(assistant(use('a'), use('b')), user(result('a'))),
    'Expected toolResult blocks at messages.2.content for the following Ids: b',
  ],
  [
    'a tool use answered by text',
    conversation(assistant(use('a')), user(text('Well?'))),
    'Expected toolResult blocks at messages.2.content for the following Ids: a',
  ],
  ['a tool use at the end', conversation(assistant(use('a'))), 'Expected toolResult blocks at messages.2'],
  [
    'an unrequested result',
    conversation(assistant(text('No.')), user(result('a'))),
    'The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.',
  ],
  [
    'two uses of one id',
    conversation(assistant(use('a'), use('a')), user(result('a'))),
    'The toolUse blocks at messages.1.content contain duplicate Ids: a',
  ],
  [
    'two results of one id',
    conversation(assistant(use('a'), use('b')), user(result('a'), result('a'))),
    'The toolResult blocks at messages.2.content contain duplicate Ids: a',
  ],
  [
    'an id with a space',
    conversation(assistant(use('a b')), user(result('a b'))),
    "at 'messages.2.member.content.1.member.toolUse.toolUseId'",
  ],
  [
    'arguments that are not an object',
    conversation(assistant(use('a', 'x')), user(result('a'))),
    'The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object',
  ],
  [
    'a JSON result that is not an object',
    conversation(assistant(use('a')), user(result('a', { content: [{ json: [1] }] }))),
    'messages.2.content.0.toolResult.content.0.json is invalid',
  ],
  [
    'an error without content',
    conversation(assistant(use('a')), user(result('a', { content: [], status: 'error' }))),
    'The content field at messages.2.content.0.toolResult cannot be empty when status value is error.',
  ],
  ['a tool use by the user', { toolConfig, messages: [user(use('a'))] }, 'of the role assistant'],
  ['a tool result by the assistant', conversation(assistant(result('a'))), 'of the role user'],
];

test.each(refused)('%s is refused', async (_name, change, message) => {
  await expectRefusal(change, message);
});

test('a tool loop is accepted, with results in any order and text beside them', async () => {
  await expectAccepted(
    conversation(
      assistant(text('I look.'), use('a'), use('b')),
      user(
        result('b', { status: 'error' }),
        result('a', { content: [{ json: { sky: 'grey' } }] }),
        text('So?'),
      ),
    ),
  );
});
