import { resolve } from 'node:path';
import { build } from 'vite';
import { initialScript } from './bundle-budget.ts';
import { landingSettings, viteSettings } from './vite-settings.ts';

/** Builds the console: `node web/build/build.ts [directory]`. Fails if it is over budget, with the reason on stderr. */
const outputDirectory = resolve(process.argv[2] ?? 'dist/console');

try {
  const result = await build(viteSettings(outputDirectory));
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const { words, isOver } = initialScript(outputs);
  process.stderr.write(`${words}\n`);
  if (isOver) process.exitCode = 1;
  await build(landingSettings(outputDirectory));
} catch (error) {
  process.stderr.write(`Building the console failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
