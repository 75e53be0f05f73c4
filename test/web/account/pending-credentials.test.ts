import { createPendingCredentials } from '../../../web/account/pending-credentials.ts';

test('a password is given out once, and for its own address only', () => {
  const pending = createPendingCredentials();
  pending.keep({ email: 'ada@example.com', password: 'first' });
  expect(pending.take('ada@example.com')).toBe('first');
  expect(pending.take('ada@example.com')).toBeUndefined();
  pending.keep({ email: 'ada@example.com', password: 'second' });
  expect(pending.take('grace@example.com')).toBeUndefined();
  expect(pending.take('ada@example.com')).toBeUndefined();
});
