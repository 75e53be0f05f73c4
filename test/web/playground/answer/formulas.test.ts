import { formulaOf, withFormulas } from '../../../../web/screens/playground/answer/formulas.ts';
import { markdownBlocks } from '../../../../web/screens/playground/answer/markdown-blocks.ts';

/** Each formula as `‹…›`, one of its own lines as `«…»`. */
const shown = (text: string): string =>
  withFormulas(text).replace(/`+([\uE000\uE001][^`]*)`+/g, (_, code: string) => {
    const formula = formulaOf(code);
    return formula?.isBlock ? `«${formula.tex}»` : `‹${formula?.tex}›`;
  });

test.each([
  ['one in a line', 'Is $a_1 = b$?', 'Is ‹a_1 = b›?'],
  ['one in LaTeX’s parentheses', 'Is \\(a_1\\)?', 'Is ‹a_1›?'],
  ['one of several lines', '$$\na\n\\\\ b\n$$', '«a \\\\ b»'],
  ['one in LaTeX’s brackets', '\\[ a \\]', '«a»'],
  ['two dollars in a line', 'so $$x^2$$ then', 'so «x^2» then'],
  ['lines of a quote', '> $$\n> a\n> $$', '> «a»'],
])('a formula is found: %s', (_, text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each([
  ['prices', 'It costs $5 or $6, and US$7 for $HOME/bin:$PATH.'],
  ['a code span', '`$a$` and ``\\(b`\\)``'],
  ['a code block', '```tex\n$a$ \\(b\\)\n```'],
  ['an escaped dollar', '\\$a$ b'],
  ['one that has not ended', 'Is $a'],
  ['an escaped backslash', '\\\\(a\\\\)'],
])('none is found in %s', (_, text) => {
  expect(withFormulas(text)).toBe(text);
});

test('a formula with an empty line stays one block', () => {
  expect(markdownBlocks('One.\n\n$$\na\n\nb\n$$\n\nTwo.')).toHaveLength(3);
  expect(markdownBlocks('One.\n\n\\[\na\n\nb\n\\]\n\nTwo.')).toHaveLength(3);
});

test('backquotes in a formula end nothing', () => {
  expect(withFormulas('\\(a`b\\)')).toBe('``\uE000a`b ``');
});
