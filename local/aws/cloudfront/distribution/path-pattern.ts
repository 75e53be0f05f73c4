/**
 * CloudFront's path patterns: `*` is any number of characters, slashes included, `?` exactly one. Letter case
 * counts, a leading slash doesn't, and the query takes no part.
 */
export function compilePathPattern(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/^\//, '')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^/${source}$`, 's');
  return (path) => expression.test(path);
}
