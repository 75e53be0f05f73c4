import { liveCaller } from '../../../core/accounts/live-caller.ts';
import { endAllSessions, endSession, renewSession } from '../../../core/accounts/sessions.ts';
import { DaypassError } from '../../../core/errors.ts';

const session = { token: 't', refreshToken: 'r', expiresIn: 3600 };
const ended = async () => {
  throw new DaypassError('invalid_refresh_token', 'ended');
};
const down = async () => {
  throw new Error('down');
};

describe('renewing', () => {
  test('returns the session with a fresh token', async () => {
    expect(await renewSession({ refresh: async () => session }, 'r')).toEqual(session);
  });

  test('of no session, or of an ended one, returns none', async () => {
    expect(await renewSession({ refresh: down }, undefined)).toBeUndefined();
    expect(await renewSession({ refresh: ended }, 'r')).toBeUndefined();
  });

  test('that fails does not end the session', async () => {
    await expect(renewSession({ refresh: down }, 'r')).rejects.toThrow('down');
  });
});

describe('ending', () => {
  const records = { close: async () => {} };
  const clock = { now: () => 7 };

  test('a session that doesn’t exist or has ended succeeds', async () => {
    await endSession({ directory: { endSession: ended, refresh: ended }, records, clock }, 'r');
  });

  test('that fails throws, so that the user can try again', async () => {
    const directory = { endSession: down, refresh: async () => session };
    await expect(endSession({ directory, records, clock }, 'r')).rejects.toThrow('down');
  });

  test('a session takes it off the list of the user’s sessions', async () => {
    const payload = { sub: 'ada', origin_jti: 'a-b', auth_time: 5 };
    const token = `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;
    const closed: unknown[] = [];
    const directory = { endSession: async () => {}, refresh: async () => ({ ...session, token }) };
    const close = async (...one: unknown[]) => void closed.push(one);
    await endSession({ directory, clock, records: { close } }, 'r');
    expect(closed).toEqual([['ada', 'ses_ab', 7]]);
  });

  test('all sessions spares the login tokens if the directory fails, so that the user can try again with one', async () => {
    const marks: unknown[] = [];
    const ends = { mark: async (...mark: unknown[]) => void marks.push(mark) };
    const ports = { ends, clock: { now: () => 5000 } };
    await expect(endAllSessions({ ...ports, directory: { endAllSessions: down } }, 'ada')).rejects.toThrow(
      'down',
    );
    expect(marks).toEqual([]);
    await endAllSessions({ ...ports, directory: { endAllSessions: async () => {} } }, 'ada');
    expect(marks).toEqual([['ada', 5000]]);
  });
});

describe('a login token', () => {
  const claims = { sub: 'ada', email: 'a@b.c', auth_time: '1000' };
  const endedAt = (at: number | undefined, isDeleted = false, isSuspended = false) => ({
    lastOf: async () => ({ at, isDeleted, isSuspended }),
  });

  test('is valid if sessions were never ended, or were ended before its login', async () => {
    expect(await liveCaller(endedAt(undefined), claims)).toMatchObject({ userId: 'ada' });
    expect(await liveCaller(endedAt(999_999), claims)).toMatchObject({ userId: 'ada' });
  });

  test('of the second in which sessions were ended is valid, since it may be that of the new login', async () => {
    expect(await liveCaller(endedAt(1_000_999), claims)).toMatchObject({ userId: 'ada' });
  });

  test.each([
    ['of a login before that', claims],
    ['without the time of its login', { ...claims, auth_time: undefined }],
    ['with a malformed time of its login', { ...claims, auth_time: 'x' }],
  ])('%s is refused', async (_what, given) => {
    await expect(liveCaller(endedAt(1_001_000), given)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('of an account that is deleted or being deleted is valid for deleting it again, and for nothing else', async () => {
    const ends = endedAt(undefined, true);
    await expect(liveCaller(ends, claims)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(await liveCaller(ends, claims, { allowDeleted: true })).toMatchObject({ userId: 'ada' });
  });

  test('of a suspended account opens only what is meant for it', async () => {
    const ends = endedAt(undefined, false, true);
    await expect(liveCaller(ends, claims)).rejects.toMatchObject({ code: 'user_suspended' });
    await expect(liveCaller(ends, claims, { allowDeleted: true })).rejects.toMatchObject({
      code: 'user_suspended',
    });
    expect(await liveCaller(ends, claims, { allowSuspended: true })).toMatchObject({ userId: 'ada' });
  });

  test('of a user who waits for an admin opens only what is meant for it', async () => {
    const ends = { lastOf: async () => ({ isDeleted: false, isSuspended: false, isWaiting: true }) };
    await expect(liveCaller(ends, claims)).rejects.toMatchObject({ code: 'awaiting_approval' });
    expect(await liveCaller(ends, claims, { allowSuspended: true })).toMatchObject({ userId: 'ada' });
  });

  test('whose sessions were ended can’t delete the account either', async () => {
    const refused = liveCaller(endedAt(1_001_000, true), claims, { allowDeleted: true });
    await expect(refused).rejects.toMatchObject({ code: 'unauthorized' });
  });
});
