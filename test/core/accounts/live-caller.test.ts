import { callerFromClaims } from '../../../core/accounts/live-caller.ts';

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

test.each([undefined, {}, { sub: 'u' }, { email: 'a@b.c' }])('claims %j name no caller', (claims) => {
  expect(() => callerFromClaims(claims)).toThrow(expect.objectContaining({ code: 'unauthorized' }));
});
