import { type Plugin, parseAst } from 'vite';

// biome-ignore lint/suspicious/noExplicitAny: the syntax tree, of which only few nodes matter
type Node = any;

/** What web/api.ts reads of a route. All else is for types, for functions and for the OpenAPI document. */
const needed = new Set(['method', 'path', 'access']);

/**
 * Leaves the schemas of routes out of the console's build. Forms import the schemas that they parse with by themselves;
 * what nothing imports is then dropped, as calls of zod change nothing.
 */
export function routesAlone(): Plugin {
  return {
    name: 'daypass-routes-alone',
    enforce: 'pre',
    transform(code, id) {
      if (!/[\\/]core[\\/]contract[\\/].*\.ts$/.test(id)) return;
      return { code: withRoutesAlone(code), map: null };
    },
  };
}

export function withRoutesAlone(code: string): string {
  return unneededIn(parseAst(code, { lang: 'ts' }))
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}undefined${text.slice(end)}`, code);
}

/** The values of a route's fields, as places in the source. */
function unneededIn(node: Node): { start: number; end: number }[] {
  if (typeof node !== 'object' || node === null) return [];
  if (node.type === 'ObjectExpression' && isRoute(node)) {
    return node.properties
      .filter(({ key }: Node) => key !== undefined && !needed.has(key.name))
      .map(({ value }: Node) => ({ start: value.start, end: value.end }));
  }
  return Object.values(node).flatMap(unneededIn);
}

const isRoute = ({ properties }: Node): boolean =>
  [...needed].every((name) => properties.some(({ key }: Node) => key?.name === name));
