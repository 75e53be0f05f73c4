import fc from 'fast-check';
import { countTokens, splitTokens } from '../../../../../local/aws/bedrock/answer/split-tokens.ts';

test.each([
  ['', 0],
  ['Hello, world!', 4],
  ['internationalisation', 4],
  ['  two words  ', 3],
  ['日本語 🚀', 2],
])('%j is %d tokens', (text, tokens) => {
  expect(countTokens(text)).toBe(tokens);
});

test('the tokens join to the text again, and none cuts a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const tokens = splitTokens(text);
      expect(tokens.join('')).toBe(text);
      expect(tokens.every((token) => token.isWellFormed())).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('any prefix of the tokens has that many tokens', () => {
  const tokens = splitTokens('A few *marked* words, naïve ones, and 12345678 figures.\n\n- done ✓');
  for (let end = 0; end <= tokens.length; end += 1) {
    expect(countTokens(tokens.slice(0, end).join(''))).toBe(end);
  }
});
