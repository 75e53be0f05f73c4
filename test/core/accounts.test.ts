import { callerFromClaims, register } from '../../core/accounts.ts';

const session = { token: 't', refreshToken: 'r', expiresIn: 3600 };
const directory = (known: string[] = []) => ({
  signUp: async (email: string) => (known.includes(email) ? undefined : 'user-1'),
  confirmWithoutCode: async () => {},
  logIn: async () => session,
});
const policy = { confirmation: 'email' as const, allowedDomains: [] };
const ada = { email: 'ada@example.com', password: 'irrelevant here' };

test('with confirmation, a known and an unknown address get the same answer', async () => {
  const fresh = await register(directory(), policy, ada);
  const known = await register(directory([ada.email]), policy, ada);
  expect(known.registration).toEqual(fresh.registration);
  expect(fresh).toEqual({ registration: { status: 'confirmation_required' }, userId: 'user-1' });
});

test('without confirmation the user is in at once, and a known address is refused', async () => {
  const open = { ...policy, confirmation: 'off' as const };
  expect((await register(directory(), open, ada)).registration).toEqual({ status: 'confirmed', ...session });
  await expect(register(directory([ada.email]), open, ada)).rejects.toMatchObject({
    code: 'email_taken',
    status: 409,
  });
});

test('only allowed domains may sign up, and look-alikes may not', async () => {
  const closed = { ...policy, allowedDomains: ['example.com'] };
  await expect(register(directory(), closed, ada)).resolves.toBeDefined();
  for (const email of [
    'ada@example.org',
    'ada@sub.example.com',
    'ada@notexample.com',
    '"ada@example.com"@evil.org',
  ]) {
    await expect(register(directory(), closed, { ...ada, email })).rejects.toMatchObject({
      code: 'domain_not_allowed',
    });
  }
});

test('claims become a caller; groups are read in both forms API Gateway writes them', () => {
  const claims = { sub: 'u', email: 'a@b.c', email_verified: 'true' };
  expect(callerFromClaims(claims)).toEqual({ userId: 'u', email: 'a@b.c', emailVerified: true, groups: [] });
  expect(callerFromClaims({ ...claims, 'cognito:groups': 'admins,staff' }).groups).toEqual([
    'admins',
    'staff',
  ]);
  expect(callerFromClaims({ ...claims, 'cognito:groups': '[admins staff]' }).groups).toEqual([
    'admins',
    'staff',
  ]);
});

test.each([undefined, {}, { sub: 'u' }, { email: 'a@b.c' }])('claims %j are nobody', (claims) => {
  expect(() => callerFromClaims(claims)).toThrow(expect.objectContaining({ code: 'unauthorized' }));
});
