import type { Catalog } from '../core/catalog.ts';

/** Hosts of the providers that take keys of callers, by their names. */
export function ownKeyHosts({ upstreams }: Pick<Catalog, 'upstreams'>): Record<string, string> {
  const taking = Object.entries(upstreams).filter(([, { takesOwnKeys }]) => takesOwnKeys);
  return Object.fromEntries(taking.map(([name, { baseUrl }]) => [name, new URL(baseUrl).host]));
}
