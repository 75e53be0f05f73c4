import { join, relative } from 'node:path';
import { build, type Plugin } from 'vite';
import { landingSettings, viteSettings } from './vite-settings.ts';

/**
 * Prints, as JSON, the files of which something goes into the console, for the list of what is deployed of other people's code:
 * `node web/build/list-files.ts`. Writes nothing.
 */
const root = join(import.meta.dirname, '../..');
const files = new Set<string>();
const note: Plugin = {
  name: 'daypass-list-files',
  transform: {
    filter: { id: /\.css($|\?)/ },
    // Styles are merged into one, so those that are read count.
    handler: (_code, id) => void files.add(id),
  },
  generateBundle(_options, output) {
    for (const one of Object.values(output)) {
      if (one.type === 'asset') for (const name of one.originalFileNames) files.add(join(root, 'web', name));
      // Code that nobody uses is gone by now.
      else
        for (const [id, { renderedLength }] of Object.entries(one.modules))
          if (renderedLength > 0) files.add(id);
    }
  },
};
for (const settings of [viteSettings, landingSettings]) {
  const { plugins = [], build: options, ...others } = settings(join(root, 'dist/list'));
  await build({ ...others, plugins: [...plugins, note], build: { ...options, write: false } });
}
const paths = [...files].map((id) => relative(root, id.replace(/^\0/, '').replace(/\?.*$/, '')));
process.stdout.write(JSON.stringify(paths));
