import { speak } from '../../web/language/t.ts';
import { limitWords, planPriceWords, priceWithinSentence } from '../../web/limit-words.ts';

test('limits are told with the longest window first, requests before tokens', () => {
  const limits = { tokensPerDay: 5000, requestsPerHour: 1, requestsPerDay: 10, requestsPerMonth: 100 };
  expect(limitWords({ ...limits, requestsPerMinute: null })).toEqual([
    '100 requests a month',
    '10 requests a day',
    '1 request an hour',
    '5,000 tokens a day',
  ]);
  expect(limitWords({})).toEqual([]);
});

test('a plan’s price is in the reader’s language where it is Daypass’s own, and else as the operator wrote it', () => {
  speak({ locale: 'de-DE', catalogue: { Free: 'Kostenlos', 'For admins': 'Für Admins' } });
  expect(['Free', 'For admins', '$5 a month'].map(planPriceWords)).toEqual([
    'Kostenlos',
    'Für Admins',
    '$5 a month',
  ]);
  speak({ locale: 'en-GB', catalogue: {} });
});

test('within a sentence only Daypass’s own word loses its capital letter', () => {
  expect(['Free', '5 EUR a month'].map(priceWithinSentence)).toEqual(['free', '5 EUR a month']);
});
