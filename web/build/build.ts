import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { landingOverBudget, loadedScreens, overBudget } from './bundle-budget.ts';
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
  const screens = loadedScreens(
    await outputsOf(viteSettings(outputDirectory)),
    screensOfRoutes(readFileSync(routes, 'utf8')),
  );
  const { words, faults } = overBudget(screens);
  const landing = landingOverBudget(await outputsOf(landingSettings(outputDirectory)));
  for (const line of [words, ...faults, ...(landing === undefined ? [] : [landing])])
    process.stderr.write(`${line}\n`);
  if (faults.length > 0 || landing !== undefined) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`Building the console failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
