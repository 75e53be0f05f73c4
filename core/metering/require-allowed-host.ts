import { DaypassError } from '../errors.ts';

/**
 * Restricts a key to the pages it was made for. Only browsers send a truthful Origin header, so this restricts pages and
 * does not protect the key.
 * @throws DaypassError `host_not_allowed`
 */
export function requireAllowedHost(origin: string | undefined, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.includes(hostOf(origin) ?? '')) return;
  throw new DaypassError(
    'host_not_allowed',
    'This key may be used from pages of certain hosts only, and this call’s Origin names none of them.',
  );
}

function hostOf(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : undefined;
}
