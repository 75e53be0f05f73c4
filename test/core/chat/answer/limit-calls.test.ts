import { limitCalls } from '../../../../core/chat/answer/limit-calls.ts';
import type { ChatEvent, StopReason } from '../../../../core/chat/chat.ts';

const text = (part: number, words: string): ChatEvent[] => [
  { type: 'text', part, text: words },
  { type: 'part-end', part },
];
const call = (part: number, at: number): ChatEvent[] => [
  { type: 'tool-call', part, call: at, id: `c${at}`, name: 'find' },
  { type: 'tool-input', part, call: at, json: '{}' },
  { type: 'part-end', part },
];
const stop = (reason: StopReason): ChatEvent => ({ type: 'stop', reason });
const tokens = {
  input: 1,
  output: 9,
  cachedInput: 0,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 0,
};
const usage: ChatEvent = { type: 'usage', usage: tokens };

const limited = (allowed: 'any' | 'one' | 'none', events: readonly ChatEvent[]) =>
  events.flatMap(limitCalls(allowed));

test('an answer that may hold one call ends after its first, with the usage of all', () => {
  const events = [...text(0, 'Hm'), ...call(1, 0), ...call(2, 1), ...text(3, 'So'), stop('length'), usage];
  expect(limited('one', events)).toEqual([...text(0, 'Hm'), ...call(1, 0), stop('tool-calls'), usage]);
});

test.each([[[...text(0, 'Hm'), stop('end'), usage]], [[...call(0, 0), stop('length'), usage]]])(
  'an answer with no more calls than that passes as it is',
  (events) => {
    expect(limited('one', events)).toEqual(events);
    expect(limited('any', [...events, ...call(3, 1)])).toEqual([...events, ...call(3, 1)]);
  },
);

test('calls that may not be made are left out, and the parts counted without them', () => {
  const events = [...text(0, 'Hm'), ...call(1, 0), ...text(2, 'So'), stop('tool-calls'), usage];
  expect(limited('none', events)).toEqual([...text(0, 'Hm'), ...text(1, 'So'), stop('end'), usage]);
});

test('an answer of nothing but such calls fails', () => {
  const events = [...call(0, 0), stop('tool-calls'), usage];
  expect(() => limited('none', events)).toThrow(expect.objectContaining({ code: 'model_failed' }));
});
