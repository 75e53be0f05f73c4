import { wordsOfLanguage } from './words-of-language.ts';

test('words that are kept together on a line are found by locators, which see a plain space', () => {
  const words = wordsOfLanguage({ 'Show the last 30 days': 'Die letzten 30\u00a0Tage zeigen' });
  expect('Die letzten 30 Tage zeigen').toMatch(words('Show the last 30 days'));
});
