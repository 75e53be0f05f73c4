import { loginBody, registerBody } from '../../../core/contract/accounts/account-requests.ts';
import { inviteUserBody } from '../../../core/contract/admin/users.ts';

const password = 'correct Horse 1 battery';
const before = (count: number) => `${'a'.repeat(count)}@Example.com`;

test.each([
  ['sign-up', (email: string) => registerBody.safeParse({ email, password })],
  ['invitation', (email: string) => inviteUserBody.safeParse({ email })],
])('a new account’s address has at most 64 characters before the @: %s', (_, read) => {
  expect(read(before(64)).data).toMatchObject({ email: before(64).toLowerCase() });
  expect(read(before(65)).error?.issues).toEqual([
    expect.objectContaining({ path: ['email'], message: 'must have at most 64 characters before the @' }),
  ]);
});

test('who has such an address logs in', () => {
  expect(loginBody.safeParse({ email: before(65), password }).success).toBe(true);
});
