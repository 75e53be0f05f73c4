import * as fc from 'fast-check';
import { isParsable } from '../../../../web/screens/playground/answer/parse-limits.ts';
import { markdownDrawing } from './draw-markdown.ts';

const drawn = await markdownDrawing();

const pieces = fc.oneof(
  fc.constantFrom(
    ...[
      '![x](https://)',
      '![x](https://[)',
      '[x](http://%)',
      '[x](//)',
      '<https://>',
      '![](mailto:)',
      '![a][b]',
    ],
    ...['[b]: https://:99999', '[^1]', '[^1]: note', '[__proto__]', '[__proto__]: x', '[constructor]: y'],
    ...[
      '```__proto__\n',
      '```constructor',
      '```\n',
      '~~~',
      '`',
      '| a | b |\n|-|-|\n| `|` |',
      '|||',
      '- [x] ',
      '- [ ]',
    ],
    ...[
      '> ',
      '1. ',
      '999999999999. x',
      '# ',
      '***',
      '___',
      '~~',
      '*a **b',
      '&#0;',
      '&#xD800;',
      '&#1114112;',
      '<b>',
    ],
    ...[
      '<!--',
      '<![CDATA[',
      '<?',
      '$$',
      '$x$',
      '\\(',
      '\\)',
      '\\[a',
      '\\]',
      '\\',
      '\u0000',
      '\uFFFD',
      '\uD800',
      '\uDC00',
    ],
    ...[
      'שלום',
      'مرحبا',
      '\u202E',
      '\u200B',
      '\t',
      '\r',
      '\n',
      '\n\n',
      '    ',
      'x'.repeat(400),
      '[',
      '![',
      '('.repeat(50),
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const texts = fc.array(pieces, { maxLength: 24 }).map((all) => all.join(''));

test('whatever a model says can be drawn, and as markup nothing of it runs', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const markup = drawn(text);
      expect(markup).not.toMatch(/<(?:script|style|iframe|img|form|svg[^>]* on)/i);
      for (const [, address] of markup.matchAll(/href="([^"]*)"/g))
        expect(address).toMatch(/^(?:https?:|mailto:|#a-\d+-)/i);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['an image without a host', '![x](https://)'],
  ['an image whose address is broken', '![x](https://[)'],
  ['a link that leads nowhere', '[x](https://)'],
])('%s is named and doesn’t break the answer', (_, text) => {
  expect(drawn(`${text} and more`)).toContain('and more');
});

test.each([
  ['quotes in quotes', '> '.repeat(3000)],
  ['lists in lists', '- '.repeat(3000)],
  ['lists below lists', Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
  ['marks that never close', '**a_ '.repeat(6000)],
  ['thousands of tildes', '~a'.repeat(10_000)],
  ['a line without end', 'word '.repeat(40_000)],
])('%s would take the parser seconds, and are shown as they are', (_, text) => {
  expect(isParsable(text)).toBe(false);
  expect(drawn(text)).toContain(text.slice(0, 4).replaceAll('>', '&gt;'));
});

test('a long table, a long list and long code are parsed', () => {
  const rows = Array.from({ length: 400 }, (_, row) => `| **${row}** | _a_ | ~b~ |`).join('\n');
  expect(isParsable(`| a | b | c |\n|-|-|-|\n${rows}`)).toBe(true);
  expect(isParsable(Array.from({ length: 900 }, () => '- **a** and *b*').join('\n'))).toBe(true);
  expect(isParsable(`\`\`\`c\n${'int *a_b;\n'.repeat(2000)}\`\`\``)).toBe(true);
});

test('blocks have the direction of their words, and code is left to right', () => {
  expect(drawn('שלום')).toMatch(/^<p dir="auto"/);
  expect(drawn('- שלום\n- `code`')).toMatch(/^<ul dir="auto"[\s\S]*<code dir="ltr"/);
  expect(drawn('| שלום |\n| --- |\n| א |')).toMatch(/^<div dir="auto"[^>]*><section[\s\S]*<table/);
  expect(drawn('```js\nlet a;\n```')).toContain('<figure dir="ltr"');
});

test('a formula is a formula in lists and tables too, and its underscores are no emphasis', () => {
  expect(drawn('- $a_1 b_1$\n- \\(c\\)')).not.toMatch(/<em>|\$|\\\(/);
  expect(drawn('| a |\n| --- |\n| $x_1 y_1$ |')).toContain(
    '<code class="wrap-anywhere font-mono text-sm">x_1 y_1</code>',
  );
});
