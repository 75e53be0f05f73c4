import type { Locator, Page } from 'playwright-core';
import { addPerson, createKey, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { escapesFrom, hasFocus, tabTo } from './keyboard.ts';
import { visit } from './keys-pages.ts';
import { nextFrame } from './next-frame.ts';
import { desktop, phone, type Viewport } from './viewports.ts';

const site = consoleUnderTest();
let person: Person;
let keyId: string;

beforeAll(async () => {
  person = await addPerson(site.runtime());
  ({ id: keyId } = await createKey(site.runtime(), person.token, { name: 'My laptop' }));
});

interface Opening {
  path: () => string;
  /** What is pressed, and gets the focus back. */
  trigger: (page: Page) => Locator;
  opened: (page: Page) => Locator;
  viewport?: Viewport;
}

const named = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const question = (page: Page) => page.getByRole('alertdialog');
const keyPage = () => `/keys/${keyId}`;

const openings: Record<string, Opening> = {
  'the question of a key’s name and plan': { path: keyPage, trigger: named('Edit'), opened: dialog },
  'the question of the grace': { path: keyPage, trigger: named('Rotate'), opened: dialog },
  'the question before a revocation': { path: keyPage, trigger: named('Revoke'), opened: question },
  'the question before an account is deleted': {
    path: () => '/settings',
    trigger: named('Delete account'),
    opened: question,
  },
  'the navigation of a phone': {
    path: () => '/keys',
    trigger: named('Open menu'),
    opened: dialog,
    viewport: phone,
  },
};

test.each(Object.entries(openings))(
  '%s takes the focus, keeps it, and gives it back on Escape',
  async (_name, { path, trigger, opened, viewport = desktop }) => {
    const { page } = await visit(site, person, path(), viewport);
    await tabTo(page, trigger(page));
    await page.keyboard.press('Enter');
    await opened(page).waitFor();
    expect(await escapesFrom(page, opened(page))).toEqual([]);
    await page.keyboard.press('Escape');
    await opened(page).waitFor({ state: 'hidden' });
    await eventually(async () => expect(await hasFocus(trigger(page))).toBe(true));
  },
);

test('a menu is walked by arrows, closes on Escape, and what it opens gives the focus back to it', async () => {
  const { page } = await visit(site, person, '/keys');
  const trigger = named('Actions for My laptop')(page);
  await tabTo(page, trigger);
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await eventually(async () => expect(await hasFocus(trigger)).toBe(true));
  await page.keyboard.press('Enter');
  const rotate = page.getByRole('menuitem', { name: 'Rotate…' });
  for (let presses = 0; presses < 4 && !(await hasFocus(rotate)); presses += 1) {
    await page.keyboard.press('ArrowDown');
    await nextFrame(page);
  }
  expect(await hasFocus(rotate)).toBe(true);
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  expect(await escapesFrom(page, dialog(page))).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  await eventually(async () => expect(await hasFocus(trigger)).toBe(true));
});

test('the account’s menu is reached, chosen from and left without a mouse', async () => {
  const { page } = await visit(site, person, '/keys');
  const trigger = page.getByRole('button', { name: `Account ${person.email}` });
  await tabTo(page, trigger);
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await eventually(async () => expect(await hasFocus(trigger)).toBe(true));
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
});
