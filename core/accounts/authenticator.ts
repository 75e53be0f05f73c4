import { DaypassError } from '../errors.ts';
import type { Caller } from './users.ts';

/** The second factor of logins: an app that shows codes (TOTP). Each call proves the password anew. */
export interface Authenticators {
  isOn(userId: string): Promise<boolean>;
  /** @returns the secret of a new app */
  setUp(email: string, password: string): Promise<string>;
  confirm(email: string, password: string, code: string): Promise<void>;
  remove(email: string, password: string, code: string): Promise<void>;
}

/** For a QR code: what apps read by [their convention](https://github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export function authenticatorUri(email: string, secret: string): string {
  const search = new URLSearchParams({ secret, issuer: 'Daypass' });
  return `otpauth://totp/Daypass:${encodeURIComponent(email)}?${search}`;
}

/** The directory speaks of a login, where a page asks for the current password. */
export async function withOwnPassword<T>(
  { email }: Pick<Caller, 'email'>,
  work: (email: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(email);
  } catch (error) {
    if (!(error instanceof DaypassError) || error.code !== 'invalid_credentials') throw error;
    throw new DaypassError('wrong_password', 'This is not your password.', {
      param: 'password',
      cause: error,
    });
  }
}
