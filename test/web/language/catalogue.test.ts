import { IntlMessageFormat } from 'intl-messageformat';
import { catalogues, inOrder, keptTogether } from './catalogues.ts';
import { readTexts } from './read-texts.ts';

/** Programs, and what an API would be sent and would answer, in examples. */
const examples = /\/(answer-words|call-code|call-snippets?|snippets|model-example|use-example-words)\.tsx?$/;

const { texts, misuses, bare } = readTexts();
const rich = new Set(texts.filter(({ isRich }) => isRich).map(({ text }) => text));

test('each text is a literal, asked for when the language is known', () => {
  expect(misuses).toEqual([]);
});

test('each text gets the arguments that it names, and no others', () => {
  const wrong = texts.filter(({ text, args }) => inOrder(args ?? ['?']).join() !== namesIn(text).join());
  expect(wrong.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});

test('no English stands outside of the catalogues', () => {
  const left = bare.filter(({ file }) => !examples.test(file));
  expect(left.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});

describe.each(catalogues())('in $language', ({ language, catalogue }) => {
  test('every text has its words, and no other has', () => {
    const used = inOrder(new Set(texts.map(({ text }) => text)));
    // In this order, so that two people's new texts rarely meet: `npm run texts`.
    expect(Object.keys(catalogue)).toEqual(used);
  });

  test('no line ends within what belongs together, as `npm run texts` writes it', () => {
    const together = keptTogether[language] ?? String;
    expect(Object.values(catalogue).filter((words) => together(words) !== words)).toEqual([]);
  });

  test('the words have the arguments and elements of their English', () => {
    const other = Object.entries(catalogue).filter(
      ([text, words]) => namesIn(words, rich.has(text)).join() !== namesIn(text).join(),
    );
    expect(other).toEqual([]);
  });
});

/** Of arguments and tags. */
function namesIn(text: string, isRich = rich.has(text)): string[] {
  if (!isRich && !text.includes('{')) return [];
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('type' in part && 'value' in part && part.type !== 0) names.add(String(part.value));
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: !isRich }).getAst());
  return inOrder(names);
}
