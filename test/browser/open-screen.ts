import type { Page } from 'playwright-core';
import type { Person } from '../e2e/client.ts';
import type { ConsolePage } from './console-page.ts';
import type { Screen } from './screens.ts';
import { signIn } from './sign-in.ts';

export interface People {
  newcomer: Person;
  regular: Person;
}

/** Opens a screen as the person it is for, and waits until all of it is there. */
export async function openScreen(visitor: ConsolePage, screen: Screen, people: People): Promise<void> {
  if (screen.as !== 'nobody') await signIn(visitor, people[screen.as]);
  await visitor.page.goto(screen.path);
  await settled(visitor.page);
  await screen.prepare?.(visitor.page);
  await settled(visitor.page);
}

/** What holds the place of something that is still to come. */
const placeholders = '.animate-pulse, [aria-busy="true"], [role="status"][aria-label^="Loading"]';

/** Waits until a screen stands there with its heading, its data and its fonts. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction((waiting) => document.querySelector(waiting) === null, placeholders);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
