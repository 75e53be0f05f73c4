import type { Page } from 'playwright-core';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { button, emailField, passwordField, screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { phone } from './viewports.ts';

const other = synthesizeWith(
  (shown) => `${shown}
logIn:
  providers:
    - { name: acme, label: Acme Inc., type: oidc, issuer: 'https://login.acme.example', clientId: daypass, clientSecret: { secret: daypass/acme }, domains: [acme.example] }
`,
);
const site = consoleUnderTest({
  assembly: other.assembly,
  environment: { DAYPASS_SECRETS: JSON.stringify({ 'daypass/acme': 'local-oidc-secret' }) },
});

afterAll(() => other.remove());

const withAcme = (page: Page) => page.getByRole('link', { name: 'Continue with Acme Inc.' });

/** On the provider's own page. */
async function say(page: Page, email: string): Promise<void> {
  await screen(page, 'Log in at login.acme.example').waitFor();
  await emailField(page).fill(email);
  await button(page, 'Log in').click();
}

test('a user logs in at the provider, arrives where they wanted to go, and stays after a reload', async () => {
  const { page } = await site.open();
  await page.goto('/usage');
  await withAcme(page).click();
  await say(page, 'ada@acme.example');
  // A first login is linked to an account, which Cognito takes up at the second attempt.
  await say(page, 'ada@acme.example');
  await screen(page, 'Usage').waitFor();
  await page.reload();
  await screen(page, 'Usage').waitFor();
  await page.goto('/settings');
  await screen(page, 'Settings').waitFor();
  await page.getByText('ada@acme.example').first().waitFor();
  expect(await page.getByLabel('Current password').count()).toBe(0);
});

test('typing an address of the provider’s domain takes the password away and leads to the provider', async () => {
  const { page } = await site.open({ ...phone, colorScheme: 'dark' });
  await page.goto('/sign-in');
  await passwordField(page).waitFor();
  await emailField(page).fill('grace@ACME.example');
  await page.getByText('This address logs in with Acme Inc.').waitFor();
  expect(await passwordField(page).count()).toBe(0);
  expect(await accessibilityFaults(page, ['dark', 'light'])).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await button(page, 'Go to Acme Inc.').click();
  await screen(page, 'Log in at login.acme.example').waitFor();
});

test('a login that the provider refuses leads back to the log-in screen, which says so', async () => {
  const { page } = await site.open();
  await page.goto('/sign-in');
  await withAcme(page).click();
  await screen(page, 'Log in at login.acme.example').waitFor();
  await emailField(page).fill('eve@acme.example');
  await page.getByLabel('What goes wrong').selectOption('access_denied');
  await button(page, 'Log in').click();
  await page.getByText('The login was not completed. Try again.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});
