import { signed } from '../start-bedrock.ts';
import { assistant, expectAccepted, expectRefusal, runBedrock, running, text, user } from './refusal.ts';

runBedrock();

const refused: [name: string, change: object, message: string][] = [
  ['no messages', { messages: [] }, 'must start with a user message'],
  ['an assistant first', { messages: [assistant(text('Hi'))] }, 'must start with a user message'],
  ['two users in a row', { messages: [user(text('a')), user(text('b'))] }, 'must alternate'],
  ['the role system', { messages: [{ role: 'system', content: [text('a')] }] }, "the role 'system'"],
  [
    'an unknown role',
    { messages: [{ role: 'tool', content: [text('a')] }] },
    "Value 'tool' at 'messages.1.member.role'",
  ],
  [
    'empty content',
    { messages: [user()] },
    'The content field in the Message object at messages.0 is empty.',
  ],
  [
    'blank text',
    { messages: [user(text(' \n'))] },
    'The text field in the ContentBlock object at messages.0.content.0 is blank.',
  ],
  [
    'blank text later on',
    { messages: [user(text('a')), assistant(text(''))] },
    'messages.1.content.0 is blank',
  ],
  ['blank system text', { system: [{ text: ' ' }] }, 'SystemContentBlock object at system.0 is blank'],
  ['maxTokens 0', { inferenceConfig: { maxTokens: 0 } }, "Value '0' at 'inferenceConfig.maxTokens'"],
  ['a hot temperature', { inferenceConfig: { temperature: 1.1 } }, 'less than or equal to 1'],
  ['a negative topP', { inferenceConfig: { topP: -0.1 } }, "'inferenceConfig.topP'"],
  [
    'an empty stop sequence',
    { inferenceConfig: { stopSequences: ['a', ''] } },
    'inferenceConfig.stopSequences.2.member',
  ],
  [
    'more than 2,500 stop sequences',
    { inferenceConfig: { stopSequences: Array.from({ length: 2501 }, (_, index) => `s${index}`) } },
    'less than or equal to 2500',
  ],
  ['an empty JSON Pointer', { additionalModelResponseFieldPaths: [''] }, 'JSON Pointer'],
  ['a service tier of its own', { serviceTier: { type: 'gold' } }, "'serviceTier.type'"],
  ['a malformed model id', { modelId: 'no spaces here' }, 'The provided model identifier is invalid.'],
  ['an unknown model', { modelId: 'gpt-4o' }, 'The provided model identifier is invalid.'],
  ['a malformed ARN', { modelId: 'arn:aws:bedrock:nowhere' }, 'The provided model identifier is invalid.'],
  [
    'a video',
    { messages: [user({ video: { format: 'mp4', source: { bytes: new Uint8Array([1]) } } })] },
    "'video'",
  ],
  ['prompt variables', { promptVariables: { a: { text: 'b' } } }, 'promptVariables'],
];

test.each(refused)('%s is a ValidationException that says what is wrong', async (_name, change, message) => {
  await expectRefusal(change, message);
});

test('2,500 stop sequences are accepted', async () => {
  const stopSequences = Array.from({ length: 2500 }, (_, index) => `never said ${index}`);
  await expectAccepted({ inferenceConfig: { stopSequences } });
});

const post = (body: string, path = '/model/amazon.nova-lite-v1:0/converse') =>
  fetch(`${running().url}${path}`, { method: 'POST', headers: signed, body });

test.each([
  'not json',
  '[]',
  '{"messages":{}}',
  '{"inferenceConfig":7}',
  '{"inferenceConfig":{"maxTokens":"9"}}',
  '{"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"*"}}}]}]}',
])('a body of the wrong JSON types is a SerializationException: %s', async (body) => {
  const response = await post(body);
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('SerializationException');
});

test('members outside the service model are ignored', async () => {
  const body = { messages: [user({ text: 'Hi' })], somethingNew: { a: 1 } };
  expect((await post(JSON.stringify(body))).status).toBe(200);
});

test('a model id that is not valid percent-encoding is a ValidationException', async () => {
  const response = await post('{}', '/model/%E0%A4%A/converse');
  expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
});

test('a body that is not JSON starts no generation', async () => {
  const before = running().stats();
  await post('not json');
  expect(running().stats().started).toBe(before.started);
});
