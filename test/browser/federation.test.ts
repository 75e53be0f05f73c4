import type { Page } from 'playwright-core';
import { addPerson, call } from '../e2e/client.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { totpCode } from '../e2e/totp-code.ts';
import { accessibilityFaults } from './accessibility.ts';
import { button, codeField, emailField, logIn, passwordField, screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { logInSite, logInStates } from './log-in-states.ts';
import { signIn } from './sign-in.ts';
import { testStates } from './test-states.ts';
import { addVirtualAuthenticator } from './virtual-authenticator.ts';

const other = synthesizeWith(logInSite.settings);
const site = consoleUnderTest({ assembly: other.assembly, environment: logInSite.environment });

afterAll(() => other.remove());

describe('in every state', () => testStates(site, logInStates));

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
  const { page } = await site.open();
  await page.goto('/sign-in');
  await passwordField(page).waitFor();
  await emailField(page).fill('grace@ACME.example');
  await page.getByText('You log in at Acme Inc. with this address.').waitFor();
  expect(await passwordField(page).count()).toBe(0);
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

test('a user sets an authenticator app up, and each login then asks for its code', async () => {
  const person = await addPerson(site.runtime());
  const first = await site.open();
  await signIn(first, person);
  const { page } = first;
  await page.goto('/settings');
  await page.getByLabel('Password, to set the app up').fill(person.password);
  await button(page, 'Set up an app').click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  const secret =
    (await page
      .locator('code')
      .filter({ hasText: /^[A-Z2-7]{52}$/ })
      .textContent()) ?? '';
  await codeField(page).fill(totpCode(secret));
  await button(page, 'Turn on').click();
  await page.getByText('Each login asks for a code.').waitFor();

  const second = await site.open();
  await second.page.goto('/sign-in');
  await emailField(second.page).waitFor();
  await logIn(second.page, person);
  await second.page.getByText('Enter the code that your authenticator app shows.').waitFor();
  second.expectFailure('POST /v1/session/challenge', 400);
  await codeField(second.page).fill('000000');
  await second.page.getByText('This code is wrong, or was used already.').waitFor();
  await codeField(second.page).fill(totpCode(secret, 1));
  await screen(second.page, 'API keys').waitFor();

  // The phone is lost.
  const { body: me } = await call(site.runtime().edge, '/v1/me', { token: person.token });
  const third = await site.open();
  await signIn(third, await makeAdmin(site.runtime(), await addPerson(site.runtime())));
  await third.page.goto(`/admin/users/${me.id}`);
  await screen(third.page, person.email).waitFor();
  await button(third.page, 'Turn off').click();
  const question = third.page.getByRole('alertdialog', { name: 'Turn off the authenticator app?' });
  await question.waitFor();
  await question.getByRole('button', { name: 'Turn off' }).click();
  await third.page.getByText(`${person.email} logs in with the password alone`).waitFor();
  await third.page.getByText('Each login asks for a code').waitFor({ state: 'detached' });
});

test('a user adds a passkey, logs in with it, and removes it', async () => {
  const person = await addPerson(site.runtime());
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  await addVirtualAuthenticator(page);
  await page.goto('/settings');
  await page.getByLabel('Password, to add a passkey').fill(person.password);
  await button(page, 'Add a passkey').click();
  await page.getByText('Passkey added').first().waitFor();
  await button(page, /^Remove /).waitFor();

  await visitor.context.clearCookies();
  await page.goto('/sign-in');
  await button(page, 'Log in with a passkey').click();
  await page.getByText('Must be an e-mail address.').waitFor();
  await emailField(page).fill(person.email);
  await button(page, 'Log in with a passkey').click();
  await screen(page, 'API keys').waitFor();

  await page.goto('/settings');
  await button(page, /^Remove /).click();
  const question = page.getByRole('alertdialog');
  await question.waitFor();
  await question.getByRole('button', { name: 'Remove' }).click();
  await button(page, /^Remove /).waitFor({ state: 'detached' });
});
