import type { SignUpPolicy } from './catalog.ts';
import { DaypassError } from './errors.ts';
import type { Caller } from './users.ts';

export interface Session {
  token: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** The directory of people and passwords (Cognito). Refusals come as DaypassError. */
export interface Directory {
  /** @returns the new user's id, or undefined when the address is taken */
  signUp(email: string, password: string): Promise<string | undefined>;
  confirmWithoutCode(email: string): Promise<void>;
  confirm(email: string, code: string): Promise<void>;
  resendCode(email: string): Promise<void>;
  logIn(email: string, password: string): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  endSession(refreshToken: string): Promise<void>;
  endAllSessions(userId: string): Promise<void>;
  forgotPassword(email: string): Promise<void>;
  resetPassword(email: string, code: string, password: string): Promise<void>;
  changePassword(email: string, currentPassword: string, newPassword: string): Promise<void>;
  /** Of a user who is there. */
  userIdOf(email: string): Promise<string>;
  deleteUser(userId: string): Promise<void>;
}

export type Registration = { status: 'confirmation_required' } | ({ status: 'confirmed' } & Session);

/**
 * Signs a user up. With confirmation by e-mail the answer is the same for a known address, so that nobody can
 * find out who has an account; without it there is nothing to hide behind, and a known address is refused.
 */
export async function register(
  directory: Pick<Directory, 'signUp' | 'confirmWithoutCode' | 'logIn'>,
  policy: SignUpPolicy,
  credentials: { email: string; password: string },
): Promise<{ registration: Registration; userId: string | undefined }> {
  requireAllowedDomain(policy, credentials.email);
  const userId = await directory.signUp(credentials.email, credentials.password);
  if (policy.confirmation === 'email') return { registration: { status: 'confirmation_required' }, userId };
  if (userId === undefined) {
    throw new DaypassError('email_taken', 'This e-mail address already has an account. Log in instead.', {
      param: 'email',
    });
  }
  await directory.confirmWithoutCode(credentials.email);
  const session = await directory.logIn(credentials.email, credentials.password);
  return { registration: { status: 'confirmed', ...session }, userId };
}

function requireAllowedDomain(policy: SignUpPolicy, email: string): void {
  if (policy.allowedDomains.length === 0) return;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (policy.allowedDomains.includes(domain)) return;
  throw new DaypassError('domain_not_allowed', 'Addresses of this domain may not sign up here.', {
    param: 'email',
  });
}

/** Reads the claims of a verified ID token as API Gateway hands them on: every value as text. */
export function callerFromClaims(claims: Record<string, unknown> | undefined): Caller {
  const userId = claims?.sub;
  const email = claims?.email;
  if (typeof userId !== 'string' || typeof email !== 'string') {
    throw new DaypassError('unauthorized', 'Log in first and send the token as `Authorization: Bearer`.');
  }
  const groups = claims?.['cognito:groups'];
  return {
    userId,
    email,
    emailVerified: String(claims?.email_verified) === 'true',
    groups: typeof groups === 'string' ? groups.split(/[\s,[\]]+/).filter(Boolean) : [],
  };
}
