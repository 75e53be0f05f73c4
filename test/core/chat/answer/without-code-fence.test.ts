import fc from 'fast-check';
import { withoutCodeFence } from '../../../../core/chat/answer/without-code-fence.ts';
import type { ChatEvent } from '../../../../core/chat/chat.ts';

function* said(pieces: readonly string[]): Generator<ChatEvent> {
  yield { type: 'reasoning', part: 0, text: 'Hm' };
  for (const text of pieces) yield { type: 'text', part: 1, text };
  yield { type: 'part-end', part: 1 };
  yield { type: 'stop', reason: 'end' };
}

const read = async (pieces: readonly string[]) => {
  const events = [...said(pieces)].flatMap(withoutCodeFence());
  return { events, text: events.map((event) => (event.type === 'text' ? event.text : '')).join('') };
};

test.each([
  ['```json\n{"a":"`x`"}\n```', '{"a":"`x`"}'],
  ['```\r\n{}\r\n```\n', '{}'],
  ['\n ```JSON  \n[\n1\n]```', '[\n1\n]'],
  ['{"a":1}', '{"a":1}'],
  ['  {"a":"```"}\n', '  {"a":"```"}\n'],
  ['`code`', '`code`'],
  ['```', '```'],
  ['```json\n', '```json\n'],
  ['```json\n{"a":', '{"a":'],
])('%j becomes %j, however it is cut', async (whole, told) => {
  for (let size = 1; size <= whole.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
      whole.slice(at * size, (at + 1) * size),
    );
    expect((await read(pieces)).text).toBe(told);
  }
});

test('text without a fence passes piece by piece, with all other events in their places', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), async (more) => {
      const pieces = ['{', ...more];
      expect((await read(pieces)).events).toEqual(await Array.fromAsync(said(pieces)));
    }),
  );
});
