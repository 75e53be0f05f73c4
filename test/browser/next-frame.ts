import type { Page } from 'playwright-core';

/** Waits until what the page was just told is on the screen. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
