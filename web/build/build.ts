import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { importCircle, landingOverBudget, loadedScreens, overBudget } from './bundle-budget.ts';
import { screensOfRoutes } from './screens-of-routes.ts';
import { landingSettings, viteSettings } from './vite-settings.ts';

/** Builds the console: `node web/build/build.ts [directory]`. Fails if it is over budget, with the reason on stderr. */
const outputDirectory = resolve(process.argv[2] ?? 'dist/console');
const routes = new URL('../routes.tsx', import.meta.url);

async function outputsOf(settings: ReturnType<typeof viteSettings>) {
  const result = await build(settings);
  return [result].flat().flatMap((one) => ('output' in one ? one.output : []));
}

try {
  const outputs = await outputsOf(viteSettings(outputDirectory));
  const { words, faults } = overBudget(loadedScreens(outputs, screensOfRoutes(readFileSync(routes, 'utf8'))));
  const landing = landingOverBudget(await outputsOf(landingSettings(outputDirectory)));
  const all = [...faults, landing, importCircle(outputs)].filter((fault) => fault !== undefined);
  for (const line of [words, ...all]) process.stderr.write(`${line}\n`);
  if (all.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`Building the console failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
