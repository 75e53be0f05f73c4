import { join } from 'node:path';
import { build } from 'esbuild';
import { toCatalog } from '../../../lib/catalog.ts';
import { readSettings } from '../../../lib/settings.ts';

const root = join(import.meta.dirname, '../../..');

export interface Bundle {
  file: string;
  bytes: number;
}

/**
 * The chat function as a deployment bundles it, with the default settings and one model.
 *
 * @param folder this checkout or another
 */
export async function bundleChat(folder: string, outfile: string): Promise<Bundle> {
  const settings = toCatalog(readSettings(join(root, 'daypass.yml')));
  const catalog = { ...settings, models: settings.models.filter(({ name }) => name === 'nova-lite') };
  const at = join(folder, 'lib/constructs/functions');
  // The others are its names in older checkouts.
  const { bundling } = await import(join(at, 'esbuild-options.ts'))
    .catch(() => import(join(at, 'bundling.ts')))
    .catch(() => import(join(at, 'bundled-handler.ts')));
  const { metafile } = await build({
    ...bundling,
    absWorkingDir: folder,
    entryPoints: ['lambda/handlers/chat/chat-completions.ts'],
    outfile,
    metafile: true,
    define: {
      DAYPASS_CATALOG: JSON.stringify(catalog),
      DAYPASS_BEDROCK_ALONE: 'true',
      DAYPASS_CONVERSE_ALONE: 'true',
    },
  });
  return { file: outfile, bytes: Object.values(metafile?.outputs ?? {})[0]?.bytes ?? 0 };
}
