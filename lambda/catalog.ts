import type { Catalog } from '../core/catalog.ts';

/** Replaced by esbuild when the function is bundled: see lib/constructs/functions/bundling.ts. */
declare const DAYPASS_CATALOG: Catalog;

/** The settings of `daypass.yml` at synth. */
export const catalog: Catalog = DAYPASS_CATALOG;
