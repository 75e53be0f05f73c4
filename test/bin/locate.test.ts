import { build } from 'esbuild';
import { toCatalog } from '../../lib/catalog.ts';
import { bundlingOfHandlers } from '../../lib/constructs/functions/esbuild-options.ts';
import { readSettings } from '../../lib/settings.ts';
import { runCommand } from './run-command.ts';

test('a frame of a log line is found in the sources', async () => {
  const { entryPoints, ...options } = bundlingOfHandlers(toCatalog(readSettings('daypass.yml')));
  const entry = entryPoints.filter((file) => file.endsWith('/me.ts'));
  expect(entry).toHaveLength(1);
  const { outputFiles } = await build({ ...options, entryPoints: entry });
  // What only our own sources say, wherever it is in the bundle.
  const lines = outputFiles[0]?.text.split('\n') ?? [];
  const line = lines.findIndex((text) => text.includes('"request failed"'));
  const column = lines[line]?.indexOf('"request failed"');

  const { code, output, errors } = await runCommand('bin/locate.ts', [
    'me',
    `index.js:${line + 1}:${(column ?? 0) + 1}`,
  ]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^lambda\/http\/request-log\.ts:\d+:\d+\n$/);
});
