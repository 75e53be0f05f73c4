import { IntlMessageFormat } from 'intl-messageformat';
import { Message } from '../../../web/language/message-format.ts';

/** The library is the measure of what ours says. */
const library = (text: string, values: Record<string, string | number>, locale: string) =>
  new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).format(values);

const texts = [
  'Nothing to fill in',
  '{name} is {age, number}',
  '{count, plural, =0 {none} one {# call} other {# calls}} left',
  '{count, plural, one {one of {name}} other {# of {name}}}',
  '{kind, select, a {first} b {second, {count, plural, one {#} other {#s}}} other {third}}',
  "It''s {name}'s, isn't it? '{'not'}' {name}",
  '1 < 2 # {name}',
];

test.each(texts)('%s reads as the library puts it', (text) => {
  for (const locale of ['en-GB', 'de-DE', 'pl', 'ar'])
    for (const count of [0, 1, 2, 5, 1234.5, 1e6])
      for (const kind of ['a', 'b', 'c']) {
        const values = { name: 'Ada', age: 36, count, kind };
        expect(new Message(text, locale, false).format(values)).toBe(library(text, values, locale));
      }
});

test('a tag makes an element of its words', () => {
  const message = new Message('Read <a>the {what}</a>, {who}.', 'en', true);
  const made = message.format<object>({ a: (within) => ({ within }), what: 'page', who: { bold: true } });
  expect(made).toEqual(['Read ', { within: ['the ', 'page'] }, ', ', { bold: true }, '.']);
});

test.each(['{name', '{count, plural, one {#}}', '<a>open', 'a } b', '{x, spellout}'])(
  '%s is no message',
  (text) => {
    expect(() => new Message(text, 'en', true)).toThrow(SyntaxError);
  },
);
