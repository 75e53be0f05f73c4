import { invalidParameter } from './errors.ts';

/**
 * One page of a list ordered by id. The token is the last id of the page, so that items that stay are neither repeated
 * nor lost when the list changes between two pages.
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
