import { codeDigits, codeIn, confirmForm } from '../../../web/account/one-time-code.ts';

test.each([
  ['146122', '146122'],
  [' 146122\n', '146122'],
  ['146 122', '146122'],
  ['146-122', '146122'],
  ['Your Daypass code is 146122. It works for 24 hours.', '146122'],
  ['Sent 2026-11-22 to you@example.com: 146122', '146122'],
])('the code is found in %j', (text, code) => {
  expect(codeIn(text)).toBe(code);
});

test.each(['', '14612', '1461223', 'no code here'])('no code is found in %j', (text) => {
  expect(codeIn(text)).toBeUndefined();
});

test('typing keeps only six digits', () => {
  expect(codeDigits('1 4a6-1223')).toBe('146122');
});

test('only six digits are sent as a code', () => {
  const email = 'ada@example.com';
  expect(confirmForm.safeParse({ email, code: '146122' }).success).toBe(true);
  expect(confirmForm.safeParse({ email, code: '14612' }).success).toBe(false);
});
