import type { Page } from 'playwright-core';
import { addPerson, createKey, type Person } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { hasFocus } from './keyboard.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

const site = consoleUnderTest();
let person: Person;

beforeAll(async () => {
  person = await addPerson(site.runtime());
  await createKey(site.runtime(), person.token, { name: 'My laptop' });
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Search everything' });
const field = (page: Page) => palette(page).getByRole('combobox', { name: 'Search everything' });
const option = (page: Page, name: RegExp | string) => palette(page).getByRole('option', { name });

const chosen = (page: Page, name: string) => option(page, name).and(page.locator('[data-highlighted]'));

async function openScreen(path: string, options?: Parameters<typeof site.open>[0]) {
  const visitor = await site.open(options);
  await signIn(visitor, person);
  await visitor.page.goto(path);
  await settled(visitor.page);
  return visitor;
}

async function openPalette(page: Page) {
  await page.keyboard.press('Control+k');
  await field(page).waitFor();
  await eventually(async () => expect(await hasFocus(field(page))).toBe(true));
}

test('screens, keys, models, calls and docs are found by a few letters, and Enter leads there', async () => {
  const { page } = await openScreen('/keys');
  await openPalette(page);
  await option(page, /^My laptop/).waitFor();
  await field(page).fill('usage');
  await option(page, /^Usage/)
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await heading(page, 'Usage').waitFor();
  await palette(page).waitFor({ state: 'hidden' });
  await eventually(async () => expect(await hasFocus(heading(page, 'Usage'))).toBe(true));

  await openPalette(page);
  await field(page).fill('nova-lite');
  await option(page, /^nova-lite/).click();
  await page.waitForURL('**/models#nova-lite');
  await heading(page, 'Models').waitFor();

  await openPalette(page);
  await field(page).fill('rotate api-keys');
  await option(page, /^POST \/v1\/api-keys\/\{id\}\/rotate/).click();
  await page.waitForURL('**/docs/api#rotateApiKey');
  await heading(page, 'API reference').waitFor();

  await openPalette(page);
  await field(page).fill('three kinds 429');
  await option(page, /The three kinds of 429/).click();
  await page.waitForURL('**/docs/limits#the-three-kinds-of-429');
  await heading(page, 'Limits').waitFor();
});

test('arrows choose, Escape closes and gives the focus back, and nothing found is said', async () => {
  const { page } = await openScreen('/settings');
  const button = page.getByRole('complementary').getByRole('button', { name: /^Find…/ });
  await button.click();
  await field(page).waitFor();
  // Once the docs are there, nothing changes the list any more.
  await field(page).fill('three kinds 429');
  await option(page, /The three kinds of 429/).waitFor();
  await field(page).fill('theme');
  // What begins with the word comes first.
  await chosen(page, 'Theme of the system').waitFor();
  await page.keyboard.press('ArrowDown');
  await chosen(page, 'Light theme').waitFor();
  await page.keyboard.press('Enter');
  await palette(page).waitFor({ state: 'hidden' });
  await eventually(async () => expect(await page.locator('html').getAttribute('data-theme')).toBe('light'));

  await button.click();
  await field(page).fill('zzzz');
  await palette(page).getByText('Nothing found').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'hidden' });
  await eventually(async () => expect(await hasFocus(button)).toBe(true));
});

test('? lists the shortcuts, / goes to the search, n begins a chat, and single keys can be turned off', async () => {
  const { page } = await openScreen('/models');
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Search models' });
  await eventually(async () => expect(await hasFocus(search)).toBe(true));
  // In a field they are letters.
  await page.keyboard.press('n');
  await eventually(async () => expect(await search.inputValue()).toBe('n'));
  await heading(page, 'Models').click();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  await dialog.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await heading(page, 'Models').click();
  await page.keyboard.press('n');
  // Ctrl-K stays.
  await openPalette(page);
  expect(new URL(page.url()).pathname).toBe('/models');
  await field(page).fill('shortcuts');
  await option(page, /^Keyboard shortcuts/).click();
  await dialog.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await heading(page, 'Models').click();
  await page.keyboard.press('n');
  await heading(page, 'Playground').waitFor();
});

test('a visitor finds what is public, on a phone too', async () => {
  const { page } = await site.open(phone);
  await page.goto('/docs');
  await heading(page, 'Use the API').waitFor();
  await page.getByRole('button', { name: 'Find…' }).click();
  await option(page, /^Log in/).waitFor();
  expect(await option(page, /^Settings/).count()).toBe(0);
  expect(await scrollsSideways(page)).toBe(false);
  expect(await accessibilityFaults(page)).toEqual([]);
  await field(page).fill('quickstart');
  await option(page, /^Quickstart/)
    .first()
    .click();
  await heading(page, 'Quickstart').waitFor();
});

test('on a phone, which has no Escape, a button closes the search', async () => {
  const { page } = await site.open(phone);
  await page.goto('/docs');
  await page.getByRole('button', { name: 'Find…' }).click();
  const close = page.getByRole('button', { name: 'Close', exact: true });
  await close.waitFor();
  expect(await page.getByText('Esc', { exact: true }).isVisible()).toBe(false);
  await close.click();
  await close.waitFor({ state: 'hidden' });
});
