import type { Catalog } from '../core/catalog.ts';

/** In the first line of a bundle: see lib/constructs/functions/esbuild-options.ts. */
declare const DAYPASS_CATALOG: Catalog;

/** The settings of `daypass.yml` at synth. */
export const catalog: Catalog = DAYPASS_CATALOG;
