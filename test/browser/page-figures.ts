import type { Page } from 'playwright-core';

export interface PageFigures {
  firstContentfulPaintMs: number;
  largestContentfulPaintMs: number;
  /** The slowest of the interactions: from the input until the next frame is shown; 0 when all are below 16. */
  interactionMs: number;
  /** As they came over the wire. */
  scriptBytes: number;
  styleBytes: number;
  fontBytes: number;
}

/** Has to be called before the page is opened. */
export async function watchFigures(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { largest: 0, interaction: 0 };
    Object.assign(window, { seenFigures: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.largest = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      // Without an id it is none of a person's: the pointer that a page comes to stand under, for one.
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId > 0) seen.interaction = Math.max(seen.interaction, entry.duration);
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** What the browser itself measured of the page so far. */
export function readFigures(page: Page): Promise<PageFigures> {
  return page.evaluate(() => {
    const { seenFigures } = window as unknown as { seenFigures: { largest: number; interaction: number } };
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const bytes = (ending: RegExp) =>
      resources
        .filter(({ name }) => ending.test(new URL(name).pathname))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return {
      firstContentfulPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      largestContentfulPaintMs: seenFigures.largest,
      interactionMs: seenFigures.interaction,
      scriptBytes: bytes(/\.js$/),
      styleBytes: bytes(/\.css$/),
      fontBytes: bytes(/\.woff2$/),
    };
  });
}
