import type { Page } from 'playwright-core';
import { addPerson, call, newPassword, type Person } from '../e2e/client.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';
import { totpCode } from '../e2e/totp-code.ts';
import { button, codeField, emailField, logIn } from './account-pages.ts';
import type { ConsolePage } from './console-page.ts';
import { endSessions } from './end-sessions.ts';
import type { Screen } from './open-screen.ts';
import { addVirtualAuthenticator } from './virtual-authenticator.ts';

/** A deployment whose users log in by what they like. */
export const logInSite = {
  settings: (shown: string) => `${shown}
logIn:
  authenticator: on
  passkeys: { domain: example.com }
  providers:
    - { name: acme, label: Acme Inc., type: oidc, issuer: 'https://login.acme.example', clientId: daypass, clientSecret: { secret: daypass/acme }, domains: [acme.example] }
`,
  environment: { DAYPASS_SECRETS: JSON.stringify({ 'daypass/acme': 'local-oidc-secret' }) },
};

/** Asks for the code at each login from now on. @returns what the app has */
async function setUpApp(runtime: RunningRuntime, { password, token }: Person): Promise<string> {
  const { body } = await call(runtime.edge, '/v1/me/authenticator', { token, body: { password } });
  const code = totpCode(body.secret);
  await call(runtime.edge, '/v1/me/authenticator/confirm', { token, body: { password, code } });
  return body.secret;
}

async function askedForCode(page: Page, runtime: RunningRuntime): Promise<void> {
  const person = await addPerson(runtime);
  await setUpApp(runtime, person);
  await logIn(page, person);
  await codeField(page).waitFor();
}

/** The card is far below. */
async function showCard(page: Page, name: string): Promise<void> {
  await page.getByRole('region', { name }).evaluate((card) => card.scrollIntoView({ block: 'center' }));
}

async function addPasskey({ page }: ConsolePage, { password }: Person): Promise<void> {
  await page.getByLabel('Password, to add a passkey').fill(password);
  await button(page, 'Add a passkey').click();
}

const atSettings = { path: '/settings', as: 'owner' } as const;
const atLogIn = { path: '/sign-in', as: 'nobody' } as const;

/** What `logInSite` has beyond the password: providers, codes of an app, passkeys. */
export const logInStates: readonly Screen[] = [
  { name: 'log-in', ...atLogIn },
  {
    name: 'log-in-provider',
    ...atLogIn,
    async prepare({ page }) {
      await emailField(page).fill('grace@acme.example');
      await button(page, 'Go to Acme Inc.').waitFor();
    },
  },
  {
    name: 'log-in-passkey-refused',
    ...atLogIn,
    async prepare({ page }, { person }) {
      await addVirtualAuthenticator(page);
      await emailField(page).fill(person.email);
      await button(page, 'Log in with a passkey').click();
      await page.getByText('No passkey was used. Try again.').waitFor();
    },
  },
  {
    name: 'log-in-code',
    ...atLogIn,
    prepare: ({ page }, { runtime }) => askedForCode(page, runtime),
  },
  {
    name: 'log-in-code-refused',
    ...atLogIn,
    async prepare(visitor, { runtime }) {
      const { page } = visitor;
      await askedForCode(page, runtime);
      visitor.expectFailure('POST /v1/session/challenge', 400);
      await codeField(page).fill('000000');
      await codeField(page).and(page.locator('[aria-invalid=true]')).waitFor();
    },
  },
  {
    name: 'settings-ways-in',
    ...atSettings,
    async prepare({ page }) {
      await page.getByLabel('Password, to add a passkey').waitFor();
      await showCard(page, 'Authenticator app');
    },
  },
  {
    name: 'settings-app-password-refused',
    ...atSettings,
    async prepare(visitor) {
      const { page } = visitor;
      visitor.expectFailure('POST /v1/me/authenticator', 400);
      await page.getByLabel('Password, to set the app up').fill(newPassword());
      await button(page, 'Set up an app').click();
      await page.locator('[aria-invalid=true]').waitFor();
      await showCard(page, 'Authenticator app');
    },
  },
  {
    name: 'settings-app-code-refused',
    ...atSettings,
    async prepare(visitor, { person }) {
      const { page } = visitor;
      await page.getByLabel('Password, to set the app up').fill(person.password);
      await button(page, 'Set up an app').click();
      await page.getByRole('img', { name: /QR code/ }).waitFor();
      visitor.expectFailure('POST /v1/me/authenticator/confirm', 400);
      await codeField(page).fill('000000');
      await button(page, 'Turn on').click();
      await page.locator('[aria-invalid=true]').waitFor();
      await showCard(page, 'Authenticator app');
    },
  },
  {
    name: 'settings-app-on',
    ...atSettings,
    arrange: (_visitor, { runtime, person }) => setUpApp(runtime, person),
    async prepare({ page }) {
      await button(page, 'Remove the app').waitFor();
      await showCard(page, 'Authenticator app');
    },
  },
  {
    name: 'settings-passkey-twice',
    ...atSettings,
    async prepare(visitor, { person }) {
      const { page } = visitor;
      await addVirtualAuthenticator(page);
      await addPasskey(visitor, person);
      await button(page, /^Remove /).waitFor();
      await addPasskey(visitor, person);
      await page.getByText('This device already has a passkey of your account.').waitFor();
      await showCard(page, 'Passkeys');
    },
  },
  {
    name: 'settings-passkey-remove',
    ...atSettings,
    async prepare(visitor, { person }) {
      const { page } = visitor;
      await addVirtualAuthenticator(page);
      await addPasskey(visitor, person);
      await button(page, /^Remove /).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'settings-code-expired',
    ...atSettings,
    marksContext: true,
    // As in trouble-states.ts.
    arrange: ({ page }) => page.clock.install({ time: new Date().setUTCHours(23, 30, 0, 0) }),
    async prepare(visitor, { runtime, person }) {
      const { page } = visitor;
      await setUpApp(runtime, person);
      await endSessions(visitor, runtime, person);
      await page.clock.fastForward('01:00:00');
      const dialog = page.getByRole('dialog', { name: 'Log in again' });
      await dialog.getByRole('textbox', { name: 'Password' }).fill(person.password);
      await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
      await codeField(page).waitFor();
    },
  },
  {
    name: 'admin-user-authenticator',
    as: 'admin',
    async path({ runtime }) {
      const person = await addPerson(runtime);
      await setUpApp(runtime, person);
      const { body } = await call(runtime.edge, '/v1/me', { token: person.token });
      return `/admin/users/${body.id}`;
    },
    async prepare({ page }) {
      await button(page, 'Turn off').click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
