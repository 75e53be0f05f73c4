/** Thrown for what is beyond this: look-around, back-references, properties of Unicode. */
class TooHard extends Error {}

/**
 * A text that a simple regular expression matches: literals, classes, groups, alternatives (the first), anchors and
 * quantifiers.
 * @param repeats how often what may repeat without end does, at least as often as it must
 */
export function sampleOf(pattern: string, repeats: number): string | undefined {
  let at = 0;

  function alternatives(): string {
    const first = sequence();
    while (pattern[at] === '|') {
      at += 1;
      sequence();
    }
    return first;
  }

  function sequence(): string {
    let text = '';
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') text += repeated(atom());
    return text;
  }

  function atom(): string {
    const character = pattern[at] ?? '';
    at += 1;
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'a';
    if (character === '\\') return escaped();
    if (character === '[') return characterClass();
    if (character !== '(') return character;
    if (pattern.startsWith('?:', at)) at += 2;
    else if (/^\?<[^=!]/.test(pattern.slice(at))) at = pattern.indexOf('>', at) + 1;
    else if (pattern[at] === '?') throw new TooHard();
    const inner = alternatives();
    at += 1;
    return inner;
  }

  function escaped(): string {
    const character = pattern[at] ?? '';
    at += 1;
    const known: Readonly<Record<string, string>> = {
      d: '1',
      w: 'a',
      s: ' ',
      D: 'a',
      W: '-',
      S: 'a',
      b: '',
      n: '\n',
      t: '\t',
    };
    if (/[pPku1-9]/.test(character)) throw new TooHard();
    return known[character] ?? character;
  }

  function characterClass(): string {
    const end = closingBracket();
    const inside = pattern.slice(at, end);
    at = end + 1;
    const wanted = new RegExp(`^[${inside}]$`, 'u');
    const candidates = 'a1A-_ .bB2,:/@éz'.split('');
    const range = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
    const fitting = [...candidates, ...range].find((candidate) => wanted.test(candidate));
    if (fitting === undefined) throw new TooHard();
    return fitting;
  }

  function closingBracket(): number {
    let end = at;
    while (end < pattern.length && pattern[end] !== ']') end += pattern[end] === '\\' ? 2 : 1;
    return end;
  }

  function repeated(text: string): string {
    const quantifier = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(pattern.slice(at));
    if (quantifier === null) return text;
    at += quantifier[0].length;
    const [, symbol, least = '0', comma = '', most = ''] = quantifier;
    if (symbol === '?') return repeats > 0 ? text : '';
    if (symbol !== undefined) return text.repeat(Math.max(symbol === '+' ? 1 : 0, repeats));
    const lowest = Number(least);
    if (comma === '') return text.repeat(lowest);
    const highest = most === '' ? Number.POSITIVE_INFINITY : Number(most);
    return text.repeat(Math.min(Math.max(lowest, repeats), highest));
  }

  try {
    return alternatives();
  } catch (error) {
    if (error instanceof TooHard || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
