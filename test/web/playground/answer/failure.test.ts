import { quotaRefusal } from '../../../../core/metering/refusal.ts';
import type { Unit, WindowKind } from '../../../../core/metering/windows.ts';
import { ApiError, type ApiErrorKind, networkError } from '../../../../web/api-error.ts';
import { speak } from '../../../../web/language/t.ts';
import { type RateLimits, readRateLimits } from '../../../../web/rate-limits.ts';
import { describeFailure } from '../../../../web/screens/playground/answer/failure.ts';
import { catalogues } from '../../language/catalogues.ts';

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

const now = Date.parse('2026-11-22T10:00:00Z');
const day = { limit: 900, remaining: 4, resetsAt: now + 50_000 };

/** The refusal of a full window as the console reads it. */
function fullWindow(unit: Unit, window: WindowKind, of?: 'user' | 'deployment'): ApiError {
  const standing = { limit: 20_000, remaining: 0, resetsAt: now + 40_000 };
  const tokens = unit === 'tokens' ? { tokens: standing } : {};
  const { code, message, headers } = quotaRefusal(
    { unit, window, standing, day, ...tokens, ...(of !== undefined && { of }) },
    now,
  );
  const details = { code, retryAfterSeconds: 40, rateLimits: readRateLimits(new Headers(headers)) };
  return new ApiError('refusal', message, details);
}

// Each ends in 40 seconds, so the time left gives none of them away.
test.each([
  ['requests', 'minute', 'requests this minute'],
  ['requests', 'hour', 'requests this hour'],
  ['requests', 'day', 'requests today'],
  ['requests', 'week', 'requests this week'],
  ['requests', 'month', 'requests this month'],
  ['tokens', 'day', 'tokens today'],
] as const)('used up: %s of a %s', (unit, window, words) => {
  expect(describeFailure(fullWindow(unit, window), here)).toMatchObject({
    title: `You have used 20,000 of 20,000 ${words}`,
    resetSeconds: 40,
    wayOut: 'plans',
  });
});

test('a spent limit of the key leads to the keys, where it can be raised', () => {
  expect(describeFailure(fullWindow('dollars', 'month'), here)).toMatchObject({
    title: 'You have spent $20,000.00 of $20,000.00 this month',
    detail: expect.stringContaining('Edit the key to raise it'),
    resetSeconds: 40,
    wayOut: 'keys',
  });
});

test('a spent limit of all keys says that another key doesn’t help', () => {
  expect(describeFailure(fullWindow('dollars', 'day', 'user'), here)).toMatchObject({
    title: 'You have spent $20,000.00 of $20,000.00 today',
    detail: expect.stringContaining('another key doesn’t help'),
    wayOut: 'usage',
  });
});

test('the service’s own limit says who can raise it', () => {
  expect(describeFailure(fullWindow('dollars', 'day', 'deployment'), here)).toMatchObject({
    title: 'This service has reached the limit of what it may spend',
    resetSeconds: 40,
    wayOut: undefined,
  });
});

test('a window that the refusal does not name is left out', () => {
  const limits = { requests: { limit: 5, remaining: 0, resetSeconds: 40 } };
  expect(describeFailure(refused('rate_limit_exceeded', limits), here).title).toBe(
    'You have used 5 of 5 requests',
  );
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

test.each([
  ['model_overloaded', 'Das Modell ist überlastet', undefined],
  ['context_length_exceeded', 'Das Gespräch ist zu lang für dieses Modell', /^Der Dienst meldet: „/],
  ['unsupported_parameter', 'Das Modell nimmt eine der Einstellungen nicht an', /^Der Dienst meldet: „/],
])('to a reader of German, %s is told in German', (code, title, quote) => {
  speak({ locale: 'de-DE', catalogue: catalogues()[0]?.catalogue ?? {} });
  const failure = describeFailure(refused(code), here);
  speak({ locale: 'en-GB', catalogue: {} });
  expect(failure).toMatchObject({
    title,
    detail: quote === undefined ? undefined : expect.stringMatching(quote),
  });
});
