import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Complaints, gatherComplaints } from './complaints.ts';
import { type Connection, connectionOf } from './connection.ts';
import { lag } from './lag.ts';
import { desktop, type Viewport } from './viewports.ts';

export interface ConsolePage extends Complaints, Connection {
  page: Page;
  /** Its connection is cut by `goOffline`. */
  context: Omit<BrowserContext, 'setOffline'>;
}

export interface PageOptions extends Viewport {
  colorScheme?: 'light' | 'dark';
  /** 'reduce' unless a test is about motion: nothing is then caught half way. */
  reducedMotion?: 'reduce' | 'no-preference';
  /** Of the browser; British unless a test is about languages. */
  locale?: string;
  /** Colours of the system's instead of the page's, as Windows does it. */
  forcedColors?: 'active';
}

/** How long a page may take to get where a test wants it; generous, since machines are shared. */
const patienceMs = 20_000;

/** A visitor with cookies of their own, who has not opened anything yet. Paths are relative to `origin`. */
export async function openConsole(
  browser: Browser,
  origin: string,
  options: PageOptions = desktop,
): Promise<ConsolePage> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  await lag(context);
  const complaints = await gatherComplaints(context, origin);
  return { ...complaints, ...connectionOf(context), context, page: await context.newPage() };
}
