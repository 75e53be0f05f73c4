import type { Page } from 'playwright-core';

/** A browser that is told to save data, where the console loads nothing ahead. Has to be called before the page is opened. */
export const savesData = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { effectiveType: '4g', saveData: true } });
  });
