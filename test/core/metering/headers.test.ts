import { chargeHeaders, rateLimitHeaders } from '../../../core/metering/headers.ts';

test('rate-limit headers have OpenAI’s names and never go below zero', () => {
  expect(rateLimitHeaders('requests', { limit: 10, remaining: -1, resetsAt: 61_500 }, 0)).toEqual({
    'x-ratelimit-limit-requests': '10',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '62s',
  });
});

const standing = { limit: 10, remaining: 9, resetsAt: 60_000 };

test.each([
  [0.3, undefined],
  [0.2, '80%'],
  [0.11, '80%'],
  [0.1, '90%'],
  [0, '100%'],
  [-0.5, '100%'],
])('with %p of a dollar left, the warning is %p', (remaining, warning) => {
  const spend = { window: 'day', limit: 1, remaining, resetsAt: 60_000 } as const;
  expect(chargeHeaders({ standing, spend }, 0)).toEqual({
    ...rateLimitHeaders('requests', standing, 0),
    'x-ratelimit-limit-dollars': '1',
    'x-ratelimit-remaining-dollars': String(Math.max(0, remaining)),
    'x-ratelimit-reset-dollars': '60s',
    ...(warning !== undefined && { 'x-daypass-spend-warning': warning }),
  });
});

test('of the key’s and the user’s limits in dollars, the one with the smaller share left is told', () => {
  const spend = { window: 'day', limit: 1, remaining: 0.5, resetsAt: 60_000 } as const;
  const ofUser = { window: 'month', limit: 100, remaining: 9, resetsAt: 90_000 } as const;
  expect(chargeHeaders({ standing, spend, shared: { counted: [], spend: ofUser } }, 0)).toMatchObject({
    'x-ratelimit-limit-dollars': '100',
    'x-daypass-spend-warning': '90%',
  });
  expect(chargeHeaders({ standing }, 0)).not.toHaveProperty('x-ratelimit-limit-dollars');
});
