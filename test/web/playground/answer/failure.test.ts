import { ApiError, type ApiErrorKind, networkError } from '../../../../web/api-error.ts';
import type { RateLimits } from '../../../../web/rate-limits.ts';
import { describeFailure } from '../../../../web/screens/playground/answer/failure.ts';

const here = { isOnline: true, day: undefined };

const refused = (
  code: string,
  rateLimits: RateLimits = {},
  retryAfterSeconds?: number,
  kind: ApiErrorKind = 'refusal',
) =>
  new ApiError(kind, `What the API says of ${code}.`, {
    code,
    rateLimits,
    retryAfterSeconds,
    requestId: 'req-1',
  });

const requests = (limit: number, resetSeconds: number) => ({
  requests: { limit, remaining: 0, resetSeconds },
});

test.each([
  [
    'the day',
    refused('quota_exceeded', requests(10, 18_720), 18_720),
    'You have used 10 of 10 requests today',
    18_720,
  ],
  [
    'a minute',
    refused('rate_limit_exceeded', requests(5, 40), 40),
    'You have used 5 of 5 requests this minute',
    40,
  ],
  [
    'an hour',
    refused('rate_limit_exceeded', requests(50, 900), 900),
    'You have used 50 of 50 requests this hour',
    900,
  ],
  [
    'the tokens of the day',
    refused('quota_exceeded', {
      requests: { limit: 10, remaining: 4, resetSeconds: 60 },
      tokens: { limit: 20_000, remaining: 0, resetSeconds: 60 },
    }),
    'You have used 20,000 of 20,000 tokens today',
    60,
  ],
])('used up: %s', (_, error, title, resetSeconds) => {
  expect(describeFailure(error, here)).toMatchObject({ title, resetSeconds, wayOut: 'plans' });
});

test('API Gateway’s own refusal reports no limit, so the key’s day is used', () => {
  const error = refused('quota_exceeded', {}, 3600);
  const day = { limit: 10, remaining: 0, resetSeconds: 7200 };
  expect(describeFailure(error, { isOnline: true, day })).toMatchObject({
    title: 'You have used 10 of 10 requests today',
    resetSeconds: 7200,
  });
  expect(describeFailure(error, here)).toMatchObject({
    title: 'What the API says of quota_exceeded',
    resetSeconds: 3600,
  });
});

test('a key that no longer works leads to another one', () => {
  expect(describeFailure(refused('invalid_api_key'), here)).toMatchObject({ wayOut: 'another-key' });
});

test('a setting that the model does not take leads to the settings, in the API’s words', () => {
  expect(describeFailure(refused('unsupported_parameter'), here)).toMatchObject({
    title: 'What the API says of unsupported_parameter',
    wayOut: 'settings',
  });
});

test('a call that is too large says the limit and what can be left out', () => {
  expect(describeFailure(refused('payload_too_large'), here)).toMatchObject({
    title: 'That is too much for one call',
    detail: expect.stringMatching(/^What the API says of payload_too_large\. Remove attachments/),
  });
});

test('being offline is named, and so is a lost answer', () => {
  const error = networkError(new TypeError());
  expect(describeFailure(error, { ...here, isOnline: false }).title).toBe('This device is offline');
  expect(describeFailure(error, here).title).toMatch(/^The service did not answer/);
});

test('an unexpected error shows no details', () => {
  expect(JSON.stringify(describeFailure(new Error('secret'), here))).not.toContain('secret');
});
