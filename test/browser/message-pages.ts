import type { Page } from 'playwright-core';
import { call } from '../e2e/client.ts';
import { button } from './account-pages.ts';

/** Writes a message on the page and creates its link. @returns the link */
export async function writeMessage(page: Page, text: string): Promise<string> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await button(page, 'Create link').click();
  return shownLink(page);
}

export async function shownLink(page: Page): Promise<string> {
  const link = page.locator('code', { hasText: '/sealed/sec_' });
  await link.waitFor();
  return link.innerText();
}

/** Writes a message by the API. @returns its addresses in the console */
export async function newMessage({ edge }: { edge: string }, message = 'swordfish') {
  const { body } = await call(edge, '/v1/secrets', { body: { message } });
  const { id, receipt, url } = body as { id: string; receipt: string; url: string };
  return { id, receipt, path: new URL(url).pathname, receiptPath: `/secrets/${id}/receipt#${receipt}` };
}

export const openedText = (page: Page) => page.getByRole('region', { name: 'Message', exact: true });
