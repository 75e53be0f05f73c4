import type { BrowserContext, Page } from 'playwright-core';
import { seededRandom } from '../faults/random.ts';

const longestMs = 1500;
/** How many times slower than this machine. */
const processor = 4;

/**
 * With `DAYPASS_TEST_LAG=<seed>` every request of a page waits for a while that the seed decides, and the page computes
 * slowly: what only works while machine and network are quick fails here, and not one day elsewhere.
 */
export async function lag(context: BrowserContext): Promise<void> {
  const seed = process.env.DAYPASS_TEST_LAG;
  if (seed === undefined) return;
  const random = seededRandom(Number(seed));
  await context.route('**/*', async (route) => {
    await new Promise((done) => setTimeout(done, random() * longestMs));
    // The page may have been closed in the meantime.
    await route.fallback().catch(() => undefined);
  });
  context.on('page', (page) => void slowDown(page).catch(() => undefined));
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: processor });
}
