import type { Page } from 'playwright-core';
import { call, createKey, type Person, signUp } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import type { ConsolePage } from './console-page.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { createButton, nameField, planCard, shownValue, visit } from './keys-pages.ts';
import { settled } from './open-screen.ts';
import { desktop, phone } from './viewports.ts';

const site = consoleUnderTest();
const longName = 'W'.repeat(100);
let person: Person;
let id: string;

beforeEach(async () => {
  person = await signUp(site.runtime());
  ({ id } = await createKey(site.runtime(), person.token, {
    name: longName,
    allowedHosts: ['a.example.com'],
  }));
});

interface State {
  name: string;
  path: (id: string) => string;
  reach: (visitor: ConsolePage, id: string) => Promise<unknown>;
}

const create = '/keys/new';
const keyPage = (keyId: string) => `/keys/${keyId}`;
const revoke = (keyId: string) =>
  call(site.runtime().edge, `/v1/api-keys/${keyId}`, { method: 'DELETE', token: person.token });

async function makeKey(page: Page): Promise<void> {
  await nameField(page).fill(longName);
  await createButton(page).click();
  await shownValue(page);
}

const states: State[] = [
  { name: 'the list', path: () => '/keys', reach: async () => {} },
  {
    name: 'the menu of a key',
    path: () => '/keys',
    reach: ({ page }) => page.getByRole('button', { name: /^Actions for/ }).click(),
  },
  {
    name: 'a form with faults, all of it open',
    path: () => create,
    reach: async ({ page }) => {
      await page.getByRole('radio', { name: 'On a date' }).click();
      await page.getByRole('button', { name: /Advanced/ }).click();
      await page.getByLabel('Tokens a day').fill('x');
      await page.getByLabel('Allowed hosts').fill('X');
      await createButton(page).click();
      await page.getByText('Must not be empty.').waitFor();
    },
  },
  {
    name: 'a plan that is taken',
    path: () => create,
    reach: async (visitor) => {
      visitor.expectFailure('POST /v1/api-keys', 409);
      await nameField(visitor.page).fill('Anvisitor');
      await planCard(visitor.page, '10-per-day').click();
      await createButton(visitor.page).click();
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'a wait for API Gateway',
    path: () => create,
    reach: async (visitor) => {
      await site.setFaults([{ service: 'apigateway', operation: 'CreateApiKey', kind: 'throttle' }]);
      visitor.expectFailure('POST /v1/api-keys', 503);
      await nameField(visitor.page).fill('Anvisitor');
      await createButton(visitor.page).click();
      await visitor.page.getByRole('alert').waitFor();
    },
  },
  { name: 'a value shown once', path: () => create, reach: ({ page }) => makeKey(page) },
  {
    name: 'the question before it closes',
    path: () => create,
    reach: async ({ page }) => {
      await makeKey(page);
      await page.getByRole('button', { name: 'Done' }).click();
    },
  },
  { name: 'a key’s page', path: keyPage, reach: async () => {} },
  {
    name: 'the question of the grace',
    path: keyPage,
    reach: async ({ page }) => {
      await page.getByRole('button', { name: 'Rotate' }).click();
      await page.getByRole('radio', { name: 'Other' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
      await page.getByText('Must be a whole number of hours').waitFor();
    },
  },
  {
    name: 'a rotated value',
    path: keyPage,
    reach: async ({ page }) => {
      await page.getByRole('button', { name: 'Rotate' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
      await shownValue(page);
    },
  },
  {
    name: 'the question before a revocation',
    path: keyPage,
    reach: ({ page }) => page.getByRole('button', { name: 'Revoke' }).click(),
  },
  {
    name: 'a revoked key',
    path: keyPage,
    reach: async ({ page }, keyId) => {
      await revoke(keyId);
      await page.reload();
      await page.getByText('This key has ended').waitFor();
    },
  },
];

async function reached(state: State, viewport = desktop): Promise<Page> {
  const visitor = await visit(site, person, state.path(id), viewport);
  await state.reach(visitor, id);
  await visitor.page.evaluate(() => document.fonts.ready.then(() => undefined));
  return visitor.page;
}

describe.each(states.map((state) => [state.name, state] as const))('%s', (_name, state) => {
  test('gives axe nothing to find, light and dark', async () => {
    const page = await reached(state);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('is read on a phone without scrolling sideways, and axe finds nothing there', async () => {
    const page = await reached(state, phone);
    expect(await accessibilityFaults(page, ['light'])).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    const cut = page.locator('[role="dialog"], [role="alertdialog"]');
    for (const dialog of await cut.all())
      expect(await dialog.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
  });
});

test('a key that isn’t there is told as such, and axe finds nothing', async () => {
  const visitor = await visit(site, person, '/keys');
  visitor.expectFailure('GET /v1/api-keys/key_none', 404);
  await visitor.page.goto('/keys/key_none');
  await visitor.page.getByText('There is no such key').waitFor();
  await settled(visitor.page);
  expect(await accessibilityFaults(visitor.page)).toEqual([]);
  await visitor.page.getByRole('main').getByRole('link', { name: 'All keys' }).first().click();
  await visitor.page.getByRole('heading', { name: 'API keys' }).waitFor();
});
