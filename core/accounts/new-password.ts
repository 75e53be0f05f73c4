import { DaypassError } from '../errors.ts';
import type { Directory, Session } from './ports.ts';
import { type EndAllPorts, endAllSessions } from './sessions.ts';
import { requireStrongPassword } from './strong-password.ts';
import type { Caller } from './users.ts';

export interface ResetPasswordPorts extends EndAllPorts {
  directory: EndAllPorts['directory'] & Pick<Directory, 'resetPassword' | 'userIdOf'>;
  /** Revokes every key of the user. */
  revokeAllKeys(userId: string): Promise<void>;
}

/**
 * Sets a new password with the code from the e-mail. Whoever knew the old one may be logged in with it, and may have made
 * keys: all sessions end, and with `revokeKeys` all keys do.
 * @throws DaypassError `weak_password`, `invalid_code`, `too_many_attempts`
 */
export async function resetPassword(
  ports: ResetPasswordPorts,
  {
    email,
    code,
    password,
    revokeKeys = false,
  }: { email: string; code: string; password: string; revokeKeys?: boolean | undefined },
): Promise<void> {
  requireStrongPassword(password);
  await ports.directory.resetPassword(email, code, password);
  await withNewPassword(async () => {
    const userId = await ports.directory.userIdOf(email);
    // Sessions first: no login of before makes a key that the list of keys would miss.
    await endAllSessions(ports, userId);
    if (revokeKeys) await ports.revokeAllKeys(userId);
  });
}

/**
 * Changes the password of whoever knows the current one. All sessions end.
 * @returns a new session, so that the caller can go on
 * @throws DaypassError `wrong_password`, `weak_password`, `too_many_attempts`
 */
export async function changePassword(
  ports: EndAllPorts & { directory: Pick<Directory, 'changePassword' | 'logIn'> },
  { userId, email }: Caller,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<Session> {
  requireStrongPassword(newPassword, 'newPassword');
  try {
    await ports.directory.changePassword(email, currentPassword, newPassword);
  } catch (error) {
    throw aboutTheField(error);
  }
  return withNewPassword(async () => {
    await endAllSessions(ports, userId);
    return ports.directory.logIn(email, newPassword);
  });
}

/** The directory speaks of logins and sign-ups, whose fields have other names. */
function aboutTheField(error: unknown): unknown {
  if (!(error instanceof DaypassError)) return error;
  switch (error.code) {
    case 'invalid_credentials':
      return new DaypassError('wrong_password', 'This is not your current password.', {
        param: 'currentPassword',
      });
    case 'weak_password':
      return new DaypassError('weak_password', error.message, { param: 'newPassword' });
    default:
      return error;
  }
}

/** What fails from here on must not look as if the old password still held. */
async function withNewPassword<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new DaypassError(
      'service_unavailable',
      'The new password is set, but other sessions and keys may not have ended. Log in with it, end all sessions and revoke your keys.',
      { cause },
    );
  }
}
