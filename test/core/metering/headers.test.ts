import { rateLimitHeaders } from '../../../core/metering/headers.ts';

test('rate-limit headers have OpenAI’s names and never go below zero', () => {
  expect(rateLimitHeaders('requests', { limit: 10, remaining: -1, resetsAt: 61_500 }, 0)).toEqual({
    'x-ratelimit-limit-requests': '10',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '62s',
  });
});
