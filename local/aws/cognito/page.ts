import { invalidParameter } from './errors.ts';

/**
 * One page of a list that is ordered by id; the token is the last id given out, so a list that changes
 * between two pages neither repeats nor loses what stays.
 */
export function pageOf<T>(
  items: T[],
  idOf: (item: T) => string,
  options: { limit: number | undefined; token: string | undefined },
): { items: T[]; next: string | undefined } {
  const after = options.token === undefined ? undefined : readToken(options.token);
  const rest = after === undefined ? items : items.filter((item) => idOf(item) > after);
  const page = rest.slice(0, options.limit || 60);
  const last = page.at(-1);
  const more = last !== undefined && rest.length > page.length;
  return { items: page, next: more ? Buffer.from(`after:${idOf(last)}`).toString('base64') : undefined };
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (!text.startsWith('after:')) throw invalidParameter('Invalid pagination token.');
  return text.slice('after:'.length);
}
