import { takeCode } from '../../../../local/aws/cognito/log-in/software-token.ts';

// RFC 6238, appendix B: the secret "12345678901234567890", the last six digits.
const token = { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', isVerified: true, isEnabled: true, lastStep: 0 };

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('at %i seconds the code is %s', (seconds, code) => {
  expect(takeCode(token, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test('a code may be half a minute early or late, not more, and works once', () => {
  const at = (seconds: number) => () => takeCode(token, '050471', seconds * 1000);
  const step = Math.floor(1_111_111_111 / 30) * 30;
  for (const near of [step - 30, step, step + 59]) expect(at(near)()).toBe(step / 30);
  for (const far of [step - 31, step + 60]) expect(at(far)).toThrow('Invalid verification code');
  const used = { ...token, lastStep: step / 30 };
  expect(() => takeCode(used, '050471', step * 1000)).toThrow('already been used once');
});
