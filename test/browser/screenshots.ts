import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { signUp } from '../e2e/client.ts';
import { startRuntime } from '../e2e/runtime.ts';
import synthesizeOnce from '../synthesize-once.ts';
import { launchChromium } from './chromium.ts';
import { openConsole } from './console-page.ts';
import { openScreen, type People } from './open-screen.ts';
import { type Screen, screens } from './screens.ts';
import { desktop, phone } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

/** `npm run screenshots -- [--out DIR] [--only NAME]`: a picture of every screen, on desktop and phone, light and dark. */
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'docs/screenshots' }, only: { type: 'string' } },
});
const looks = Object.entries({ desktop, phone }).flatMap(([device, viewport]) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ device, viewport, colorScheme })),
);
const wanted = screens.filter(({ name }) => values.only === undefined || name === values.only);
const faults: string[] = [];

await synthesizeOnce();
mkdirSync(values.out, { recursive: true });
const runtime = await startRuntime();
try {
  const people = { regular: await personWithHistory(runtime), newcomer: await signUp(runtime) };
  const browser = await launchChromium();
  try {
    for (const screen of wanted) for (const look of looks) await takePicture(browser, people, screen, look);
  } finally {
    await browser.close();
  }
} finally {
  await runtime.stop();
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function takePicture(
  browser: Browser,
  people: People,
  screen: Screen,
  { device, viewport, colorScheme }: (typeof looks)[number],
): Promise<void> {
  const name = `${screen.name}-${device}-${colorScheme}`;
  const visitor = await openConsole(browser, runtime.edge, { ...viewport, colorScheme });
  try {
    await openScreen(visitor, screen, people);
    await visitor.page.screenshot({ path: join(values.out, `${name}.png`), animations: 'disabled' });
    faults.push(...visitor.list().map((complaint) => `${name}: ${complaint}`));
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
  } finally {
    await visitor.context.close();
  }
}
