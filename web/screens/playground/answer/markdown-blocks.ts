/**
 * Splits markdown after each paragraph, list or code block, so that finished blocks aren't parsed again with every
 * word that follows. Joined, the blocks are the text.
 */
export function markdownBlocks(text: string): string[] {
  if (hasFarReach.test(text)) return [text];
  const blocks: string[] = [];
  let block = '';
  let fence: string | undefined;
  let isAfterBlank = false;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (isAfterBlank && fence === undefined && startsBlock.test(line)) {
      blocks.push(block);
      block = '';
    }
    block += line;
    fence = fenceAfter(line, fence);
    isAfterBlank = line.trim() === '';
  }
  return block === '' ? blocks : [...blocks, block];
}

/** Definitions of links and footnotes, which may be used before they appear, and raw HTML that may hold blank lines. */
const hasFarReach = /^ {0,3}(?:\[[^\]]+\]:|<(?:pre|script|style|textarea|!|\?))/im;

/** Neither indented nor a list item: those may continue the block before. */
const startsBlock = /^(?![-+*](?:\s|$)|\d{1,9}[.)])\S/;

/** @returns the fence that will close the code block, or the formula, left open by this line, if any */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const formula = formulaEnds.get(line.trim());
  if (open === undefined && formula !== undefined) return formula;
  if (open !== undefined && open === line.trim()) return undefined;
  const mark = /^\s*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)/.exec(line);
  if (mark === null) return open;
  const [, ticks = '', rest = ''] = mark;
  if (open === undefined) return ticks.startsWith('`') && rest.includes('`') ? undefined : ticks;
  return ticks.startsWith(open) && rest.trim() === '' ? undefined : open;
}

/** By what opens a formula of several lines. */
const formulaEnds = new Map([
  ['$$', '$$'],
  ['\\[', '\\]'],
]);
