import fc from 'fast-check';
import { createStopScanner } from '../../../../../local/aws/bedrock/answer/stop-scanner.ts';

function scan(pieces: string[], sequences: string[]): { text: string; stopped: boolean } {
  const scanner = createStopScanner(sequences);
  let text = '';
  for (const piece of pieces) {
    const pushed = scanner.push(piece);
    text += pushed.text;
    if (pushed.stopped) return { text, stopped: true };
  }
  return { text: text + scanner.rest(), stopped: false };
}

test('text without a stop sequence passes unchanged', () => {
  expect(scan(['a', 'bc', ''], ['x', 'cd'])).toEqual({ text: 'abc', stopped: false });
});

test('the sequence itself and what follows it are cut', () => {
  expect(scan(['one ST', 'OP two'], ['STOP'])).toEqual({ text: 'one ', stopped: true });
});

test('the sequence completed first wins, even when a longer one began before it', () => {
  expect(scan(['abXYZ'], ['bXYZ', 'X'])).toEqual({ text: 'ab', stopped: true });
  expect(scan(['abX'], ['bX', 'X'])).toEqual({ text: 'a', stopped: true });
});

test('a false start is emitted after all', () => {
  expect(scan(['aa', 'ab'], ['aac'])).toEqual({ text: 'aaab', stopped: false });
});

test('the result is the same however the text is split', () => {
  const letters = (size: { minLength: number; maxLength: number }) =>
    fc.string({ unit: fc.constantFrom('a', 'b', '🚀'), ...size });
  const sequences = fc.array(letters({ minLength: 1, maxLength: 4 }), { maxLength: 4 });
  const pieces = fc.array(letters({ minLength: 0, maxLength: 5 }), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, sequences, (split, stops) => {
      expect(scan(split, stops)).toEqual(scan([...split.join('')], stops));
    }),
    { numRuns: 2000 },
  );
});
