import fc from 'fast-check';
import { createOutputTally } from '../../../../../local/aws/bedrock/answer/output-tally.ts';
import { countTokens } from '../../../../../local/aws/bedrock/answer/split-tokens.ts';

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      'a',
      'word',
      'longerword',
      ' ',
      '\n  ',
      ', ',
      '1',
      '\u0301',
      '\ud835',
      '\udc00',
      '𝐀',
      '🚀',
      '',
    ),
    fc.string({ unit: 'binary' }),
  ),
);

test('the number of tokens is that of the whole text, wherever it was cut', () => {
  fc.assert(
    fc.property(pieces, (texts) => {
      const tally = createOutputTally();
      for (const text of texts) tally.add({ kind: 'text', text });
      expect(tally.tokens()).toBe(countTokens(texts.join('')));
    }),
    { numRuns: 500 },
  );
});

test('parts of different kinds are counted apart', () => {
  const tally = createOutputTally();
  tally.add({ kind: 'text', text: 'ab' });
  tally.add({ kind: 'reasoning', text: 'cd' });
  expect(tally.tokens()).toBe(2);
});
