import type { Page } from 'playwright-core';
import type { Person } from '../e2e/client.ts';
import type { ConsolePage } from './console-page.ts';
import type { ConsoleUnderTest } from './console-under-test.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';
import { desktop, type Viewport } from './viewports.ts';

/** A visitor who is signed in and looks at a page of the keys. */
export async function visit(
  site: ConsoleUnderTest,
  person: Person,
  path: string,
  viewport: Viewport = desktop,
): Promise<ConsolePage> {
  const visitor = await site.open(viewport);
  await signIn(visitor, person);
  await visitor.page.goto(path);
  await settled(visitor.page);
  return visitor;
}

export const createButton = (page: Page) => page.getByRole('button', { name: 'Create key' });
export const nameField = (page: Page) => page.getByLabel('Name', { exact: true });
export const planCard = (page: Page, plan: string) => page.getByRole('radio', { name: plan });
export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** @returns the secret that the dialog shows */
export async function shownValue(page: Page): Promise<string> {
  await page.getByText('Copy it now. You won’t see it again.').waitFor();
  return page.getByRole('dialog').locator('code').filter({ hasText: /^dpk/ }).first().innerText();
}

/** Copies the secret and closes its dialog, which then asks nothing. */
export async function closeValue(page: Page): Promise<void> {
  await copyBy(page, () => page.getByRole('button', { name: 'Copy key', exact: true }).click());
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Asks for what can be done with a key, in the list. */
export async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Copies something. It is told for two seconds, so that is looked for from before. */
export async function copyBy(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.getByText('Copied').first().waitFor(), act()]);
}
