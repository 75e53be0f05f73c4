import { accountPath } from '../../../web/account/account-path.ts';

test('an address and a destination are carried as what they are', () => {
  const path = accountPath('/confirm', { email: 'a+b&c@example.com', next: '/usage?from=2026-01-01' });
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  expect(pathname).toBe('/confirm');
  expect(Object.fromEntries(searchParams)).toEqual({
    email: 'a+b&c@example.com',
    next: '/usage?from=2026-01-01',
  });
});

test('what is not known leaves no trace', () => {
  expect(accountPath('/sign-in', { email: undefined, next: null })).toBe('/sign-in');
});
