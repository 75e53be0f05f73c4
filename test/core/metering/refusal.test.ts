import type { Refusal } from '../../../core/metering/ports.ts';
import { quotaRefusal } from '../../../core/metering/refusal.ts';

const now = Date.parse('2026-11-22T23:59:00Z');
const day = { limit: 10, remaining: 4, resetsAt: Date.parse('2026-11-23T00:00:00Z') };
const full: Refusal = {
  unit: 'requests',
  window: 'day',
  standing: { limit: 3, remaining: 0, resetsAt: day.resetsAt },
  day,
};

test.each([
  [undefined, 'You have used all 3 requests of this day. The next day begins at 2026-11-23T00:00:00.000Z.'],
  [
    'client',
    'This client address has, with this key, used all 3 requests of this day. The next day begins at 2026-11-23T00:00:00.000Z.',
  ],
  [
    'user',
    'Your keys have together used all 3 requests of this day. The next day begins at 2026-11-23T00:00:00.000Z.',
  ],
] as const)('a full day of %s tells whose limit it is and when it ends', (of, message) => {
  expect(quotaRefusal({ ...full, of }, now)).toMatchObject({
    code: 'quota_exceeded',
    message,
    headers: {
      'retry-after': '60',
      'x-should-retry': 'false',
      'x-ratelimit-limit-requests': '3',
      'x-ratelimit-remaining-requests': '0',
    },
  });
});

test.each(['week', 'month'] as const)('a full %s tells clients not to retry', (window) => {
  const standing = { limit: 9, remaining: 0, resetsAt: now + 5 * 86_400_000 };
  expect(quotaRefusal({ ...full, window, standing }, now)).toMatchObject({
    code: 'quota_exceeded',
    message: `You have used all 9 requests of this ${window}. The next ${window} begins at 2026-11-27T23:59:00.000Z.`,
    headers: {
      'retry-after': '432000',
      'x-should-retry': 'false',
      'x-ratelimit-limit-requests': '9',
      'x-ratelimit-reset-requests': '432000s',
    },
  });
});

test('the refusal of a reached ceiling gives the end of the day and the key’s own standing, not the ceiling’s', () => {
  const refusal = quotaRefusal({ ...full, of: 'deployment' }, now);
  expect(refusal).toMatchObject({
    code: 'ceiling_reached',
    status: 429,
    headers: { 'retry-after': '60', 'x-should-retry': 'false', 'x-ratelimit-remaining-requests': '4' },
  });
  expect(refusal.message).not.toContain('3 requests');
});

test('a limit in dollars that is spent says so, and when it is there again', () => {
  const standing = { limit: 5, remaining: -0.01, resetsAt: day.resetsAt };
  expect(quotaRefusal({ ...full, of: 'user', unit: 'dollars', standing }, now)).toMatchObject({
    code: 'quota_exceeded',
    message:
      'Your keys have together spent all 5 US dollars of this day. The next day begins at 2026-11-23T00:00:00.000Z.',
    headers: {
      'x-should-retry': 'false',
      'retry-after': '60',
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': '4',
      'x-ratelimit-limit-dollars': '5',
      'x-ratelimit-remaining-dollars': '0',
      'x-daypass-spend-warning': '100%',
    },
  });
});

test('a ceiling that is reached for the month says so', () => {
  expect(quotaRefusal({ ...full, of: 'deployment', window: 'month' }, now)).toMatchObject({
    code: 'ceiling_reached',
    message: expect.stringMatching(/^This service has reached its limit for this month\./),
  });
});
