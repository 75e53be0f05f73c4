export const homePath = '/keys';

/** The log-in screen, which leads back to where one was. */
export function signInPath(from: string): string {
  return from === '/' || from === homePath ? '/sign-in' : `/sign-in?next=${encodeURIComponent(from)}`;
}

/** @param next from the address, so from anybody: only a path of this console is followed */
export function returnPath(next: string | null): string {
  if (next === null || !URL.canParse(next, origin)) return homePath;
  const url = new URL(next, origin);
  return url.origin === origin && next.startsWith('/') ? url.pathname + url.search + url.hash : homePath;
}

const origin = 'https://console.invalid';
