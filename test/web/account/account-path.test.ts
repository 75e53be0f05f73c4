import { accountPath } from '../../../web/account/account-path.ts';

test('address and destination are carried unchanged', () => {
  const path = accountPath('/confirm', { email: 'a+b&c@example.com', next: '/usage?from=2026-01-01' });
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  expect(pathname).toBe('/confirm');
  expect(Object.fromEntries(searchParams)).toEqual({
    email: 'a+b&c@example.com',
    next: '/usage?from=2026-01-01',
  });
});

test('unknown values are left out', () => {
  expect(accountPath('/sign-in', { email: undefined, next: null })).toBe('/sign-in');
});
