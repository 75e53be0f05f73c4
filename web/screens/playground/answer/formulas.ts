/** Begins a code span that is a formula: one within a line, or one that stands alone. For private use in Unicode. */
export const formulaMarks = { inline: '\uE000', display: '\uE001' } as const;

/** Code, in which nothing is a formula, or a formula in one of the ways that models write them. */
const pieces = new RegExp(
  [
    String.raw`^ {0,3}(?<fence>\`{3,}|~{3,})[^\n]*(?:\n[\s\S]*)?$(?![\s\S])`,
    String.raw`(?<!\`)(?<ticks>\`+)(?!\`)[\s\S]*?[^\`]\k<ticks>(?!\`)`,
    String.raw`\\\\`,
    String.raw`\$\$(?<dollars>[\s\S]+?)\$\$`,
    String.raw`\\\[(?<brackets>[\s\S]+?)\\\]`,
    String.raw`\\\((?<parentheses>[\s\S]+?)\\\)`,
    // As Pandoc has it, so that prices stay prices: no space inside, no digit or letter after.
    String.raw`(?<![\\$\w])\$(?![\s$])(?<dollar>(?:\\.|[^\\$\n])+?)(?<![\s\\])\$(?![\w$])`,
  ].join('|'),
  'gm',
);

/** A formula whose end has not come yet is left as it is. */
export const hasFormula = (text: string): boolean => /\$|\\[([]/.test(text);

/** Makes code spans of a block's formulas, since markdown would take their backslashes and underscores for its own. */
export function withFormulas(block: string): string {
  if (!hasFormula(block) || /^ {0,3}(?:`{3}|~{3})/.test(block)) return block;
  return block.replace(pieces, (whole: string, ...rest: unknown[]) => {
    const { dollars, brackets, parentheses, dollar } = rest.at(-1) as Record<string, string | undefined>;
    const display = dollars ?? brackets;
    if (display !== undefined) return codeSpan(formulaMarks.display, display);
    const inline = parentheses ?? dollar;
    return inline === undefined ? whole : codeSpan(formulaMarks.inline, inline);
  });
}

function codeSpan(mark: string, tex: string): string {
  // Blank lines would end the paragraph, and the marks of a quote aren't the formula's.
  const line = tex.replace(/\s*\n\s*(?:>\s?)*/g, ' ').trim();
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${mark}${line} ${ticks}`;
}

export interface Formula {
  tex: string;
  isBlock: boolean;
}

/** @returns the formula that a code span stands for */
export function formulaOf(code: string): Formula | undefined {
  if (code.startsWith(formulaMarks.inline)) return { tex: code.slice(1).trim(), isBlock: false };
  if (code.startsWith(formulaMarks.display)) return { tex: code.slice(1).trim(), isBlock: true };
  return undefined;
}
