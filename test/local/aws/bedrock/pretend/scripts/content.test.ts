import { ConverseCommand, type ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { ask, type RunningBedrock, readEvents, startBedrock } from '../../start-bedrock.ts';
import { scripted } from './scripted.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

const stream = (request: ReturnType<typeof ask>) => readEvents(bedrock.client(), request);
const whole = (request: ReturnType<typeof ask>) => bedrock.client().send(new ConverseCommand(request));
const indexes = (events: ConverseStreamOutput[]) =>
  events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.contentBlockIndex ?? []);

test('text comes in exactly the pieces asked for', async () => {
  const { events } = await stream(scripted([{ text: ['Hel', 'lo ', '🚀'] }]));
  expect(events.slice(0, -1)).toEqual([
    { messageStart: { role: 'assistant' } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hel' } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'lo ' } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: '🚀' } } },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { messageStop: { stopReason: 'end_turn' } },
  ]);
});

test('a character can be cut in two, half in each delta', async () => {
  const { events } = await stream(scripted([{ text: ['a\ud83d', '\ude80b'] }]));
  const pieces = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? []);
  expect(pieces).toEqual(['a\ud83d', '\ude80b']);
});

test('reasoning, text and tool calls come in their order, whole as well', async () => {
  const script = [
    { reasoning: 'First think.', signature: ['sig', 'ned'] },
    { redacted: 'AQID' },
    { text: 'Now I look.' },
    { toolUse: 'look', id: 'call-1', input: { place: 'Zürich 🚀' } },
    { usage: { inputTokens: 7, outputTokens: 9, cacheReadInputTokens: 100 } },
  ];
  const request = { ...scripted(script), toolConfig: lookTool };
  const answer = await whole(request);
  expect(answer).toMatchObject({
    output: {
      message: {
        content: [
          { reasoningContent: { reasoningText: { text: 'First think.', signature: 'signed' } } },
          { reasoningContent: { redactedContent: new Uint8Array([1, 2, 3]) } },
          { text: 'Now I look.' },
          { toolUse: { toolUseId: 'call-1', name: 'look', input: { place: 'Zürich 🚀' } } },
        ],
      },
    },
    stopReason: 'tool_use',
    usage: {
      inputTokens: 7,
      outputTokens: 9,
      totalTokens: 116,
      cacheReadInputTokens: 100,
      cacheWriteInputTokens: 0,
    },
  });
  const { events } = await stream(request);
  expect(events.flatMap(({ contentBlockStart }) => contentBlockStart ?? [])).toEqual([
    { contentBlockIndex: 3, start: { toolUse: { toolUseId: 'call-1', name: 'look' } } },
  ]);
  const json = events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse?.input ?? '').join('');
  expect(JSON.parse(json)).toEqual({ place: 'Zürich 🚀' });
  expect(events.at(-1)?.metadata?.usage).toEqual(answer.usage);
});

const lookTool = {
  tools: [
    {
      toolSpec: {
        name: 'look',
        inputSchema: {
          json: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
        },
      },
    },
  ],
};

test('block indexes may begin anywhere and leave gaps', async () => {
  const { events } = await stream(
    scripted([{ text: ['a'], index: 3 }, { text: ['b'] }, { text: ['c'], index: 9 }]),
  );
  expect(indexes(events)).toEqual([3, 4, 9]);
});

test('blocks can be interleaved', async () => {
  const script = [{ interleave: [{ text: ['a', 'b'] }, { toolUse: 'look', inputPieces: ['{', '}'] }] }];
  const { events } = await stream({ ...scripted(script), toolConfig: lookTool });
  expect(indexes(events)).toEqual([0, 0, 1, 1]);
  const names = events.map((event) => Object.keys(event)[0]);
  expect(names.slice(1, 4)).toEqual(['contentBlockDelta', 'contentBlockStart', 'contentBlockDelta']);
});

test.each([
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'guardrail_intervened',
  'content_filtered',
  'malformed_model_output',
  'malformed_tool_use',
  'model_context_window_exceeded',
])('an answer can end with %s', async (stop) => {
  const request = scripted([{ text: 'a' }, { stop }]);
  expect((await whole(request)).stopReason).toBe(stop);
  const { events } = await stream(request);
  expect(events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason).toBe(stop);
});

test('a stream can end without its stop, and without its usage', async () => {
  const names = async (script: object[]) =>
    (await stream(scripted(script))).events.map((event) => Object.keys(event)[0]);
  expect((await names([{ text: ['a'] }, { stop: false }])).at(-1)).toBe('contentBlockStop');
  expect((await names([{ text: ['a'] }, { usage: null }])).at(-1)).toBe('messageStop');
});

test('any event can be sent verbatim', async () => {
  const script = [{ event: 'contentBlockDelta', payload: { contentBlockIndex: 2, delta: { text: 'x' } } }];
  expect((await stream(scripted(script))).events[1]).toEqual({
    contentBlockDelta: { contentBlockIndex: 2, delta: { text: 'x' } },
  });
});

test('each turn after a tool result has its own steps, and an ordinary answer follows the last', async () => {
  const first = scripted({ turns: [[{ toolUse: 'look', id: 'a' }], [{ text: 'Seen.' }]] });
  const called = await whole({ ...first, toolConfig: lookTool });
  expect(called.output?.message?.content).toMatchObject([
    { toolUse: { toolUseId: 'a', input: { place: expect.any(String) } } },
  ]);
  const messages = [
    ...first.messages,
    { role: 'assistant' as const, content: called.output?.message?.content ?? [] },
    { role: 'user' as const, content: [{ toolResult: { toolUseId: 'a', content: [{ text: 'rain' }] } }] },
  ];
  const answered = await whole({ ...first, messages, toolConfig: lookTool });
  expect(answered.output?.message?.content).toEqual([{ text: 'Seen.' }]);
  const more = [
    ...messages,
    { role: 'assistant' as const, content: [{ text: 'Seen.' }] },
    { role: 'user' as const, content: [{ text: 'And now?' }] },
  ];
  const ordinary = await whole({ ...first, messages: more, toolConfig: lookTool });
  expect(ordinary.output?.message?.content?.[0]?.text).toContain('And now?');
});

test('a step for another model is skipped', async () => {
  const request = scripted([{ text: 'for nova', onlyFor: 'nova' }, { text: 'for all' }]);
  expect((await whole(request)).output?.message?.content).toEqual([{ text: 'for all' }]);
});

test('the request as it arrived can be shown', async () => {
  const request = { ...scripted([{ echo: '/inferenceConfig' }]), inferenceConfig: { maxTokens: 5 } };
  expect((await whole(request)).output?.message?.content).toEqual([{ text: '{"maxTokens":5}' }]);
});

test('the same script gives the same answer whole and folded from its stream', async () => {
  const request = scripted([{ reasoning: 'Hm.' }, { text: 'One two three' }, { stop: 'max_tokens' }]);
  const { events } = await stream(request);
  const text = events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join('');
  const answer = await whole(request);
  expect(answer.output?.message?.content?.[1]).toEqual({ text });
  expect(events.at(-1)?.metadata?.usage).toEqual(answer.usage);
});

test.each([
  ['not JSON', '[[daypass: {oops}]]', 'no JSON'],
  ['an unknown step', '[[daypass: [{"tekst": "a"}]]]', 'script'],
  ['an unknown stop reason', '[[daypass: [{"stop": "bored"}]]]', '0.stop'],
])('a script with %s is refused by name', async (_name, text, message) => {
  await expect(whole(ask(text))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('a script counts only at the beginning of a text', async () => {
  const answer = await whole(ask('I wrote [[daypass: [{"text": "x"}]]]'));
  expect(answer.output?.message?.content?.[0]?.text).toContain('Daypass local stand-in');
});
