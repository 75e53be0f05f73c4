import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { addPerson } from '../e2e/client.ts';
import { setFaults } from '../e2e/local-switches.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { startRuntime } from '../e2e/runtime.ts';
import synthesizeOnce from '../synthesize-once.ts';
import { type ChatFigures, measureChat } from './chat-figures.ts';
import { launchChromium } from './chromium.ts';
import { openConsole } from './console-page.ts';
import { slowDown, slowPhone } from './network.ts';
import { nextFrame } from './next-frame.ts';
import { openScreen, type Screen, type Stage } from './open-screen.ts';
import { type PageFigures, readFigures, watchFigures } from './page-figures.ts';
import { screens } from './screens.ts';
import { measureStart, type StartFigures, starts } from './start-figures.ts';
import { desktop, phone } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

/**
 * `npm run figures -- [chat] [start] [screens | SCREEN…]`: what the browser measures of a long chat, of the start on a slow
 * network, and of every screen with nothing in its cache, as tables; all three unless some are named.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part);
const wantedScreens = screens.filter(({ name }) => isWanted('screens') || positionals.includes(name));
const runs = 3;
const machines = [
  { name: 'desktop', viewport: desktop, conditions: undefined },
  { name: 'slow phone', viewport: phone, conditions: slowPhone },
];

await synthesizeOnce();
const runtime = await startRuntime();
try {
  const browser = await launchChromium();
  try {
    if (isWanted('chat')) await tellChat(browser);
    if (isWanted('start')) await tellStart(browser);
    if (wantedScreens.length > 0) await tellScreens(browser);
  } finally {
    await browser.close();
  }
} finally {
  await runtime.stop();
}

async function tellChat(browser: Browser): Promise<void> {
  const figures: ChatFigures[] = [];
  for (let run = 0; run < runs; run += 1) figures.push(await measureChat(browser, runtime));
  const middle = (figure: keyof ChatFigures) => middleOf(figures.map((run) => run[figure]));
  process.stdout.write(
    '| interaction p98 ms | of | slowest key at 200 messages ms | processor ms a key | return ms | longest task then ms | heap after 100 answers MB |\n' +
      '|---|---|---|---|---|---|---|\n' +
      `| ${[
        shown(middle('interactionMs')),
        middle('interactions'),
        shown(middle('typingMs')),
        middle('keyMs').toFixed(1),
        middle('returnMs').toFixed(0),
        middle('blockedMs').toFixed(0),
        middle('heapMegabytes').toFixed(1),
      ].join(' | ')} |\n\n`,
  );
}

async function tellStart(browser: Browser): Promise<void> {
  process.stdout.write(
    '| at 400 kbit/s, 400 ms | first paint ms | largest paint ms | complete ms | JS kB |\n|---|---|---|---|---|\n',
  );
  for (const start of starts) {
    const figures: StartFigures[] = [];
    for (let run = 0; run < runs; run += 1) figures.push(await measureStart(browser, runtime, start));
    const middle = (figure: keyof StartFigures) => middleOf(figures.map((run) => run[figure]));
    const times = (['firstPaintMs', 'largestPaintMs', 'completeMs'] as const).map((figure) =>
      middle(figure).toFixed(0),
    );
    process.stdout.write(
      `| ${[start.name, ...times, (middle('scriptBytes') / 1000).toFixed(1)].join(' | ')} |\n`,
    );
  }
  process.stdout.write('\n');
}

async function tellScreens(browser: Browser): Promise<void> {
  const stage = {
    runtime,
    setFaults: (faults: Record<string, unknown>[]) => setFaults(runtime, faults),
    regular: await personWithHistory(runtime),
    newcomer: await addPerson(runtime),
    admin: await makeAdmin(runtime, await addPerson(runtime)),
    keyName: 'My laptop',
  };
  process.stdout.write(
    '| screen | machine | first paint ms | largest paint ms | interaction ms | JS kB | CSS kB | fonts kB |\n' +
      '|---|---|---|---|---|---|---|---|\n',
  );
  for (const screen of wantedScreens)
    for (const machine of machines) {
      const figures: PageFigures[] = [];
      for (let run = 0; run < runs; run += 1) figures.push(await measure(browser, stage, screen, machine));
      process.stdout.write(row(screen.name, machine.name, figures));
    }
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function shown(ms: number): string {
  return ms === 0 ? 'below 16' : ms.toFixed(0);
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
  const middle = (figure: keyof PageFigures) => middleOf(figures.map((run) => run[figure]));
  const paints = (['firstContentfulPaintMs', 'largestContentfulPaintMs'] as const).map((figure) =>
    middle(figure).toFixed(0),
  );
  const sizes = (['scriptBytes', 'styleBytes', 'fontBytes'] as const).map((figure) =>
    (middle(figure) / 1000).toFixed(1),
  );
  const times = [...paints, shown(middle('interactionMs'))];
  return `| ${[screen, machine, ...times, ...sizes].join(' | ')} |\n`;
}
