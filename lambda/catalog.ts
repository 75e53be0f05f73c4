import type { Catalog } from '../core/catalog.ts';

/** Put in the place of this name by esbuild when the function is bundled: see lib/constructs/functions/bundled-handler.ts. */
declare const DAYPASS_CATALOG: Catalog;

/** What `daypass.yml` said at synth. */
export const catalog: Catalog = DAYPASS_CATALOG;
