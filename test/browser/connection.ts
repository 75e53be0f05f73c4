import type { BrowserContext, Page, Request } from 'playwright-core';
import { nextFrame } from './next-frame.ts';

/**
 * The connection of a visitor's pages. On a slow machine a page is still asking for fonts and scripts, one after another,
 * when a test has seen what it waited for; without them it breaks in ways that the test is not about. So the connection
 * goes only when nothing is under way, and playwright's own `setOffline` is not reachable from a test.
 */
export interface Connection {
  /** Waits for all that the pages have asked for, and for what they ask for then. */
  allArrived(): Promise<void>;
  /** Waits for the fonts and for all that the pages have asked for, cuts the connection, and waits until they know. */
  goOffline(): Promise<void>;
  /** Resolves when the pages know. */
  goOnline(): Promise<void>;
}

export function connectionOf(context: BrowserContext): Connection {
  const underWay = new Set<Request>();
  let arrived = Promise.withResolvers<void>();
  const drop = (request: Request) => {
    underWay.delete(request);
    if (underWay.size > 0) return;
    arrived.resolve();
    arrived = Promise.withResolvers();
  };
  context.on('request', (request) => underWay.add(request));
  context.on('requestfinished', drop);
  context.on('requestfailed', drop);
  context.on('page', (page) =>
    page.on('close', () => {
      for (const request of underWay) if (pageOf(request) === page) drop(request);
    }),
  );

  async function allArrived() {
    do {
      while (underWay.size > 0) await arrived.promise;
      // What has just come may ask for more.
      await Promise.all(context.pages().map(nextFrame));
    } while (underWay.size > 0);
  }

  return {
    allArrived,
    async goOffline() {
      await Promise.all(context.pages().map(loadFonts));
      await allArrived();
      await context.setOffline(true);
      await Promise.all(context.pages().map((page) => page.waitForFunction(() => !navigator.onLine)));
    },
    async goOnline() {
      await context.setOffline(false);
      await Promise.all(context.pages().map((page) => page.waitForFunction(() => navigator.onLine)));
    },
  };
}

/** All of them: another heading or width may need one that this screen does not. */
const loadFonts = (page: Page): Promise<void> =>
  page.evaluate(() => Promise.all([...document.fonts].map((face) => face.load())).then(() => undefined));

/** Undefined for what belongs to no page, or to one that is still to come. */
function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}
