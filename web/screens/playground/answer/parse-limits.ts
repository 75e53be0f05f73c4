/** Lists and quotes within each other. Browsers lay out a page by recursion, and the parser takes the square of it. */
const mostNested = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])(?=[ \t>])){40}/m;
const mostIndented = /^[ \t]{120,}(?:[-+*]|\d{1,9}[.)])[ \t]/m;
/** Marks of emphasis in one run of text: the parser compares each with those before it. */
const mostMarks = 1000;
const mostCharacters = 100_000;
/** Each line that begins a list item, a row of a table or nothing begins another run of text. */
const runEnds = /\n(?=[ \t]*(?:\n|\||[-+*][ \t]|\d{1,9}[.)][ \t]))/;

/** Whether a block of markdown can be parsed and laid out without the page standing still for seconds. */
export function isParsable(block: string): boolean {
  if (block.length > mostCharacters || mostNested.test(block) || mostIndented.test(block)) return false;
  // Nothing is emphasised in code.
  if (/^ {0,3}(?:`{3}|~{3})/.test(block)) return true;
  return block.split(runEnds).every((run) => (run.match(/[*_~[\]]+/g)?.length ?? 0) <= mostMarks);
}
