/**
 * The filters of `aws s3 sync`: everything takes part, then each filter is applied in turn and the last one that
 * matches decides. The deployment passes all excludes before all includes.
 * Patterns have `*`, `?`, `[abc]` and `[!abc]`; `*` crosses slashes.
 */
export function createFileFilter(
  exclude: readonly string[],
  include: readonly string[],
): (path: string) => boolean {
  const excluded = exclude.map(compile);
  const included = include.map(compile);
  return (path) =>
    included.some((filter) => filter.test(path)) || !excluded.some((filter) => filter.test(path));
}

function compile(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /\[(!?)([^\]]+)\]|[*?]|[.+^${}()|[\]\\]/g,
    (token, negated, characters) => {
      if (token === '*') return '.*';
      if (token === '?') return '.';
      if (characters !== undefined) return `[${negated ? '^' : ''}${characters.replaceAll('\\', '\\\\')}]`;
      return `\\${token}`;
    },
  );
  return new RegExp(`^${source}$`, 's');
}
