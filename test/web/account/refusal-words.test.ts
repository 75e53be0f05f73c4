import { refusalWords } from '../../../web/account/refusal-words.ts';
import { ApiError } from '../../../web/api-error.ts';

const refusal = (code: string, retryAfterSeconds?: number) =>
  new ApiError('refusal', 'What the API says.', { code, status: 429, retryAfterSeconds });

test.each([
  [1, 'Too many attempts. Try again in 1 second.'],
  [45, 'Too many attempts. Try again in 45 seconds.'],
  [300, 'Too many attempts. Try again in 5 minutes.'],
  [301, 'Too many attempts. Try again in 6 minutes.'],
])('a wait of %i seconds is put into words', (seconds, words) => {
  expect(refusalWords(refusal('too_many_attempts', seconds))).toBe(words);
});

test('a refusal without a wait keeps the API’s words', () => {
  expect(refusalWords(refusal('too_many_attempts'))).toBe('What the API says.');
  expect(refusalWords(refusal('invalid_code', 300))).toBe('What the API says.');
});
