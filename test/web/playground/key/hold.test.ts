import { quotaRefusal } from '../../../../core/metering/refusal.ts';
import { ApiError } from '../../../../web/api-error.ts';
import { readRateLimits } from '../../../../web/rate-limits.ts';
import { type HoldFacts, holdNow } from '../../../../web/screens/playground/key/hold.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const window = (
  unit: 'requests' | 'tokens' | 'dollars',
  kind: 'minute' | 'day' | 'month',
  remaining: number,
  seconds: number,
) => ({
  unit,
  window: kind,
  limit: 10,
  used: 10 - remaining,
  remaining,
  resetsAt: new Date(now + seconds * 1000).toISOString(),
});
const standing = (...windows: ReturnType<typeof window>[]) => ({ facts: { windows }, at: now - 1000 });
const hold = (facts: Partial<HoldFacts>) =>
  holdNow({ keyId: 'key 1', standing: undefined, left: undefined, refused: undefined, now, ...facts });
const left = (keyId: string, remaining: number, at = now) => ({
  keyId,
  limits: { requests: { limit: 10, remaining, resetSeconds: 40 } },
  at,
});

function refused(of: 'key' | 'user' | 'deployment', keyId: string) {
  const standingNow = { limit: 10, remaining: 0, resetsAt: now + 40_000 };
  const { code, message, headers } = quotaRefusal(
    { unit: 'requests', window: 'day', standing: standingNow, day: standingNow, ...(of !== 'key' && { of }) },
    now,
  );
  const rateLimits = readRateLimits(new Headers(headers));
  return {
    keyId,
    error: new ApiError('refusal', message, { code, rateLimits, retryAfterSeconds: 40 }),
    at: now,
  };
}

test('nothing is held back while every window has something left', () => {
  expect(
    hold({ standing: standing(window('requests', 'day', 1, 60)), left: left('key 1', 1) }),
  ).toBeUndefined();
});

test('a full window holds calls back until it ends', () => {
  const facts = standing(window('requests', 'minute', 0, 30), window('requests', 'day', 4, 900));
  expect(hold({ standing: facts })).toMatchObject({ until: now + 30_000, field: 'requestsPerMinute' });
  expect(hold({ standing: facts, now: now + 30_001 })).toBeUndefined();
});

test('of several full windows the one that ends last counts', () => {
  const facts = standing(window('requests', 'minute', 0, 30), window('dollars', 'month', 0, 9000));
  expect(hold({ standing: facts })).toMatchObject({ until: now + 9_000_000, field: 'spendPerMonth' });
});

test('headers that are newer than the standing count, and those of another key don’t', () => {
  const facts = standing(window('requests', 'day', 1, 900));
  expect(hold({ standing: facts, left: left('key 1', 0) })).toMatchObject({
    until: now + 40_000,
    field: 'requestsPerDay',
  });
  expect(hold({ standing: facts, left: left('key 2', 0) })).toBeUndefined();
  expect(hold({ standing: facts, left: left('key 1', 0, now - 2000) })).toBeUndefined();
});

test('a limit that all keys share holds every key back, and moving one doesn’t help', () => {
  expect(hold({ refused: refused('user', 'key 2') })).toMatchObject({ wayOut: 'usage', field: undefined });
  expect(hold({ refused: refused('deployment', 'key 2') })).toMatchObject({
    wayOut: undefined,
    field: undefined,
  });
  expect(hold({ refused: refused('key', 'key 2') })).toBeUndefined();
  expect(hold({ refused: refused('key', 'key 1') })).toMatchObject({ field: 'requestsPerDay' });
});

test('API Gateway’s own refusal, which knows no reset, holds nothing back', () => {
  const error = new ApiError('refusal', 'Too much.', { code: 'quota_exceeded', retryAfterSeconds: 3600 });
  expect(hold({ refused: { keyId: 'key 1', error, at: now } })).toBeUndefined();
});
