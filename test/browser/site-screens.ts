import type { Page } from 'playwright-core';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { button, screen } from './account-pages.ts';
import type { ConsoleUnderTest } from './console-under-test.ts';
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
      expect(await accessibilityFaults(page, ['light', 'dark'])).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await logoOf(page)).toMatch(/logo-dark\.svg"\)$/);
    });

    test('a page is shown to visitors, with its HTML as text and its links', async () => {
      const { page } = await site.open(phone);
      await page.goto('/sign-in');
      const foot = page.getByRole('navigation', { name: 'About this service' });
      await foot.getByRole('link', { name: 'Contact' }).click();
      await screen(page, 'Contact').waitFor();
      await page.getByRole('article').getByRole('link', { name: 'terms' }).click();
      await screen(page, 'Terms of use').waitFor();
      await page.getByText('<b>HTML</b> stays text.').waitFor();
      const picture = page.getByRole('link', { name: 'A picture' });
      expect(await picture.getAttribute('href')).toBe('https://example.com/picture.png');
      expect(await foot.getByRole('link', { name: 'Status' }).getAttribute('href')).toBe(
        'https://status.example.com',
      );
      expect(await page.title()).toBe('Terms of use · Acme AI');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      await page.goto('/pages/none');
      await page.getByText('There is no such page').waitFor();
    });
  });
}
