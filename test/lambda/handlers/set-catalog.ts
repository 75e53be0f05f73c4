import type { Catalog } from '../../../core/catalog.ts';

/**
 * Puts settings in the place of the name that bundling replaces, for handlers that are imported afterwards. There is
 * one object for all suites of a worker, since a handler reads it once.
 */
export function setCatalog(settings: Partial<Catalog>): void {
  const shared = globalThis as { DAYPASS_CATALOG?: Partial<Catalog> };
  shared.DAYPASS_CATALOG ??= {};
  Object.assign(shared.DAYPASS_CATALOG, settings);
}
