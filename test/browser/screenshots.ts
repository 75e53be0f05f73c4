import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { startRuntime } from '../e2e/runtime.ts';
import synthesizeOnce from '../synthesize-once.ts';
import { catalogues } from '../web/language/catalogues.ts';
import { startAnsweringModel } from './answering-model.ts';
import { launchChromium } from './chromium.ts';
import { openConsole } from './console-page.ts';
import { openScreen, type Screen, type Stage } from './open-screen.ts';
import { type Deployment, deployments } from './screens.ts';
import { setStage } from './set-stage.ts';
import { desktop, phone } from './viewports.ts';
import { lookForWordsOf } from './words-of-language.ts';

/**
 * `npm run screenshots -- [--out DIR] [--only NAME]… [--look LOOK]… [--whole] [--language de]`: a picture of every screen in
 * every state, on desktop and phone, light and dark. NAME is how names begin: `key-` for all about a key; LOOK is how looks
 * do, such as `phone-dark`. With `--whole`, what has to be scrolled to is in the picture too. In another language, the steps to
 * a state look for its words instead of English ones.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/screenshots' },
    only: { type: 'string', multiple: true, default: [''] },
    look: { type: 'string', multiple: true, default: [''] },
    whole: { type: 'boolean', default: false },
    language: { type: 'string', default: 'en-GB' },
  },
});
const looks = Object.entries({ desktop, phone })
  .flatMap(([device, viewport]) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ device, viewport, colorScheme })),
  )
  .filter(({ device, colorScheme }) =>
    values.look.some((beginning) => `${device}-${colorScheme}`.startsWith(beginning)),
  );
const isWanted = ({ name }: Screen) => values.only.some((beginning) => name.startsWith(beginning));
const faults: string[] = [];

mkdirSync(values.out, { recursive: true });
const model = await startAnsweringModel();
const browser = await launchChromium();
try {
  await speakLanguage(browser);
  for (const deployment of deployments) {
    const wanted = deployment.screens.filter(isWanted);
    if (wanted.length > 0) await takePictures(deployment, wanted);
  }
} finally {
  await Promise.all([browser.close(), model.close()]);
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function takePictures(
  { settings, files, environment }: Deployment,
  wanted: readonly Screen[],
): Promise<void> {
  const other = settings && synthesizeWith(settings, files);
  if (other === undefined) await synthesizeOnce();
  const runtime = await startRuntime({
    ...(other && { assembly: other.assembly }),
    environment: { DAYPASS_MODEL_URL: model.url, ...environment },
  });
  try {
    const stage = await setStage({ runtime, screens: wanted, keyName: 'My laptop' });
    for (const screen of wanted) for (const look of looks) await takePicture(stage, screen, look);
  } finally {
    await runtime.stop();
    other?.remove();
  }
}

/** Once for all pages: it is the class of locators that learns it. */
async function speakLanguage(browser: Browser): Promise<void> {
  const spoken = catalogues().find(({ language }) => language === values.language.split('-')[0]);
  if (spoken === undefined) return;
  const page = await browser.newPage();
  lookForWordsOf(spoken.catalogue, page);
  await page.close();
}

async function takePicture(
  stage: Stage,
  screen: Screen,
  { device, viewport, colorScheme }: (typeof looks)[number],
): Promise<void> {
  const name = `${screen.name}-${device}-${colorScheme}`;
  const visitor = await openConsole(browser, stage.runtime.edge, {
    ...viewport,
    colorScheme,
    locale: values.language,
  });
  try {
    await openScreen(visitor, screen, stage);
    await visitor.page.screenshot({
      path: join(values.out, `${name}.png`),
      animations: 'disabled',
      fullPage: values.whole,
    });
    faults.push(...visitor.list().map((complaint) => `${name}: ${complaint}`));
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
  } finally {
    await Promise.all([visitor.context.close(), stage.setFaults([])]);
  }
}
