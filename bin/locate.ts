import { SourceMap } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { toCatalog } from '../lib/catalog.ts';
import { bundling, bundlingOfHandlers } from '../lib/constructs/functions/esbuild-options.ts';
import { readSettings } from '../lib/settings.ts';
import { Mistake, runCommand, say } from './command.ts';

const help = `Finds the source of a frame in a function's log line, such as index.js:12:3456.

Usage: npm run locate -- FUNCTION LINE:COLUMN

  FUNCTION  the line's \`service\`, such as chat-completions
  --help    this text

The bundle is made anew, so check out the commit, and have the daypass.yml, that were deployed.
`;

runCommand({ help, options: {}, names: ['FUNCTION', 'LINE:COLUMN'] }, async ({ named: [name, place] }) => {
  const [, line, column] = /(\d+):(\d+)\)?$/.exec(place) ?? [];
  if (line === undefined)
    throw new Mistake(`'${place}' is no LINE:COLUMN, such as index.js:12:3456. See --help.`);
  const settings = process.env.DAYPASS_SETTINGS ?? fileURLToPath(new URL('../daypass.yml', import.meta.url));
  const { entryPoints, ...options } = bundlingOfHandlers(toCatalog(readSettings(settings)));
  const entry = entryPoints.find((file) => file.endsWith(`/${name}.ts`));
  if (entry === undefined) throw new Mistake(`There is no function '${name}'. See --help.`);
  // buildSync would refuse plugins.
  const { outputFiles } = await build({ ...options, entryPoints: [entry], sourcemap: 'external' });
  const map = outputFiles.find(({ path }) => path.endsWith('.map'));
  const found = new SourceMap(JSON.parse(map?.text ?? '{}')).findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalSource' in found)) throw new Error(`There is nothing at ${place}.`);
  const file = relative(
    bundling.absWorkingDir,
    fileURLToPath(new URL(found.originalSource, `file://${options.outdir}/`)),
  );
  say(`${file}:${found.originalLine + 1}:${found.originalColumn + 1}`);
});
