/** What is written into a message: a word or a figure, an element, or what makes one of the words within a tag. */
export type Filling<Element> = string | number | Element | ((parts: (string | Element)[]) => Element);

type Part =
  | string
  | { kind: 'value' | 'number' | 'count'; name: string }
  | { kind: 'plural' | 'select'; name: string; options: Readonly<Record<string, readonly Part[]>> }
  | { kind: 'tag'; name: string; within: readonly Part[] };

/**
 * The part of ICU's message syntax that texts use, at a tenth of the size of a library for all of it: `{name}`,
 * `{n, number}`, `{n, plural, =0 {…} one {# call} other {# calls}}`, `{kind, select, a {…} other {…}}`, `<tag>…</tag>`, and
 * apostrophes before what isn't meant so.
 * @throws SyntaxError, which the test of the catalogues finds first
 */
export class Message {
  readonly #parts: readonly Part[];
  readonly #locale: string;

  /** @param hasTags without them, `<` is a character */
  constructor(text: string, locale: string, hasTags: boolean) {
    this.#parts = parse(text, hasTags);
    this.#locale = locale;
  }

  /** @returns the text in one piece, unless elements are in it */
  format<Element>(values: Readonly<Record<string, Filling<Element>>> = {}): string | (string | Element)[] {
    const pieces = this.#pieces(this.#parts, values, undefined);
    return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : pieces;
  }

  #pieces<Element>(
    parts: readonly Part[],
    values: Readonly<Record<string, Filling<Element>>>,
    count: number | undefined,
  ): (string | Element)[] {
    return parts.flatMap((part): (string | Element)[] => {
      if (typeof part === 'string') return [part];
      const value = part.kind === 'count' ? count : values[part.name];
      if (value === undefined) throw new RangeError(`A text has no value for ${part.name}`);
      switch (part.kind) {
        case 'value':
          return [typeof value === 'number' ? this.#number(value) : (value as string | Element)];
        case 'number':
        case 'count':
          return [this.#number(Number(value))];
        case 'tag':
          return [
            (value as (within: (string | Element)[]) => Element)(this.#pieces(part.within, values, count)),
          ];
        default:
          return this.#pieces(
            this.#chosen(part, value),
            values,
            part.kind === 'plural' ? Number(value) : count,
          );
      }
    });
  }

  #chosen(
    { kind, options }: { kind: string; options: Readonly<Record<string, readonly Part[]>> },
    value: unknown,
  ) {
    const name =
      kind === 'select' || options[`=${value}`] !== undefined
        ? (kind === 'select' ? '' : '=') + String(value)
        : new Intl.PluralRules(this.#locale).select(Number(value));
    return options[name] ?? options.other ?? [];
  }

  #number(value: number): string {
    return new Intl.NumberFormat(this.#locale).format(value);
  }
}

function parse(text: string, hasTags: boolean): readonly Part[] {
  let at = 0;
  const parts = within(false, undefined);
  if (at < text.length) throw new SyntaxError(`“${text[at]}” is in the way in “${text}”`);
  return parts;

  function within(isPlural: boolean, tag: string | undefined): Part[] {
    const parts: Part[] = [];
    let words = '';
    const end = () => {
      if (words !== '') parts.push(words);
      words = '';
    };
    while (at < text.length) {
      const character = text[at] as string;
      if (character === "'") words += quoted(isPlural);
      else if (character === '}' || (tag !== undefined && text.startsWith(`</${tag}>`, at))) break;
      else if (character === '{') {
        end();
        parts.push(argument(isPlural));
      } else if (character === '#' && isPlural) {
        end();
        at += 1;
        parts.push({ kind: 'count', name: '#' });
      } else if (hasTags && /^<[a-z]/i.test(text.slice(at, at + 2))) {
        end();
        const name = take(/<([\w-]+)>/y);
        parts.push({ kind: 'tag', name, within: within(isPlural, name) });
        take(/<\/([\w-]+)>/y);
      } else {
        words += character;
        at += 1;
      }
    }
    end();
    return parts;
  }

  /** `''` is an apostrophe; one before a brace begins what is taken as it stands. */
  function quoted(isPlural: boolean): string {
    if (text[at + 1] === "'") {
      at += 2;
      return "'";
    }
    const isQuote =
      /[{}]/.test(text[at + 1] ?? '') ||
      (isPlural && text[at + 1] === '#') ||
      (hasTags && text[at + 1] === '<');
    if (!isQuote) {
      at += 1;
      return "'";
    }
    return take(/'((?:[^']|'')*)(?:'|$)/y).replaceAll("''", "'");
  }

  function argument(isPlural: boolean): Part {
    const name = take(/\{\s*([\w-]+)\s*/y);
    const kind = text[at] === ',' ? take(/,\s*(number|plural|select)\s*/y) : 'value';
    if (kind === 'value' || kind === 'number') {
      take(/(\})/y);
      return { kind, name };
    }
    take(/(,)\s*/y);
    const options: Record<string, readonly Part[]> = {};
    while (text[at] !== '}') {
      const option = take(/(=?[\w-]+)\s*\{/y);
      options[option] = within(isPlural || kind === 'plural', undefined);
      take(/(\})\s*/y);
    }
    at += 1;
    if (options.other === undefined) throw new SyntaxError(`“other” is missing in “${text}”`);
    return { kind: kind as 'plural' | 'select', name, options };
  }

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw new SyntaxError(`“${text}” breaks off at “${text.slice(at)}”`);
    at = pattern.lastIndex;
    return match[1] as string;
  }
}
