import type { BrowserContext, Page } from 'playwright-core';

/** A browser that is told to save data, where the console loads nothing ahead. Has to be called before a page is opened. */
export const savesData = (where: Page | Pick<BrowserContext, 'addInitScript'>): Promise<unknown> =>
  where.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', {
      configurable: true,
      value: { effectiveType: '4g', saveData: true },
    });
  });
