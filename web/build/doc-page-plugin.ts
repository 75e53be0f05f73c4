import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { readDocPage } from './read-doc-page.ts';

const docs = resolve(import.meta.dirname, '../../docs');

/** `import page from '../docs/errors.md?page'`, with the types of web/docs/doc-page-modules.d.ts. */
export function docPagePlugin(): Plugin {
  return {
    name: 'doc-page',
    load: {
      filter: { id: /\.md\?page$/ },
      async handler(id) {
        const path = id.replace(/\?page$/, '');
        this.addWatchFile(path);
        const file = relative(docs, path).replaceAll('\\', '/');
        const page = readDocPage(file, await readFile(path, 'utf8'));
        return { code: `export default ${JSON.stringify(page)};`, moduleType: 'js' };
      },
    },
  };
}
