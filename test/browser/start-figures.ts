import type { Browser } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';
import { openConsole } from './console-page.ts';
import { type Conditions, slowDown } from './network.ts';
import { settled } from './open-screen.ts';
import { readFigures, watchFigures } from './page-figures.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

/** 400 kbit/s, and 400 ms for each answer: a phone at the edge of its network. */
const edgeOfNetwork: Conditions = { latencyMs: 400, bytesPerSecond: 50_000, processor: 1 };

export const starts = [
  { name: 'landing', path: '/', isLoggedIn: false },
  { name: 'sign-in', path: '/sign-in', isLoggedIn: false },
  { name: 'keys', path: '/keys', isLoggedIn: true },
  { name: 'playground', path: '/playground', isLoggedIn: true },
];

export interface StartFigures {
  firstPaintMs: number;
  largestPaintMs: number;
  /** Until all of it is there, with its data. */
  completeMs: number;
  scriptBytes: number;
}

/** How the console starts with nothing in its cache, where the network is slow. */
export async function measureStart(
  browser: Browser,
  runtime: RunningRuntime,
  { path, isLoggedIn }: (typeof starts)[number],
): Promise<StartFigures> {
  const visitor = await openConsole(browser, runtime.edge, phone);
  visitor.context.setDefaultTimeout(120_000);
  try {
    const { page } = visitor;
    if (isLoggedIn) {
      const person = await addPerson(runtime);
      await createKey(runtime, person.token, { name: 'My laptop' });
      await signIn(visitor, person);
    }
    await watchFigures(page);
    await slowDown(page, edgeOfNetwork);
    await page.goto(path, { timeout: 120_000, waitUntil: 'load' });
    await settled(page);
    const completeMs = await page.evaluate(() => performance.now());
    const figures = await readFigures(page);
    return {
      firstPaintMs: figures.firstContentfulPaintMs,
      largestPaintMs: figures.largestContentfulPaintMs,
      completeMs,
      scriptBytes: figures.scriptBytes,
    };
  } finally {
    await visitor.context.close();
  }
}
