export const homePath = '/keys';
/** Where new users go first. */
export const firstKeyPath = '/keys/new';

/** The login screen, which leads back to `from`. */
export function logInPath(from: string): string {
  return from === '/' || from === homePath ? '/sign-in' : `/sign-in?next=${encodeURIComponent(from)}`;
}

/** @param next from the page's address, so anyone may have written it: only paths of this console are followed */
export function returnPath(next: string | null): string {
  if (next === null || !URL.canParse(next, origin)) return homePath;
  const url = new URL(next, origin);
  return url.origin === origin && next.startsWith('/') ? url.pathname + url.search + url.hash : homePath;
}

const origin = 'https://console.invalid';
