import { ApiError, errorOfResponse, networkError } from '../../web/api-error.ts';
import { describeError } from '../../web/describe-error.ts';
import { speak } from '../../web/language/t.ts';

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

test('a call that failed before the language was loaded is told in it', async () => {
  const errors = [networkError(new TypeError()), await errorOfResponse(new Response('', { status: 502 }))];
  const words = {
    'The service did not answer. Check your connection and try again.': 'Keine Antwort.',
    'The service answered {status} without saying why.': 'Antwort {status}.',
    'Try again in a moment.': 'Gleich noch einmal.',
  };
  speak({ locale: 'de-DE', catalogue: words });
  expect(errors.map(({ message }) => message)).toEqual([
    'Keine Antwort.',
    'Antwort 502. Gleich noch einmal.',
  ]);
  speak({ locale: 'en-GB', catalogue: {} });
});

test('an unexpected error shows no details', () => {
  expect(describeError(new Error('token=abc')).message).not.toContain('abc');
});
