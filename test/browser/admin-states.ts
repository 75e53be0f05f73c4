import type { Page } from 'playwright-core';
import { addPerson, call, createKey } from '../e2e/client.ts';
import type { Screen, Stage } from './open-screen.ts';

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** The page of a user with one key. */
async function userPath({ runtime, keyName }: Stage): Promise<string> {
  const person = await addPerson(runtime);
  await createKey(runtime, person.token, { name: keyName });
  const { body } = await call(runtime.edge, '/v1/me', { token: person.token });
  return `/admin/users/${body.id}`;
}

const onUser = { path: userPath, as: 'admin' } as const;

const places = [
  { name: 'admin-users', path: '/admin/users', call: '/v1/admin/users' },
  { name: 'admin-keys', path: '/admin/keys', call: '/v1/admin/api-keys' },
  { name: 'admin-usage', path: '/admin/usage', call: '/v1/admin/usage' },
  { name: 'admin-audit', path: '/admin/audit', call: '/v1/admin/audit' },
  { name: 'admin-health', path: '/admin/health', call: '/v1/admin/health' },
];

/** The frame's own troubles are those of every screen; here they are of what admins alone may call. */
const troubles = places.flatMap(({ name, path, call: needed }): Screen[] => [
  {
    name: `${name}-loading`,
    path,
    as: 'admin',
    isLoading: true,
    arrange: ({ page }) => page.route('**/v1/admin/**', () => undefined),
  },
  {
    name: `${name}-error`,
    path,
    as: 'admin',
    async arrange(visitor) {
      visitor.expectFailure(`GET ${needed}`, 503);
      await visitor.page.route('**/v1/admin/**', (route) =>
        route.fulfill({
          status: 503,
          json: {
            error: {
              code: 'service_unavailable',
              message: 'A part of this service did not answer. Try again in a moment.',
              param: null,
            },
          },
        }),
      );
    },
    prepare: ({ page }) => page.getByText('could not be loaded').waitFor(),
  },
]);

/** What admins see and do, each question and what it can come to. */
export const adminStates: readonly Screen[] = [
  ...troubles,
  { name: 'admin-not-for-you', path: '/admin/users', as: 'newcomer' },
  {
    name: 'admin-users-offline',
    path: '/admin/users',
    as: 'admin',
    async prepare({ page, goOffline }) {
      await goOffline();
      await page.getByLabel('E-mail address begins with').fill('zz');
      await press(page, /^Search$/);
      await page.getByText('The users could not be loaded').waitFor();
    },
  },
  { name: 'admin-users-none', path: '/admin/users?email=no-such-address', as: 'admin' },
  {
    name: 'admin-invite-refused',
    path: '/admin/users',
    as: 'admin',
    async prepare(visitor, { newcomer }) {
      const { page } = visitor;
      await press(page, 'Invite user');
      await page.getByRole('dialog').getByLabel('E-mail address').fill(newcomer.email);
      visitor.expectFailure('POST /v1/admin/users', 409);
      await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
      await page.getByRole('dialog').locator('[aria-invalid=true]').waitFor();
    },
  },
  { name: 'admin-user', ...onUser },
  {
    name: 'admin-user-none',
    path: '/admin/users/nobody',
    as: 'admin',
    arrange: async (visitor) => visitor.expectFailure('GET /v1/admin/users/nobody', 404),
    prepare: ({ page }) => page.getByText('User not found').waitFor(),
  },
  {
    name: 'admin-user-plans',
    ...onUser,
    async prepare({ page }) {
      await press(page, 'Change plans');
      await page.getByRole('radio', { name: 'These plans' }).click();
      await page.getByRole('checkbox', { name: '10-per-day' }).waitFor();
    },
  },
  {
    name: 'admin-user-limits',
    ...onUser,
    async prepare({ page }) {
      await press(page, 'Change limits');
      await page.getByLabel('Requests a day', { exact: true }).fill('0');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByText('Must be at least 1.').waitFor();
    },
  },
  {
    name: 'admin-user-end',
    ...onUser,
    async prepare({ page }) {
      await press(page, 'Change end');
      await page.getByRole('dialog', { name: 'When this account ends' }).waitFor();
    },
  },
  {
    name: 'admin-user-suspend',
    ...onUser,
    async prepare({ page }) {
      await press(page, /^Suspend$/);
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'admin-user-suspended',
    ...onUser,
    async prepare({ page }) {
      await press(page, 'Suspend');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
      await page.getByRole('button', { name: 'Resume' }).waitFor();
    },
  },
  {
    name: 'admin-user-delete',
    ...onUser,
    async prepare({ page }) {
      await press(page, 'Delete');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'admin-user-event',
    ...onUser,
    async prepare({ page }) {
      await page.getByRole('list', { name: 'Events' }).getByRole('button').first().click();
      await page.getByText('Request ID').waitFor();
    },
  },
  {
    name: 'admin-key-revoke',
    ...onUser,
    async prepare({ page }) {
      await press(page, /^Revoke /);
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'admin-keys-none', path: '/admin/keys?search=no-such-key', as: 'admin' },
  { name: 'admin-usage-none', path: '/admin/usage?email=no-such-address', as: 'admin' },
  { name: 'admin-audit-none', path: '/admin/audit?from=2026-01-05&to=2026-01-06', as: 'admin' },
  {
    name: 'admin-audit-refused',
    path: '/admin/audit?from=2026-01-05&to=2026-11-06',
    as: 'admin',
    arrange: async (visitor) => visitor.expectFailure('GET /v1/admin/audit', 400),
    async prepare({ page }) {
      await page.getByText('The events could not be loaded').waitFor();
      await page.getByRole('button', { name: 'Show the last 30 days' }).waitFor();
    },
  },
];
