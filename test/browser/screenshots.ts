import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { addPerson } from '../e2e/client.ts';
import { setFaults } from '../e2e/local-switches.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { startRuntime } from '../e2e/runtime.ts';
import synthesizeOnce from '../synthesize-once.ts';
import { catalogues } from '../web/language/catalogues.ts';
import { startAnsweringModel } from './answering-model.ts';
import { launchChromium } from './chromium.ts';
import { openConsole } from './console-page.ts';
import { openScreen, type Screen, type Stage } from './open-screen.ts';
import { screens, states } from './screens.ts';
import { desktop, phone } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';
import { lookForWordsOf } from './words-of-language.ts';

/**
 * `npm run screenshots -- [--out DIR] [--only NAME]… [--whole] [--language de]`: a picture of every screen in every state, on desktop and
 * phone, light and dark. NAME is how names begin: `key-` for all about a key. With `--whole`, what has to be scrolled to is
 * in the picture too. In another language, the steps to a state look for its words instead of English ones.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/screenshots' },
    only: { type: 'string', multiple: true, default: [''] },
    whole: { type: 'boolean', default: false },
    language: { type: 'string', default: 'en-GB' },
  },
});
const looks = Object.entries({ desktop, phone }).flatMap(([device, viewport]) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ device, viewport, colorScheme })),
);
const wanted = [...screens, ...states].filter(({ name }) =>
  values.only.some((beginning) => name.startsWith(beginning)),
);
const faults: string[] = [];

await synthesizeOnce();
mkdirSync(values.out, { recursive: true });
const model = await startAnsweringModel();
const runtime = await startRuntime({ environment: { DAYPASS_MODEL_URL: model.url } });
try {
  const stage = {
    runtime,
    setFaults: (faults: Record<string, unknown>[]) => setFaults(runtime, faults),
    regular: await personWithHistory(runtime, 'ada.lovelace@example.com'),
    newcomer: await addPerson(runtime),
    admin: await makeAdmin(runtime, await addPerson(runtime)),
    keyName: 'My laptop',
  };
  const browser = await launchChromium();
  try {
    await speakLanguage(browser);
    for (const screen of wanted) for (const look of looks) await takePicture(browser, stage, screen, look);
  } finally {
    await browser.close();
  }
} finally {
  await Promise.all([runtime.stop(), model.close()]);
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Once for all pages: it is the class of locators that learns it. */
async function speakLanguage(browser: Browser): Promise<void> {
  const spoken = catalogues().find(({ language }) => language === values.language.split('-')[0]);
  if (spoken === undefined) return;
  const page = await browser.newPage();
  lookForWordsOf(spoken.catalogue, page);
  await page.close();
}

async function takePicture(
  browser: Browser,
  stage: Stage,
  screen: Screen,
  { device, viewport, colorScheme }: (typeof looks)[number],
): Promise<void> {
  const name = `${screen.name}-${device}-${colorScheme}`;
  const visitor = await openConsole(browser, runtime.edge, {
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
