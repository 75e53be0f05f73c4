import { commonMessages, DaypassError } from '../errors.ts';
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
  confirmWithoutCode(userId: string): Promise<void>;
  /** Confirms the very user that a sign-up made, and no later one of the same address. */
  confirm(userId: string, code: string): Promise<void>;
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

/** Reads the claims of a verified ID token as API Gateway hands them on: every value as text. */
export function callerFromClaims(claims: Record<string, unknown> | undefined): Caller {
  const userId = claims?.sub;
  const email = claims?.email;
  if (typeof userId !== 'string' || typeof email !== 'string') {
    throw new DaypassError('unauthorized', commonMessages.unauthorized);
  }
  const groups = claims?.['cognito:groups'];
  return {
    userId,
    email,
    emailVerified: String(claims?.email_verified) === 'true',
    groups: typeof groups === 'string' ? groups.split(/[\s,[\]]+/).filter(Boolean) : [],
  };
}
