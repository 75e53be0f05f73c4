import type { Locator } from 'playwright-core';
import { call, newEmail, newPassword } from '../e2e/client.ts';
import {
  askForAccount,
  button,
  codeField,
  emailField,
  logIn,
  newPasswordField,
  passwordField,
} from './account-pages.ts';
import type { Screen } from './open-screen.ts';

const refused = (field: Locator) => field.and(field.page().locator('[aria-invalid=true]'));

/** Before one is logged in. */
export const accountStates: readonly Screen[] = [
  {
    name: 'sign-in-refused',
    path: '/sign-in',
    as: 'nobody',
    async prepare(visitor) {
      visitor.expectFailure('POST /v1/session', 401);
      await logIn(visitor.page, { email: newEmail(), password: newPassword() });
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'sign-in-offline',
    path: '/sign-in',
    as: 'nobody',
    async prepare(visitor) {
      visitor.expectFailure('POST /v1/session', 'no answer');
      await visitor.goOffline();
      await logIn(visitor.page, { email: newEmail(), password: newPassword() });
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'sign-in-logged-out-everywhere',
    path: '/settings',
    as: 'owner',
    async prepare({ page }) {
      await button(page, 'Log out everywhere').click();
      await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
    },
  },
  {
    name: 'sign-up-refused',
    path: '/sign-up',
    as: 'nobody',
    async prepare({ page }) {
      await emailField(page).fill('ada@example');
      await passwordField(page).fill('lovelace1843');
      await button(page, 'Create account').click();
    },
  },
  {
    name: 'confirm-refused',
    path: '/sign-up',
    as: 'nobody',
    async prepare(visitor) {
      const { page } = visitor;
      visitor.expectFailure('POST /v1/register/confirm', 400);
      await askForAccount(page, { email: newEmail(), password: newPassword() });
      await codeField(page).fill('000000');
      await refused(codeField(page)).waitFor();
    },
  },
  {
    name: 'confirm-signed-up-again',
    path: '/sign-up',
    as: 'nobody',
    async prepare(visitor, { runtime }) {
      const { page } = visitor;
      const email = newEmail();
      visitor.expectFailure('POST /v1/register/confirm', 409);
      await askForAccount(page, { email, password: newPassword() });
      await call(runtime.edge, '/v1/register', { body: { email, password: newPassword() } });
      await codeField(page).fill('000000');
      await page.getByText('This address has been signed up again').waitFor();
    },
  },
  {
    name: 'reset-password-refused',
    path: '/reset-password?email=ada.lovelace%40example.com',
    as: 'nobody',
    async prepare(visitor, { runtime }) {
      const { page } = visitor;
      visitor.expectFailure('POST /v1/password/reset', 400);
      await call(runtime.edge, '/v1/password/forgot', { body: { email: 'ada.lovelace@example.com' } });
      await codeField(page).fill('000000');
      await newPasswordField(page).fill(newPassword());
      await button(page, 'Set password and log in').click();
      await refused(codeField(page)).waitFor();
    },
  },
];
