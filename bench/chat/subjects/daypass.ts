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
 * The chat function as a deployment bundles it, but for names, with the default settings and one model.
 *
 * @param folder this checkout or another
 */
export async function bundleChat(folder: string, outfile: string): Promise<Bundle> {
  const settings = toCatalog(readSettings(join(root, 'daypass.yml')));
  const catalog = { ...settings, models: settings.models.filter(({ name }) => name === 'nova-lite') };
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['lambda/handlers/chat/chat-completions.ts'],
    outfile,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    define: { DAYPASS_CATALOG: JSON.stringify(catalog), DAYPASS_CONVERSE_ALONE: 'true' },
  });
  return { file: outfile, bytes: Object.values(metafile.outputs)[0]?.bytes ?? 0 };
}
