import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand, say } from '../command.ts';
import { allCallsPage } from './all-calls.ts';
import { collectionFiles } from './collection.ts';

const help = `Writes docs/collection and docs/all-calls.md anew: every call, for Bruno and for curl.

Usage: npm run collection
`;

runCommand({ help, options: {} }, async () => {
  const folder = join(import.meta.dirname, '../../docs/collection');
  const files = collectionFiles();
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, '../all-calls.md'), allCallsPage());
  say(`${files.size} files in docs/collection. Open the folder in Bruno.`);
});
