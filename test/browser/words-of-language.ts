import { IntlMessageFormat } from 'intl-messageformat';
import type { Page } from 'playwright-core';
import type { Catalogue } from '../../web/language/t.ts';

type Words = string | RegExp;
type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/**
 * From the English words that something is looked for by to a pattern for what stands there in another language: of the catalogue's
 * texts the one that is these words, else those that become them once filled in, else all that contain them.
 */
export function wordsOfLanguage(catalogue: Catalogue): (words: Words, isExact?: boolean) => Words {
  const texts = Object.entries(catalogue).map(([text, translated]) => {
    const english = partsOf(text.replace(/@@.*$/s, ''));
    return {
      example: exampleOf(english),
      source: sourceOf(english),
      translated: sourceOf(partsOf(translated)),
    };
  });
  const textsFor = (words: Words) => {
    if (typeof words !== 'string') return texts.filter(({ example }) => words.test(example));
    const same = texts.filter(({ example }) => example === words);
    if (same.length > 0) return same;
    const filled = texts.filter(({ source }) => /[a-z]{3}/.test(source) && whole(source).test(words));
    return filled.length > 0 ? filled : texts.filter(({ example }) => within(words).test(example));
  };
  return (words, isExact = false) => {
    const sources = textsFor(words).map(({ translated }) => translated);
    if (sources.length === 0) return words;
    const isFrom = typeof words === 'string' ? isExact : words.source.startsWith('^');
    const isTo = typeof words === 'string' ? isExact : words.source.endsWith('$');
    return new RegExp(`${isFrom ? '^' : ''}(?:${sources.join('|')})${isTo ? '$' : ''}`, 'i');
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
const whole = (source: string): RegExp => new RegExp(`^${source}$`, 'i');
const within = (words: string): RegExp => new RegExp(RegExp.escape(words), 'i');

/** One thing the text can say, with dots for what is filled in. */
function exampleOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if ('children' in part) return exampleOf(part.children);
      if ('options' in part) return exampleOf(part.options.other?.value ?? []);
      return isLiteral(part) ? part.value : '…';
    })
    .join('');
}

function sourceOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if ('children' in part) return sourceOf(part.children);
      if ('options' in part)
        return `(?:${Object.values(part.options)
          .map(({ value }) => sourceOf(value))
          .join('|')})`;
      return isLiteral(part) ? RegExp.escape(part.value) : '.+';
    })
    .join('');
}

const isLiteral = (part: Part): part is Extract<Part, { type: 0 }> => part.type === 0;
