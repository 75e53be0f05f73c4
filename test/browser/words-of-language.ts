import { IntlMessageFormat } from 'intl-messageformat';
import type { Page } from 'playwright-core';
import type { Catalogue } from '../../web/language/t.ts';

type Words = string | RegExp;
type Part = ReturnType<IntlMessageFormat['getAst']>[number];
/** Which option stands for an argument: `unit` → `tokens`. */
type Choice = Readonly<Record<string, string>>;

/**
 * From the English words that something is looked for by to a pattern for what stands there in another language: of the catalogue's
 * texts the one that is these words, else those that begin so, else those that become them once filled in, else all that contain them.
 */
export function wordsOfLanguage(catalogue: Catalogue): (words: Words, isExact?: boolean) => Words {
  const texts = Object.entries(catalogue).flatMap(([text, translated]) => {
    const english = partsOf(text.replace(/@@.*$/s, ''));
    return choicesOf(english).map((choice) => ({
      english: written(english, choice),
      translated: written(partsOf(translated), choice),
    }));
  });
  const patternsFor = (words: Words): string[] => {
    const all = (some: typeof texts) => some.map(({ translated }) => patternOf(translated));
    if (typeof words !== 'string') return all(texts.filter(({ english }) => words.test(english)));
    // A fault is a part of a sentence in the catalogue, and a whole one beside its field.
    const part = words.toLowerCase().replace(/\.$/, '');
    const same = texts.filter(({ english }) => english === words);
    if (same.length > 0) return all(same);
    const begun = texts.filter(({ english }) => english.toLowerCase().startsWith(part));
    if (words.includes(' ') && begun.length > 0) return all(begun);
    const filled = texts.flatMap(({ english, translated }) => {
      const values = isTold(english)
        ? new RegExp(`^${patternOf(english)}$`, 'i').exec(english.endsWith('.') ? words : part)?.groups
        : undefined;
      return values === undefined ? [] : [patternOf(translated, values)];
    });
    // Words of nobody's catalogue, such as the name of a key, may be a part of some text too.
    return filled.length > 0
      ? filled
      : [RegExp.escape(words), ...all(texts.filter(({ english }) => english.includes(words)))];
  };
  return (words, isExact = false) => {
    const patterns = patternsFor(words);
    if (patterns.length === 0) return words;
    const isFrom = typeof words === 'string' ? isExact : words.source.startsWith('^');
    const isTo = typeof words === 'string' ? isExact : words.source.endsWith('$');
    // The names of groups would be there several times.
    const unnamed = patterns.map((pattern) => pattern.replaceAll(/\?<\w+>/g, '?:'));
    return new RegExp(`${isFrom ? '^' : ''}(?:${unnamed.join('|')})${isTo ? '$' : ''}`, 'i');
  };
}

/** Makes all locators that English words are given to look for the catalogue's. */
export function lookForWordsOf(catalogue: Catalogue, page: Page): void {
  const translated = wordsOfLanguage(catalogue);
  for (const made of [page.mainFrame(), page.locator('*')]) {
    const type = Object.getPrototypeOf(made) as Pick<Page, 'getByLabel' | 'getByRole' | 'getByText'>;
    const { getByLabel, getByRole, getByText } = type;
    type.getByLabel = function (text, options) {
      return getByLabel.call(this, translated(text, options?.exact), options);
    };
    type.getByText = function (text, options) {
      return getByText.call(this, translated(text, options?.exact), options);
    };
    type.getByRole = function (role, { name, ...options } = {}) {
      if (name === undefined) return getByRole.call(this, role, options);
      return getByRole.call(this, role, { ...options, name: translated(name, options.exact) });
    };
  }
}

const partsOf = (text: string): Part[] => new IntlMessageFormat(text, 'en').getAst();

/** Every way to choose among the options of a text; one with nothing chosen where it has none. */
function choicesOf(parts: readonly Part[]): Choice[] {
  return parts.reduce<Choice[]>(
    (choices, part) => {
      if ('children' in part) return crossed(choices, choicesOf(part.children));
      if (!('options' in part)) return choices;
      const own = Object.keys(part.options).map((option) => ({ [part.value]: option }));
      return crossed(choices, own);
    },
    [{}],
  );
}

const crossed = (some: readonly Choice[], others: readonly Choice[]): Choice[] =>
  some.flatMap((one) => others.map((other) => ({ ...one, ...other })));

/** With `{name}` for what is filled in. */
function written(parts: readonly Part[], choice: Choice): string {
  return parts
    .map((part) => {
      if ('children' in part) return written(part.children, choice);
      if ('options' in part)
        return written((part.options[choice[part.value] ?? ''] ?? part.options.other)?.value ?? [], choice);
      if (part.type === 0) return part.value;
      return `{${'value' in part ? part.value : 'count'}}`;
    })
    .join('');
}

/** Whether there is more to it than what is filled in. */
const isTold = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(/\{\w+\}/g, ''));

function patternOf(text: string, values: Readonly<Record<string, string>> = {}): string {
  const seen = new Set<string>();
  return text
    .split(/(\{\w+\})/)
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (name === undefined) return literally(piece);
      const value = values[name];
      if (value !== undefined) return literally(value);
      if (seen.has(name)) return '.+';
      seen.add(name);
      return `(?<${name}>.+)`;
    })
    .join('');
}

/** Locators see every space as the same one: that between a figure and what it counts is not to be looked for as such. */
const literally = (text: string): string => text.split(/\s/).map(RegExp.escape).join('\\s');
