import { dollarWords } from '../../../web/language/number-words.ts';
import { speak, t } from '../../../web/language/t.ts';
import { dayWords } from '../../../web/language/time-words.ts';
import { typedNumber } from '../../../web/language/typed-number.ts';

const english = { locale: 'en-GB', catalogue: {} };
const german = {
  locale: 'de-DE',
  catalogue: {
    '{count, plural, one {# call} other {# calls}}': '{count, plural, one {# Aufruf} other {# Aufrufe}}',
    'Open@@state': 'Offen',
  },
};

afterEach(() => speak(english));

test.each([
  ['en-GB', '5', 5],
  ['en-GB', '0.5', 0.5],
  ['en-GB', '1,234,567.5', 1_234_567.5],
  ['en-GB', '12,34', Number.NaN],
  ['en-GB', '0,5', Number.NaN],
  ['de-DE', '0,5', 0.5],
  ['de-DE', '0.5', 0.5],
  ['de-DE', '0.125', 0.125],
  ['de-DE', '1.234', 1234],
  ['de-DE', '1.234,5', 1234.5],
  ['fr-FR', '1 234,5', 1234.5],
  ['de-DE', '1.5,5', Number.NaN],
  ['de-DE', 'five', Number.NaN],
  ['de-DE', '-1', Number.NaN],
])('in %s, %s is the number %d', (locale, text, number) => {
  speak({ locale, catalogue: {} });
  expect(typedNumber(text)).toBe(number);
});

test('plurals, numbers, dates and dollars are written as the locale does', () => {
  const count = 1234;
  const words = () => [
    t('{count, plural, one {# call} other {# calls}}', { count }),
    dollarWords(1.5),
    dayWords('2026-11-22'),
  ];
  expect(words()).toEqual(['1,234 calls', '$1.50', '22 Nov 2026']);
  speak(german);
  expect(words()).toEqual(['1.234 Aufrufe', '1,50\u00a0$', '22.11.2026']);
});

test('what tells two meanings of a word apart is never shown', () => {
  expect(t('Open@@state')).toBe('Open');
  speak(german);
  expect(t('Open@@state')).toBe('Offen');
});
