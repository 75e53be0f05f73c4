import { ConverseCommand, CountTokensCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { png } from '../media-fixture.ts';
import { type RunningBedrock, startBedrock } from '../start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const request = {
  system: [{ text: 'Be brief, s’il vous plaît.' }],
  messages: [
    {
      role: 'user',
      content: [{ text: 'What is this?' }, { image: { format: 'png', source: { bytes: png(300, 200) } } }],
    },
    { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'look', input: { at: 'it' } } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ json: { seen: true } }] } }] },
  ] satisfies Message[],
  toolConfig: {
    tools: [{ toolSpec: { name: 'look', description: 'Looks', inputSchema: { json: { type: 'object' } } } }],
  },
};

const count = async (input: object, model = modelId) =>
  (await bedrock.client().send(new CountTokensCommand({ modelId: model, input: input as never })))
    .inputTokens;

test('the tokens counted for a request are those that Converse then uses', async () => {
  const answer = await bedrock.client().send(new ConverseCommand({ ...request, modelId: `us.${modelId}` }));
  expect(await count({ converse: request })).toBe(answer.usage?.inputTokens);
});

test('a body in the form of Anthropic’s own API counts the same', async () => {
  const body = {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 1,
    system: 'Be brief, s’il vous plaît.',
    tools: [{ name: 'look', description: 'Looks', input_schema: { type: 'object' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          {
            type: 'image',
            source: {
              type: 'base64',
              media_type: 'image/png',
              data: Buffer.from(png(300, 200)).toString('base64'),
            },
          },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'look', input: { at: 'it' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '{"seen":true}' }] },
    ],
  };
  const bytes = Buffer.from(JSON.stringify(body));
  expect(await count({ invokeModel: { body: bytes } })).toBe(await count({ converse: request }));
});

test.each([
  'amazon.nova-lite-v1:0',
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
])('%s is refused by name, since only some models count, by their own id', async (model) => {
  await expect(count({ converse: request }, model)).rejects.toMatchObject({
    name: 'ValidationException',
    message: "The provided model doesn't support counting tokens.",
  });
});

test('Sonnet 4.6 counts by its own id, though it answers only through a profile', async () => {
  expect(await count({ converse: request }, 'anthropic.claude-sonnet-4-6')).toBeGreaterThan(0);
  await expect(count({ converse: request }, 'anthropic.claude-opus-5-5')).rejects.toMatchObject({
    message: "The provided model doesn't support counting tokens.",
  });
});

test('documents are not counted', async () => {
  const document = { name: 'a', format: 'txt', source: { bytes: Buffer.from('words') } };
  const messages = [{ role: 'user', content: [{ text: 'Read' }, { document }] }];
  await expect(count({ converse: { messages } })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Document input not supported for token counting.',
  });
});

test('a request that Converse would refuse is not counted', async () => {
  await expect(count({ converse: { messages: [] } })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('must start with a user message'),
  });
});
