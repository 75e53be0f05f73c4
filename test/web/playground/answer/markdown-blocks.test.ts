import * as fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { markdownBlocks } from '../../../../web/screens/playground/answer/markdown-blocks.ts';

const markup = (text: string): string =>
  renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, text)).replace(/>\s+</g, '><');

const lines = fc.constantFrom(
  '',
  '',
  '',
  'Words that follow words.',
  '# Heading',
  '- item',
  '  more of the item',
  '1. first',
  '2) second',
  '    indented code',
  '```js',
  '```',
  '~~~~',
  '~~~',
  '  ```',
  '> quote',
  '---',
  '| a | b |',
  '| - | - |',
  '*',
  '**bold** and `code`',
  '<b>html</b>',
  '<pre>',
  '[link]: https://example.com',
  'see [link]',
);
const texts = fc.array(lines, { maxLength: 14 }).map((all) => all.join('\n'));

test('the blocks joined are the text', () => {
  fc.assert(
    fc.property(texts, (text) => expect(markdownBlocks(text).join('')).toBe(text)),
    { numRuns: 2000 },
  );
});

test('the blocks parsed one by one mean the same as the whole', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const apart = markdownBlocks(text).map(markup).join('');
      expect(apart.replace(/>\s+</g, '><')).toBe(markup(text));
    }),
    { numRuns: 2000 },
  );
});

test('finished blocks stay the same while more text arrives, so they are parsed once', () => {
  const text = 'One.\n\n```js\nlet a;\n\nlet b;\n```\n\n- x\n- y\n\nTwo.\n\nThree.';
  for (let end = 1; end < text.length; end += 1) {
    const over = markdownBlocks(text.slice(0, end)).slice(0, -1);
    expect(markdownBlocks(text).slice(0, over.length)).toEqual(over);
  }
  expect(markdownBlocks(text)).toHaveLength(4);
});
