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
