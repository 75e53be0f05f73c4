import { changePassword, resetPassword } from '../../../core/accounts/new-password.ts';
import { DaypassError } from '../../../core/errors.ts';

const session = { token: 't', refreshToken: 'r', expiresIn: 3600 };
const caller = { userId: 'ada', email: 'a@b.c', emailVerified: true, groups: [] };
const passwords = { currentPassword: 'current', newPassword: 'Aa1aaaaaaaaa' };

/** Ports that note what was asked of them, in order. */
function noting(failing: Record<string, Error> = {}) {
  const calls: string[] = [];
  const noted =
    <T>(name: string, answer: T) =>
    async (...details: unknown[]): Promise<T> => {
      calls.push([name, ...details].join(' '));
      if (failing[name] !== undefined) throw failing[name];
      return answer;
    };
  const directory = {
    changePassword: noted('change', undefined),
    resetPassword: noted('reset', undefined),
    endAllSessions: noted('end', undefined),
    userIdOf: noted('id', 'ada'),
    logIn: noted('login', session),
  };
  const ports = {
    directory,
    ends: { mark: noted('mark', undefined) },
    revokeAllKeys: noted('revoke', undefined),
    clock: { now: () => 7 },
  };
  return { calls, ports };
}

test('a changed password ends every session, then begins the caller’s new one', async () => {
  const { calls, ports } = noting();
  expect(await changePassword(ports, caller, passwords)).toEqual(session);
  expect(calls).toEqual([
    'change a@b.c current Aa1aaaaaaaaa',
    'end ada',
    'mark ada 7',
    'login a@b.c Aa1aaaaaaaaa',
  ]);
});

test('a reset password ends every session', async () => {
  const { calls, ports } = noting();
  await resetPassword(ports, { email: 'a@b.c', code: '1', password: 'Aa1aaaaaaaaa' });
  expect(calls).toEqual(['reset a@b.c 1 Aa1aaaaaaaaa', 'id a@b.c', 'end ada', 'mark ada 7']);
});

test('a reset password revokes every key too, if asked, after the sessions that could make others', async () => {
  const { calls, ports } = noting();
  await resetPassword(ports, { email: 'a@b.c', code: '1', password: 'Aa1aaaaaaaaa', revokeKeys: true });
  expect(calls.slice(1)).toEqual(['id a@b.c', 'end ada', 'mark ada 7', 'revoke ada']);
});

test('a refused code ends neither sessions nor keys', async () => {
  const { calls, ports } = noting({ reset: new DaypassError('invalid_code', 'no') });
  const reset = { email: 'a@b.c', code: '1', password: 'Aa1aaaaaaaaa', revokeKeys: true };
  await expect(resetPassword(ports, reset)).rejects.toMatchObject({ code: 'invalid_code' });
  expect(calls).toHaveLength(1);
});

test('keys that could not be revoked are reported', async () => {
  const { ports } = noting({ revoke: new Error('down') });
  const reset = { email: 'a@b.c', code: '1', password: 'Aa1aaaaaaaaa', revokeKeys: true };
  await expect(resetPassword(ports, reset)).rejects.toMatchObject({
    code: 'service_unavailable',
    message: expect.stringMatching(/new password is set, but .* keys/),
  });
});

test.each([
  ['invalid_credentials', { code: 'wrong_password', status: 400, param: 'currentPassword' }],
  ['weak_password', { code: 'weak_password', status: 400, param: 'newPassword' }],
  ['too_many_attempts', { code: 'too_many_attempts', status: 429 }],
] as const)('a change refused as %s names the wrong field and ends no session', async (code, expected) => {
  const { calls, ports } = noting({ change: new DaypassError(code, 'no', { param: 'password' }) });
  await expect(changePassword(ports, caller, passwords)).rejects.toMatchObject(expected);
  expect(calls).toHaveLength(1);
});

test.each(['end', 'mark', 'login'])(
  'if %s fails, the error says that the new password is set',
  async (step) => {
    const { ports } = noting({ [step]: new Error('down') });
    await expect(changePassword(ports, caller, passwords)).rejects.toMatchObject({
      code: 'service_unavailable',
      message: expect.stringMatching(/new password is set/),
    });
  },
);

test.each(['0', 'Aa1', 'aa1aaaaaaaaa', 'Aaaaaaaaaaaa'])(
  'a weak new password (%s) is refused by the name of its field, before the directory is asked',
  async (weak) => {
    const { calls, ports } = noting();
    await expect(resetPassword(ports, { email: 'a@b.c', code: '1', password: weak })).rejects.toMatchObject({
      code: 'weak_password',
      param: 'password',
      message: expect.stringMatching(/too weak: password .* It needs/),
    });
    await expect(changePassword(ports, caller, { ...passwords, newPassword: weak })).rejects.toMatchObject({
      code: 'weak_password',
      param: 'newPassword',
    });
    expect(calls).toEqual([]);
  },
);
