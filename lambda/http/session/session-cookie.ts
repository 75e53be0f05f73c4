import type { Session } from '../../../core/accounts/ports.ts';
import { sessionSeconds } from '../../../core/contract/accounts/session-life.ts';
import { sessionCookieName, sessionPath } from '../../../core/contract/accounts/sessions.ts';
import { DaypassError } from '../../../core/errors.ts';
import type { ApiAnswer } from '../api-request.ts';

/** Hidden from scripts, and sent only to the session's own paths from pages of this site. */
const attributes = `Path=${sessionPath}; HttpOnly; Secure; SameSite=Strict`;

export const clearedCookie = `${sessionCookieName}=; ${attributes}; Max-Age=0`;

/** The form of a refresh token; anything else was not issued here. */
const tokenPattern = /^[\w.~-]{1,4096}$/;

/** Logging out ends each of them with a call to Cognito. */
const mostTokens = 5;

/**
 * The distinct refresh tokens of all session cookies. There may be several, since a sibling domain can plant one, and its
 * path decides which comes first.
 */
export function refreshTokensOf(cookies: string): string[] {
  const prefix = `${sessionCookieName}=`;
  const values = cookies
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  return [...new Set(values.filter((value) => tokenPattern.test(value)))].slice(0, mostTokens);
}

/** @throws DaypassError `session_expired` if there are several, since it is unknown which is the user's */
export function refreshTokenOf(cookies: string): string | undefined {
  const [token, other] = refreshTokensOf(cookies);
  if (other === undefined) return token;
  throw noSession('Two session cookies were sent. Delete the cookies of this site and log in again.');
}

export function noSession(message = 'There is no session, or it has ended. Log in again.'): DaypassError {
  return new DaypassError('session_expired', message, { headers: { 'set-cookie': clearedCookie } });
}

/**
 * The answer that begins or renews a page's session. The refresh token is only in the cookie.
 * @param known the refresh token that the page's cookie already has
 */
export function sessionAnswer({ token, expiresIn, refreshToken }: Session, known?: string): ApiAnswer {
  const cookie = `${sessionCookieName}=${refreshToken}; ${attributes}; Max-Age=${sessionSeconds}`;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', ...(refreshToken !== known && { 'set-cookie': cookie }) },
    body: { token, expiresIn },
  };
}
