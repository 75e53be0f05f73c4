import { ConverseCommand, ConverseStreamCommand, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { ask, modelId, type RunningBedrock, startBedrock } from './start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

type Request = ConstructorParameters<typeof ConverseCommand>[0];
const user = (...content: object[]) => ({ role: 'user', content });
const assistant = (...content: object[]) => ({ role: 'assistant', content });
const image = { image: { format: 'png', source: { bytes: new Uint8Array([1]) } } };

const refused: [name: string, request: object, message: string][] = [
  ['no messages', { messages: [] }, 'must start with a user message'],
  ['an assistant first', { messages: [assistant({ text: 'Hi' })] }, 'must start with a user message'],
  ['two users in a row', { messages: [user({ text: 'a' }), user({ text: 'b' })] }, 'must alternate'],
  ['a role of its own', { messages: [{ role: 'system', content: [{ text: 'a' }] }] }, 'messages.0.role'],
  ['empty content', { messages: [user()] }, 'messages.0 is empty'],
  [
    'blank text',
    { messages: [user({ text: ' \n' })] },
    'The text field in the ContentBlock object at messages.0.content.0 is blank.',
  ],
  [
    'blank text later on',
    { messages: [user({ text: 'a' }), assistant({ text: '' })] },
    'messages.1.content.0 is blank',
  ],
  ['an image', { messages: [user(image)] }, "'image' at messages.0.content.0"],
  ['a cache point', { messages: [user({ text: 'a' }, { cachePoint: { type: 'default' } })] }, "'cachePoint'"],
  ['blank system text', { system: [{ text: ' ' }] }, 'SystemContentBlock object at system.0 is blank'],
  ['tools', { toolConfig: { tools: [] } }, 'toolConfig'],
  [
    'a guardrail',
    { guardrailConfig: { guardrailIdentifier: 'a', guardrailVersion: '1' } },
    'guardrailConfig',
  ],
  [
    'fields of one model family',
    { additionalModelRequestFields: { top_k: 1 } },
    'additionalModelRequestFields',
  ],
  ['maxTokens 0', { inferenceConfig: { maxTokens: 0 } }, "Value '0' at 'inferenceConfig.maxTokens'"],
  ['a hot temperature', { inferenceConfig: { temperature: 1.1 } }, 'less than or equal to 1'],
  ['a negative topP', { inferenceConfig: { topP: -0.1 } }, "'inferenceConfig.topP'"],
  [
    'five stop sequences',
    { inferenceConfig: { stopSequences: ['a', 'b', 'c', 'd', 'e'] } },
    'less than or equal to 4',
  ],
  ['an empty stop sequence', { inferenceConfig: { stopSequences: [''] } }, 'inferenceConfig.stopSequences.0'],
  ['a malformed model id', { modelId: 'no spaces here' }, 'The provided model identifier is invalid.'],
  ['a malformed ARN', { modelId: 'arn:aws:bedrock:nowhere' }, 'The provided model identifier is invalid.'],
];

test.each(refused)('%s is a ValidationException that says what is wrong', async (_name, change, message) => {
  const request = { ...ask('Hello'), ...change } as Request;
  for (const command of [new ConverseCommand(request), new ConverseStreamCommand(request)]) {
    const error = await bedrock
      .client()
      .send(command as ConverseCommand)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ValidationException);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 400 } });
    expect((error as Error).message).toContain(message);
  }
});

const post = (body: string, path = `/model/${encodeURIComponent(modelId)}/converse`) =>
  fetch(`${bedrock.url}${path}`, { method: 'POST', body });

test.each([
  'not json',
  '[]',
  '{"messages":{}}',
  '{"inferenceConfig":7}',
  '{"inferenceConfig":{"maxTokens":"9"}}',
])('a body of the wrong JSON types is a SerializationException: %s', async (body) => {
  const response = await post(body);
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('SerializationException');
});

test('a model id that is not valid percent-encoding is a ValidationException', async () => {
  const response = await post('{}', '/model/%E0%A4%A/converse');
  expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
});

test('a refused request starts no generation', async () => {
  const before = bedrock.stats();
  await post('not json');
  expect(bedrock.stats().started).toBe(before.started);
});
