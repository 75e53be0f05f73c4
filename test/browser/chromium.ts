import { type Browser, chromium } from 'playwright-core';
import { hasSharedMemory } from '../e2e/shared-memory.ts';
import { endAfterRun } from '../end-shared.ts';
import { chromiumFiles } from './chromium-files.ts';

let shared: Promise<Browser> | undefined;

/** The browser that the suites of a worker share; it ends with the worker. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium().then((browser) => {
    endAfterRun(() => browser.close());
    return browser;
  });
  return shared;
}

/**
 * Starts the browser, steered through a pipe, so that it ends with this process however that ends.
 * The caller closes it.
 */
export async function launchChromium(): Promise<Browser> {
  const { executable, environment } = await chromiumFiles();
  return chromium.launch({
    executablePath: executable,
    args: [
      '--disable-gpu',
      '--font-render-hinting=none',
      // One site, trusted: pages of a context share a process, with the scripts that it has compiled and the fonts that
      // it has read.
      '--renderer-process-limit=1',
      '--disable-site-isolation-trials',
      '--in-process-gpu',
      // A page lives for a second: what is optimized for later costs more than it gains, and what was compiled is needed again.
      '--js-flags=--no-opt --no-maglev --no-flush-bytecode',
    ],
    // Containers often have no other user than root, for whom it does not work.
    chromiumSandbox: false,
    // Playwright's default, since containers often have little of it: but on a disk what processes share costs them a
    // tenth of all their work.
    ignoreDefaultArgs: hasSharedMemory ? ['--disable-dev-shm-usage'] : [],
    env: { ...process.env, ...environment },
  });
}
