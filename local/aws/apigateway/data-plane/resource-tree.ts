import type { Resource, RestApi } from '../rest-api/rest-api.ts';

export interface RouteMatch {
  resource: Resource;
  /** As sent, percent-encoding kept, which is what REST APIs hand to functions. */
  pathParameters: Readonly<Record<string, string>>;
}

/**
 * Chooses a resource for a path without its stage. At each segment a literal wins over `{name}`, which wins over
 * `{name+}`; a dead end goes back to the next best.
 */
export function matchResource(api: RestApi, path: string): RouteMatch | undefined {
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const segments = trimmed === '/' ? [] : trimmed.slice(1).split('/');
  const root = api.resources.get(api.rootResourceId);
  return root && descend(api, root, segments, {});
}

function descend(
  api: RestApi,
  resource: Resource,
  segments: readonly string[],
  found: Readonly<Record<string, string>>,
): RouteMatch | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return { resource, pathParameters: found };
  const children = [...api.resources.values()].filter(({ parentId }) => parentId === resource.id);
  for (const child of children.sort((one, other) => rank(one) - rank(other))) {
    const match = descendInto(api, child, segment, rest, found);
    if (match !== undefined) return match;
  }
  return undefined;
}

function descendInto(
  api: RestApi,
  child: Resource,
  segment: string,
  rest: readonly string[],
  found: Readonly<Record<string, string>>,
): RouteMatch | undefined {
  const [, name, greedy] = /^\{(.+?)(\+?)\}$/.exec(child.pathPart) ?? [];
  if (name === undefined)
    return child.pathPart === decode(segment) ? descend(api, child, rest, found) : undefined;
  if (greedy === '+') {
    return { resource: child, pathParameters: { ...found, [name]: [segment, ...rest].join('/') } };
  }
  return segment === '' ? undefined : descend(api, child, rest, { ...found, [name]: segment });
}

const rank = ({ pathPart }: Resource): number =>
  pathPart.endsWith('+}') ? 2 : pathPart.startsWith('{') ? 1 : 0;

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
