import { limitWords } from '../../web/limit-words.ts';

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
