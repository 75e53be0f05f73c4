import type { Session } from '../../core/accounts/accounts.ts';
import { sessionCookieName, sessionPath } from '../../core/contract/sessions.ts';
import type { ApiAnswer } from './api-request.ts';

/** Never read by a script, never sent elsewhere than to the session's own paths, nor from another site. */
const attributes = `Path=${sessionPath}; HttpOnly; Secure; SameSite=Strict`;

export const clearedCookie = `${sessionCookieName}=; ${attributes}; Max-Age=0`;

/** What a refresh token is made of; anything else was not given out here. */
const tokenPattern = /^[\w.~-]{1,4096}$/;

/** Logging out ends them all, and each is a call to Cognito. */
const mostTokens = 5;

/**
 * The refresh tokens of all session cookies, each once. More than one means that not only this origin set them: a
 * sibling domain can plant one, and which comes first is for its path to decide.
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

/**
 * The answer that begins or renews a page's session. The refresh token is in the cookie alone.
 * @param known the refresh token that the page's cookie has already
 */
export function sessionAnswer(
  { token, expiresIn, refreshToken }: Session,
  lifeSeconds: string,
  known?: string,
): ApiAnswer {
  const cookie = `${sessionCookieName}=${refreshToken}; ${attributes}; Max-Age=${lifeSeconds}`;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', ...(refreshToken !== known && { 'set-cookie': cookie }) },
    body: { token, expiresIn },
  };
}
