/** Lets the edge answer `/` with the console instead of the landing page: lib/constructs/edge/console-paths.js. */
const cookie = 'daypass-logged-in';
const keptSeconds = 30 * 24 * 60 * 60;

/** No token: whoever sets it themselves only sees the login screen. */
export function hintLoggedIn(isLoggedIn: boolean): void {
  const seconds = isLoggedIn ? keptSeconds : 0;
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is younger than some browsers we support
  document.cookie = `${cookie}=1; path=/; max-age=${seconds}; samesite=lax${secure}`;
}

/** Whether somebody seems to be logged in, before that is known. */
export const isHintedLoggedIn = (): boolean => document.cookie.split('; ').includes(`${cookie}=1`);
