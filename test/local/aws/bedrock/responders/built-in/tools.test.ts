import { type ContentBlock, ConverseCommand, type Tool } from '@aws-sdk/client-bedrock-runtime';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Asked, ask, type RunningBedrock, readEvents, startBedrock } from '../../start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string', minLength: 2 },
    days: { type: 'integer', minimum: 1, maximum: 7 },
    unit: { enum: ['celsius', 'fahrenheit'] },
  },
  required: ['city', 'unit'],
};
const tool = (name: string): Tool => ({ toolSpec: { name, inputSchema: { json: schema } } });
const tools = [tool('get_weather'), tool('find-hotel')];
const isValid = new Ajv2020().compile(schema);

const converse = async (request: Asked) => {
  const answer = await bedrock.client().send(new ConverseCommand(request));
  return { content: answer.output?.message?.content ?? [], stopReason: answer.stopReason };
};
const asked = (text: string, choice: object = { auto: {} }): Asked => ({
  ...ask(text),
  toolConfig: { tools, toolChoice: choice as never },
});
const namesOf = (content: ContentBlock[]) => content.map(({ toolUse }) => toolUse?.name);

test.each([
  ['a named tool', 'Hello', { tool: { name: 'find-hotel' } }, ['find-hotel']],
  ['any tool', 'Hello', { any: {} }, ['get_weather']],
  ['any tool, with one named', 'A find-hotel would be nice', { any: {} }, ['find-hotel']],
  ['auto, with one asked for', 'Please use get_weather', { auto: {} }, ['get_weather']],
  ['auto, with one asked for in words', 'Call the find hotel tool', { auto: {} }, ['find-hotel']],
  ['auto, with all asked for', 'Use all tools', { auto: {} }, ['get_weather', 'find-hotel']],
  [
    'auto, with one asked for twice',
    'Run get_weather in parallel',
    { auto: {} },
    ['get_weather', 'get_weather'],
  ],
])('%s is called with arguments that satisfy its schema', async (_name, text, choice, names) => {
  const { content, stopReason } = await converse(asked(text, choice));
  expect(namesOf(content)).toEqual(names);
  expect(content.every(({ toolUse }) => isValid(toolUse?.input))).toBe(true);
  expect(new Set(content.map(({ toolUse }) => toolUse?.toolUseId)).size).toBe(names.length);
  expect(stopReason).toBe('tool_use');
});

test.each(['Hello', 'How do I use a hammer?', 'What can get_weather do?'])(
  'auto answers in text if no tool is asked for: %s',
  async (text) => {
    const { content, stopReason } = await converse(asked(text));
    expect(content[0]?.text).toContain('`get_weather`, `find-hotel`');
    expect(stopReason).toBe('end_turn');
  },
);

test('a stream cuts arguments anywhere, within escapes too, and they add up to the whole answer', async () => {
  const request = asked('Use all tools');
  const { events } = await readEvents(bedrock.client(), request);
  const { content } = await converse(request);
  for (const [index, block] of content.entries()) {
    const pieces = events.flatMap(({ contentBlockDelta }) =>
      contentBlockDelta?.contentBlockIndex === index ? (contentBlockDelta.delta?.toolUse?.input ?? []) : [],
    );
    expect(JSON.parse(pieces.join(''))).toEqual(block.toolUse?.input);
    expect(pieces.some((piece) => /\\(u[0-9a-f]{0,3})?$/.test(piece))).toBe(true);
  }
});

test('after a tool result the answer goes on in text, whatever the choice', async () => {
  const first = asked('Weather?', { any: {} });
  const { content } = await converse(first);
  const results = content.map(({ toolUse }) => ({
    toolResult: { toolUseId: toolUse?.toolUseId, content: [{ json: { sky: 'grey' } }] },
  }));
  const messages = [
    ...first.messages,
    { role: 'assistant' as const, content },
    { role: 'user' as const, content: results },
  ];
  const next = await converse({ ...first, messages });
  expect(next.content[0]?.text).toContain('The tool `get_weather` answered:\n\n> {"sky":"grey"}');
  expect(next.stopReason).toBe('end_turn');
});

test('a limit in the middle of the arguments ends the answer', async () => {
  const request = { ...asked('Use get_weather'), inferenceConfig: { maxTokens: 4 } };
  const { events } = await readEvents(bedrock.client(), request);
  expect(events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason).toBe('max_tokens');
  expect((await converse(request)).content[0]?.toolUse?.input).toEqual({});
});

test.each([
  ['a named tool', 'Hello', { type: 'tool', name: 'find-hotel' }, ['find-hotel']],
  ['any tool', 'Use all tools', { type: 'any', disable_parallel_tool_use: true }, ['get_weather']],
  [
    'auto, one at a time',
    'Use all tools',
    { type: 'auto', disable_parallel_tool_use: true },
    ['get_weather'],
  ],
  ['none', 'Use all tools', { type: 'none' }, []],
])('Claude’s own field chooses as well: %s', async (_name, text, tool_choice, names) => {
  const { content } = await converse({
    ...ask(text),
    modelId: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    toolConfig: { tools },
    additionalModelRequestFields: { tool_choice },
  });
  expect(content.flatMap(({ toolUse }) => toolUse?.name ?? [])).toEqual(names);
});

test('a forced tool that takes any object gets one of the schema that stands in the prompt', async () => {
  const told = JSON.stringify(schema, undefined, 2);
  const open: Tool = { toolSpec: { name: 'json_answer', inputSchema: { json: { type: 'object' } } } };
  const answered = (text: string) =>
    converse({ ...ask(text), toolConfig: { tools: [open], toolChoice: { tool: { name: 'json_answer' } } } });
  const { content } = await answered(`Use {braces}, and answer by this:\n${told}\nOnly {"a": 1} is wrong.`);
  expect(content[0]?.toolUse?.input).not.toEqual({});
  expect(isValid(content[0]?.toolUse?.input)).toBe(true);
  expect((await answered('Answer in JSON')).content[0]?.toolUse?.input).toEqual({});
});
