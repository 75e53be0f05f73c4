import type { Page } from 'playwright-core';
import { newEmail, newPassword } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { button, emailField, passwordField, screen } from './account-pages.ts';
import type { ConsoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { desktop, phone } from './viewports.ts';

const colourOf = (page: Page, name: string) =>
  button(page, name).evaluate((element) => getComputedStyle(element).backgroundColor);

const logoOf = (page: Page) =>
  page
    .locator('.brand-logo')
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundImage);

/** What is the operator's own, in a suite whose settings have test/e2e/own-site.ts, and let people in as they sign up. */
export function describeSiteScreens(site: ConsoleUnderTest): void {
  async function openKeys() {
    const visitor = await site.open();
    const { page } = visitor;
    await page.goto('/sign-up');
    await screen(page, 'Create an account').waitFor();
    await emailField(page).fill(newEmail());
    await passwordField(page).fill(newPassword());
    await button(page, 'Create account').click();
    await screen(page, 'Create a key').waitFor();
    return visitor;
  }

  describe('the operator’s own', () => {
    test('name, logo and colour are there before and after the log-in, in both themes', async () => {
      const { page } = await site.open({ ...desktop, colorScheme: 'light' });
      await page.goto('/');
      await screen(page, 'Every model Acme pays for, behind one key.').waitFor();
      expect(await page.title()).toBe('Acme AI: Every model Acme pays for, behind one key');
      expect(await logoOf(page)).toMatch(/logo\.svg"\)$/);
      await page.goto('/sign-in');
      await button(page, 'Log in').waitFor();
      expect(await page.title()).toMatch(/ · Acme AI$/);
      expect([await logoOf(page), await colourOf(page, 'Log in')]).toEqual([
        expect.stringMatching(/logo\.svg"\)$/),
        'rgb(179, 66, 29)',
      ]);
      expect(await accessibilityFaults(page, { alsoIn: 'dark' })).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await logoOf(page)).toMatch(/logo-dark\.svg"\)$/);
    });

    test('a user writes to the operator, and what was typed stays until it is sent', async () => {
      const visitor = await openKeys();
      const { page } = visitor;
      await button(page, 'Send feedback').click();
      const dialog = page.getByRole('dialog', { name: 'Send feedback' });
      const send = dialog.getByRole('button', { name: 'Send', exact: true });
      await send.click();
      await dialog.getByText('Write a message first.').waitFor();
      await dialog.getByRole('radio', { name: 'Idea' }).click();
      await dialog.getByLabel('Message').fill('More models, please.');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      await button(page, 'Send feedback').click();
      await eventually(async () =>
        expect(await dialog.getByLabel('Message').inputValue()).toBe('More models, please.'),
      );
      await send.click();
      await page.getByText('Feedback sent').first().waitFor();
      await dialog.waitFor({ state: 'detached' });
    });

    test('a page is shown to visitors, with its HTML as text and its links', async () => {
      const { page } = await site.open(phone);
      await page.goto('/sign-in');
      const foot = page.getByRole('navigation', { name: 'About this service' });
      await foot.getByRole('link', { name: 'Contact' }).click();
      await screen(page, 'Contact').waitFor();
      await page.getByRole('article').getByRole('link', { name: 'terms' }).click();
      await screen(page, 'Terms of use').waitFor();
      const text = page.getByText('<b>HTML</b> stays text.');
      // Nobody has said which language it is in.
      expect(await text.evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toBe('');
      const picture = page.getByRole('link', { name: 'A picture' });
      expect(await picture.getAttribute('href')).toBe('https://example.com/picture.png');
      expect(await foot.getByRole('link', { name: 'Status' }).getAttribute('href')).toBe(
        'https://status.example.com',
      );
      expect(await page.title()).toBe('Terms of use · Acme AI');
      expect(await scrollsSideways(page)).toBe(false);
      await page.goto('/pages/none');
      await page.getByText('There is no such page').waitFor();
    });
  });
}
