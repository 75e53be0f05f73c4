import type { Browser } from 'playwright-core';
import { addPerson } from '../e2e/client.ts';
import { setFaults } from '../e2e/local-switches.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { startRuntime } from '../e2e/runtime.ts';
import synthesizeOnce from '../synthesize-once.ts';
import { launchChromium } from './chromium.ts';
import { openConsole } from './console-page.ts';
import { slowDown, slowPhone } from './network.ts';
import { nextFrame } from './next-frame.ts';
import { openScreen, type Screen, type Stage } from './open-screen.ts';
import { type PageFigures, readFigures, watchFigures } from './page-figures.ts';
import { screens } from './screens.ts';
import { desktop, phone } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

/** `npm run figures`: what the browser measures of every screen, with nothing in its cache, as a table. */
const runs = 3;
const machines = [
  { name: 'desktop', viewport: desktop, conditions: undefined },
  { name: 'slow phone', viewport: phone, conditions: slowPhone },
];

await synthesizeOnce();
const runtime = await startRuntime();
try {
  const stage = {
    runtime,
    setFaults: (faults: Record<string, unknown>[]) => setFaults(runtime, faults),
    regular: await personWithHistory(runtime),
    newcomer: await addPerson(runtime),
    admin: await makeAdmin(runtime, await addPerson(runtime)),
    keyName: 'My laptop',
  };
  const browser = await launchChromium();
  try {
    process.stdout.write(
      '| screen | machine | first paint ms | largest paint ms | interaction ms | JS kB | CSS kB | fonts kB |\n' +
        '|---|---|---|---|---|---|---|---|\n',
    );
    for (const screen of screens)
      for (const machine of machines) {
        const figures: PageFigures[] = [];
        for (let run = 0; run < runs; run += 1) figures.push(await measure(browser, stage, screen, machine));
        process.stdout.write(row(screen.name, machine.name, figures));
      }
  } finally {
    await browser.close();
  }
} finally {
  await runtime.stop();
}

async function measure(
  browser: Browser,
  stage: Stage,
  screen: Screen,
  { viewport, conditions }: (typeof machines)[number],
): Promise<PageFigures> {
  const visitor = await openConsole(browser, runtime.edge, viewport);
  try {
    const { page } = visitor;
    await watchFigures(page);
    if (conditions !== undefined) await slowDown(page, conditions);
    await openScreen(visitor, screen, stage);
    // Keys are input that changes nothing but the focus, so every screen can take them.
    for (let press = 0; press < 10; press += 1) {
      await page.keyboard.press('Tab');
      // A person sees where the focus is before they go on.
      await nextFrame(page);
    }
    return await readFigures(page);
  } finally {
    await visitor.context.close();
  }
}

function row(screen: string, machine: string, figures: PageFigures[]): string {
  const middle = (figure: keyof PageFigures) =>
    figures.map((run) => run[figure]).sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
  const paints = (['firstContentfulPaintMs', 'largestContentfulPaintMs'] as const).map((figure) =>
    middle(figure).toFixed(0),
  );
  const interaction = middle('interactionMs');
  const sizes = (['scriptBytes', 'styleBytes', 'fontBytes'] as const).map((figure) =>
    (middle(figure) / 1000).toFixed(1),
  );
  const times = [...paints, interaction === 0 ? 'below 16' : interaction.toFixed(0)];
  return `| ${[screen, machine, ...times, ...sizes].join(' | ')} |\n`;
}
