import type { ChatEvent } from '../../../../core/chat/chat.ts';
import type { ConverseDelta, ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import { createAnswerReader } from '../../../../core/providers/bedrock/read-answer.ts';

const delta = (contentBlockIndex: number, said: ConverseDelta): ConverseEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: said },
});
const callStart = (contentBlockIndex: number, name: string): ConverseEvent => ({
  contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: `id-${name}`, name } } },
});
const stop = (contentBlockIndex: number): ConverseEvent => ({ contentBlockStop: { contentBlockIndex } });

function read(events: ConverseEvent[], answerTool?: string): ChatEvent[] {
  const reader = createAnswerReader(answerTool);
  return events.flatMap((event) => reader(event));
}

test('parts and calls are numbered from 0, whatever Bedrock’s block indexes are', () => {
  const events = read([
    { messageStart: { role: 'assistant' } },
    delta(3, { reasoningContent: { text: 'Hm' } }),
    delta(3, { reasoningContent: { signature: 'sig' } }),
    stop(3),
    delta(5, { text: 'Let me see.' }),
    stop(5),
    callStart(8, 'a'),
    delta(8, { toolUse: { input: '{"x":' } }),
    delta(8, { toolUse: { input: '1}' } }),
    stop(8),
    callStart(9, 'b'),
    stop(9),
    { messageStop: { stopReason: 'tool_use' } },
  ]);
  expect(events).toEqual([
    { type: 'reasoning', part: 0, text: 'Hm' },
    { type: 'reasoning-signature', part: 0, signature: 'sig' },
    { type: 'part-end', part: 0 },
    { type: 'text', part: 1, text: 'Let me see.' },
    { type: 'part-end', part: 1 },
    { type: 'tool-call', part: 2, call: 0, id: 'id-a', name: 'a' },
    { type: 'tool-input', part: 2, call: 0, json: '{"x":' },
    { type: 'tool-input', part: 2, call: 0, json: '1}' },
    { type: 'part-end', part: 2 },
    { type: 'tool-call', part: 3, call: 1, id: 'id-b', name: 'b' },
    { type: 'part-end', part: 3 },
    { type: 'stop', reason: 'tool-calls' },
  ]);
});

test('parts that Bedrock leaves open are closed before the stop', () => {
  const events = read([delta(0, { text: 'x' }), { messageStop: { stopReason: 'end_turn' } }]);
  expect(events.map(({ type }) => type)).toEqual(['text', 'part-end', 'stop']);
});

test('the input of the tool that stands for a schema is the answer’s text, and the stop a plain one', () => {
  const events = read(
    [
      callStart(0, 'json_answer'),
      delta(0, { toolUse: { input: '{}' } }),
      stop(0),
      { messageStop: { stopReason: 'tool_use' } },
    ],
    'json_answer',
  );
  expect(events).toEqual([
    { type: 'text', part: 0, text: '{}' },
    { type: 'part-end', part: 0 },
    { type: 'stop', reason: 'end' },
  ]);
});

test.each([
  ['end_turn', 'end'],
  ['stop_sequence', 'stop-sequence'],
  ['tool_use', 'tool-calls'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'context-full'],
  ['content_filtered', 'filtered'],
  ['guardrail_intervened', 'guardrail'],
  ['something_new', 'unknown'],
  ['', 'unknown'],
])('stop reason %s means %s', (stopReason, reason) => {
  expect(read([{ messageStop: { stopReason } }])).toMatchObject([{ type: 'stop', reason }]);
});

test('an unknown stop reason is passed on in Bedrock’s own word, however long', () => {
  expect(read([{ messageStop: { stopReason: 'n'.repeat(5000) } }])).toEqual([
    { type: 'stop', reason: 'unknown', providerReason: 'n'.repeat(100) },
  ]);
});

test('the stop sequence that Claude reports is passed on', () => {
  const fields = { stop_sequence: 'END' };
  expect(
    read([{ messageStop: { stopReason: 'stop_sequence', additionalModelResponseFields: fields } }]),
  ).toEqual([{ type: 'stop', reason: 'stop-sequence', stopSequence: 'END' }]);
});

test.each(['malformed_model_output', 'malformed_tool_use'])('%s is an error, not an answer', (stopReason) => {
  expect(() => read([{ messageStop: { stopReason } }])).toThrow('malformed');
});

test('a piece of a call that never began is an error', () => {
  expect(() => read([delta(0, { toolUse: { input: '{}' } })])).toThrow('malformed');
});

test('token counts separate cache reads from writes, and estimate reasoning by its share of the text', () => {
  const usage = { inputTokens: 5, outputTokens: 20, cacheReadInputTokens: 7 };
  const written = {
    cacheWriteInputTokens: 3,
    cacheDetails: [
      { ttl: '1h', inputTokens: 2 },
      { ttl: '5m', inputTokens: 1 },
    ],
  };
  const events = read([
    delta(0, { reasoningContent: { text: 'abc' } }),
    delta(1, { text: 'd' }),
    { metadata: { usage: { ...usage, ...written } } },
  ]);
  expect(events.at(-1)).toEqual({
    type: 'usage',
    usage: {
      input: 5,
      output: 20,
      cachedInput: 7,
      cacheWriteInput: 3,
      cacheWriteHourInput: 2,
      reasoning: 15,
    },
  });
});

test.each([
  {},
  { messageStart: {} },
  { contentBlockDelta: {} },
  { contentBlockDelta: { delta: { text: '' } } },
  { contentBlockStop: { contentBlockIndex: 4 } },
  { metadata: {} },
])('%j sends the caller nothing', (event) => {
  expect(read([event])).toEqual([]);
});
