import { createPendingCredentials } from '../../../web/account/pending-credentials.ts';

test('a password is returned once, and only for its own address', () => {
  const pending = createPendingCredentials();
  pending.keep({ email: 'ada@example.com', password: 'first' });
  expect(pending.take('ada@example.com')).toBe('first');
  expect(pending.take('ada@example.com')).toBeUndefined();
  pending.keep({ email: 'ada@example.com', password: 'second' });
  expect(pending.take('grace@example.com')).toBeUndefined();
  expect(pending.take('ada@example.com')).toBeUndefined();
});

test('a registration is returned only for its own address, while the password is kept', () => {
  const pending = createPendingCredentials();
  pending.keep({ email: 'ada@example.com', password: 'first', registration: 'reg_1' });
  expect(pending.registration('grace@example.com')).toBeUndefined();
  expect(pending.registration('ada@example.com')).toBe('reg_1');
  expect(pending.registration('ada@example.com')).toBe('reg_1');
  pending.take('ada@example.com');
  expect(pending.registration('ada@example.com')).toBeUndefined();
});
