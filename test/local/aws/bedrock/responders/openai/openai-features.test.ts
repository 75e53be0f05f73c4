import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { chooseResponder } from '../../../../../../local/aws/bedrock/responders/choose-responder.ts';
import { png } from '../../media-fixture.ts';
import { type Asked, modelId, type RunningBedrock, readEvents, startBedrock } from '../../start-bedrock.ts';
import { choice, delta, type ModelServer, sse, startModelServer, streams } from './model-server.ts';

let server: ModelServer;
let bedrock: RunningBedrock;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  server = await startModelServer();
  bedrock = await startBedrock({ responder: await chooseResponder({ DAYPASS_MODEL_URL: server.url }) });
  client = bedrock.client();
});
afterAll(async () => {
  await bedrock.close();
  await server.close();
});

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const toolConfig = {
  tools: [{ toolSpec: { name: 'weather', description: 'Tells it', inputSchema: { json: schema } } }],
};
const call = (index: number, fields: object) => choice({ tool_calls: [{ index, ...fields }] });
const whole = (request: Asked) => client.send(new ConverseCommand(request));

test('a tool loop with its choice, results and files is translated', async () => {
  server.answer = streams(sse(delta('ok', 'stop'), '[DONE]'));
  await whole({
    modelId: 'global.anthropic.claude-sonnet-4-6',
    toolConfig: { ...toolConfig, toolChoice: { any: {} } },
    outputConfig: { effort: 'low' },
    messages: [
      { role: 'user', content: [{ text: 'Weather?' }] },
      {
        role: 'assistant',
        content: [
          { text: 'I look.' },
          { toolUse: { toolUseId: 'a', name: 'weather', input: { city: 'Bern' } } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            toolResult: {
              toolUseId: 'a',
              status: 'error',
              content: [{ text: 'none' }, { image: { format: 'png', source: { bytes: png(1, 1) } } }],
            },
          },
          { text: 'And here?' },
          { document: { name: 'notes', format: 'txt', source: { bytes: Buffer.from('rain') } } },
        ],
      },
    ],
  });
  expect(server.received.body).toMatchObject({
    tools: [{ type: 'function', function: { name: 'weather', description: 'Tells it', parameters: schema } }],
    tool_choice: 'required',
    reasoning_effort: 'low',
    messages: [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: 'I look.',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'Error: none' },
      {
        role: 'user',
        content: [
          {
            type: 'image_url',
            image_url: { url: `data:image/png;base64,${Buffer.from(png(1, 1)).toString('base64')}` },
          },
          { type: 'text', text: 'And here?' },
          { type: 'text', text: 'notes:\nrain' },
        ],
      },
    ],
  });
});

test('a schema for the answer is passed on', async () => {
  server.answer = streams(sse(delta('{}', 'stop'), '[DONE]'));
  const closed = { ...schema, additionalProperties: false };
  await whole({
    modelId,
    messages: [{ role: 'user', content: [{ text: 'Where?' }] }],
    outputConfig: {
      textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: JSON.stringify(closed) } } },
    },
  });
  expect(server.received.body.response_format).toEqual({
    type: 'json_schema',
    json_schema: { name: 'answer', strict: true, schema: closed },
  });
});

const question: Asked = {
  modelId,
  toolConfig,
  messages: [{ role: 'user', content: [{ text: 'Weather?' }] }],
};

test('tool calls come back one after the other, even if their pieces are interleaved', async () => {
  server.answer = streams(
    sse(
      choice({ reasoning_content: 'Two ' }),
      choice({ reasoning_content: 'cities.' }),
      call(0, { id: 'one', function: { name: 'weather', arguments: '{"city":' } }),
      call(1, { id: 'id with spaces', function: { name: 'weather', arguments: '{"city"' } }),
      call(0, { function: { arguments: '"Bern"}' } }),
      call(1, { function: { arguments: ':"Genève"}' } }),
      choice({}, 'stop'),
      {
        choices: [],
        usage: { prompt_tokens: 20, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 8 } },
      },
      '[DONE]',
    ),
  );
  const answer = await whole(question);
  expect(answer.stopReason).toBe('tool_use');
  expect(answer.usage).toMatchObject({
    inputTokens: 12,
    cacheReadInputTokens: 8,
    outputTokens: 9,
    totalTokens: 29,
  });
  expect(answer.output?.message?.content).toEqual([
    { reasoningContent: { reasoningText: { text: 'Two cities.', signature: expect.any(String) } } },
    { toolUse: { toolUseId: 'one', name: 'weather', input: { city: 'Bern' } } },
    {
      toolUse: { toolUseId: expect.stringMatching(/^tooluse_/), name: 'weather', input: { city: 'Genève' } },
    },
  ]);
  const { events } = await readEvents(client, question);
  const starts = events.flatMap(({ contentBlockStart }) => contentBlockStart ?? []);
  expect(starts.map(({ contentBlockIndex }) => contentBlockIndex)).toEqual([1, 2]);
});

test('a document that such a server can’t read is refused by name', async () => {
  const bytes = Buffer.from('PK\u0003\u0004');
  const content = [{ text: 'Read' }, { document: { name: 'a', format: 'docx' as const, source: { bytes } } }];
  await expect(whole({ modelId, messages: [{ role: 'user', content }] })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('format docx'),
  });
});
