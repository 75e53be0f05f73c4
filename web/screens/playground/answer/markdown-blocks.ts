/**
 * Cuts markdown where a paragraph, list or code block is over, so that what has come whole is not read again with every
 * word that follows. Put together the blocks are the text.
 */
export function markdownBlocks(text: string): string[] {
  if (reachesFurther.test(text)) return [text];
  const blocks: string[] = [];
  let block = '';
  let fence: string | undefined;
  let isAfterBlank = false;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (isAfterBlank && fence === undefined && beginsAnew.test(line)) {
      blocks.push(block);
      block = '';
    }
    block += line;
    fence = fenceAfter(line, fence);
    isAfterBlank = line.trim() === '';
  }
  return block === '' ? blocks : [...blocks, block];
}

/** Definitions of links and footnotes, which may be used before they come; raw HTML that may hold blank lines. */
const reachesFurther = /^ {0,3}(?:\[[^\]]+\]:|<(?:pre|script|style|textarea|!|\?))/im;

/** Neither indented nor an item of a list, which would go on with the one before. */
const beginsAnew = /^(?![-+*](?:\s|$)|\d{1,9}[.)])\S/;

/** @returns the mark that ends the code block which is open after this line; undefined when none is */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const mark = /^\s*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)/.exec(line);
  if (mark === null) return open;
  const [, ticks = '', rest = ''] = mark;
  if (open === undefined) return ticks.startsWith('`') && rest.includes('`') ? undefined : ticks;
  return ticks.startsWith(open) && rest.trim() === '' ? undefined : open;
}
