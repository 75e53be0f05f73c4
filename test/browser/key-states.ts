import type { Page } from 'playwright-core';
import { call, createKey } from '../e2e/client.ts';
import { createButton, nameField, planCard, shownValue } from './keys-pages.ts';
import type { Screen } from './open-screen.ts';

const onList = { path: '/keys', as: 'owner' } as const;
const onForm = { path: '/keys/new', as: 'owner' } as const;
const onKey = { path: '/keys/:id', as: 'owner' } as const;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const pressInDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

async function makeKey(page: Page, name: string): Promise<void> {
  await nameField(page).fill(name);
  await createButton(page).click();
  await shownValue(page);
}

/** A key and what can be done with it, each question and what it can come to. */
export const keyStates: readonly Screen[] = [
  { name: 'keys-one', ...onList },
  {
    name: 'keys-menu',
    ...onList,
    async prepare({ page }) {
      await page.getByRole('button', { name: /^Actions for/ }).click();
      await page.getByRole('menuitem', { name: /^Revoke/ }).waitFor();
    },
  },
  {
    name: 'keys-tooltip',
    ...onList,
    async prepare({ page }) {
      // Only what the keyboard leads to shows one by having the focus.
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: /^Actions for/ }).focus();
      await page.getByText(/^Actions for/).waitFor();
    },
  },
  {
    name: 'keys-new-faults',
    ...onForm,
    async prepare({ page }) {
      await page.getByRole('radio', { name: 'On a date' }).click();
      await page.getByRole('button', { name: /^Limits/ }).click();
      await page.getByLabel('Tokens a day').fill('x');
      await page.getByLabel('Allowed hosts').fill('X');
      await nameField(page).fill('');
      await createButton(page).click();
      await nameField(page).and(page.locator('[aria-invalid=true]')).waitFor();
    },
  },
  {
    name: 'keys-new-taken',
    ...onForm,
    async prepare(visitor, { runtime, person }) {
      const { page } = visitor;
      visitor.expectFailure('POST /v1/api-keys', 409);
      await createKey(runtime, person.token, { name: 'Made meanwhile', plan: '20-per-day' });
      await createButton(page).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'keys-new-wait',
    ...onForm,
    async prepare(visitor, { setFaults }) {
      const { page } = visitor;
      await setFaults([{ service: 'apigateway', operation: 'CreateApiKey', kind: 'throttle' }]);
      visitor.expectFailure('POST /v1/api-keys', 503);
      await nameField(page).fill('My other laptop');
      await createButton(page).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'key-shown-once',
    ...onForm,
    prepare: ({ page }, { keyName }) => makeKey(page, keyName),
  },
  {
    name: 'key-shown-once-closing',
    ...onForm,
    async prepare({ page }, { keyName }) {
      await makeKey(page, keyName);
      await press(page, 'Done');
    },
  },
  {
    name: 'key-limited',
    as: 'owner',
    async path({ runtime, person, keyName }) {
      const { id } = await createKey(runtime, person.token, {
        name: keyName,
        plan: '20-per-day',
        expiresIn: '30d',
        allowedHosts: ['app.example.com', 'tools.example.com'],
        limits: { requestsPerMinute: 5, tokensPerDay: 50_000, perClient: { requestsPerDay: 5 } },
      });
      return `/keys/${id}`;
    },
  },
  { name: 'key-edit', ...onKey, prepare: ({ page }) => openDialog(page, 'Edit') },
  {
    name: 'key-edit-limits',
    ...onKey,
    async prepare({ page }) {
      await press(page, 'Edit');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Limits/ })
        .click();
      await page.getByRole('dialog').getByLabel('Requests a day', { exact: true }).fill('11');
      await pressInDialog(page, 'Save');
      await page.getByText('Must be at most 10, as the plan allows.').waitFor();
    },
  },
  {
    name: 'key-edit-other-plan',
    ...onKey,
    async prepare({ page }) {
      await press(page, 'Edit');
      await planCard(page, '20-per-day').click();
    },
  },
  {
    name: 'key-edit-taken',
    ...onKey,
    arrange: (_visitor, { runtime, person }) =>
      createKey(runtime, person.token, { name: 'Nightly report', plan: '20-per-day' }),
    async prepare({ page }) {
      await press(page, 'Edit');
      await page.getByRole('dialog').getByRole('link', { name: 'Nightly report' }).waitFor();
    },
  },
  { name: 'key-rotate', ...onKey, prepare: ({ page }) => openDialog(page, 'Rotate') },
  {
    name: 'key-rotate-fault',
    ...onKey,
    async prepare({ page }) {
      await press(page, 'Rotate');
      await page.getByRole('radio', { name: 'Other' }).click();
      await pressInDialog(page, 'Rotate');
      await page.getByText('Must be a whole number of hours').waitFor();
    },
  },
  {
    name: 'key-rotated',
    ...onKey,
    async prepare({ page }) {
      await press(page, 'Rotate');
      await pressInDialog(page, 'Rotate');
      await shownValue(page);
    },
  },
  {
    name: 'key-in-grace',
    ...onKey,
    async arrange(_visitor, { runtime, person, keyId }) {
      const body = { graceSeconds: 3600 };
      await call(runtime.edge, `/v1/api-keys/${keyId}/rotate`, { token: person.token, body });
    },
  },
  { name: 'key-revoke', ...onKey, prepare: ({ page }) => openDialog(page, 'Revoke') },
  {
    name: 'key-revoke-failed',
    ...onKey,
    async prepare(visitor, { keyName, keyId, setFaults }) {
      const { page } = visitor;
      await press(page, 'Revoke');
      await page.getByRole('alertdialog').getByRole('textbox').fill(keyName);
      await setFaults([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error' }]);
      visitor.expectFailure(`DELETE /v1/api-keys/${keyId}`, 503);
      await press(page, 'Revoke key');
      await page.getByRole('alertdialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'key-revoked',
    ...onKey,
    async prepare({ page }, { keyName }) {
      await press(page, 'Revoke');
      await page.getByRole('alertdialog').getByRole('textbox').fill(keyName);
      await press(page, 'Revoke key');
      await page.getByText('is revoked').first().waitFor();
      await page.getByText('This key no longer works').waitFor();
    },
  },
  {
    name: 'key-none',
    path: '/keys/key_none',
    as: 'owner',
    arrange: async (visitor) => visitor.expectFailure('GET /v1/api-keys/key_none', 404),
    prepare: ({ page }) => page.getByText('Key not found').waitFor(),
  },
];

/** It comes a moment after its button is pressed, as its file is loaded then. */
async function openDialog(page: Page, button: string): Promise<void> {
  await press(page, button);
  await page.locator('[role="dialog"], [role="alertdialog"]').waitFor();
}
