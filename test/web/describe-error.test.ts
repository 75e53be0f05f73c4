import { ApiError } from '../../web/api-error.ts';
import { describeError } from '../../web/describe-error.ts';

const failure = (message: string, retryAfterSeconds?: number, kind: 'server' | 'refusal' = 'server') =>
  new ApiError(kind, message, { code: 'internal_error', retryAfterSeconds });

test.each([
  ['A part of this service did not answer. Try again in a moment.', 2, 'in 2 seconds.'],
  ['Too many changes at once. Try again in a moment.', 1, 'in 1 second.'],
  ['Something broke.', 30, 'in 30 seconds.'],
])('the wait is given once: %s', (message, seconds, end) => {
  const words = describeError(failure(message, seconds)).message;
  expect(words.match(/Try again/g)).toHaveLength(1);
  expect(words.endsWith(`Try again ${end}`)).toBe(true);
});

test('without a wait, and for refusals, the API’s words stay as they are', () => {
  expect(describeError(failure('Broken. Try again in a moment.')).message).toBe(
    'Broken. Try again in a moment.',
  );
  expect(describeError(failure('Enough for today.', 60, 'refusal')).message).toBe('Enough for today.');
});

test('an unexpected error shows no details', () => {
  expect(describeError(new Error('token=abc')).message).not.toContain('abc');
});
