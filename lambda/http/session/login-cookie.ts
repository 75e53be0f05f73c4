import {
  type BegunLoginCookie,
  loginSeconds,
  readBegunLogin,
  writeBegunLogin,
} from '../../../core/accounts/begun-login.ts';
import { loginCookieName } from '../../../core/contract/accounts/federation.ts';

/** `Lax`: the provider sends the browser back from another site. No other page can read it or send it anywhere else. */
const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';

export const clearedLoginCookie = `${loginCookieName}=; ${attributes}; Max-Age=0`;

export function loginCookie(login: BegunLoginCookie): string {
  return `${loginCookieName}=${writeBegunLogin(login)}; ${attributes}; Max-Age=${loginSeconds}`;
}

/** @returns undefined without the cookie, and if there are two */
export function loginOf(cookies: string): BegunLoginCookie | undefined {
  const prefix = `${loginCookieName}=`;
  const [value, other] = cookies
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  return value === undefined || other !== undefined ? undefined : readBegunLogin(value);
}
