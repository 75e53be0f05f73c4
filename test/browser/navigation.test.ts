import type { Page } from 'playwright-core';
import { addPerson, createKey, type Person } from '../e2e/client.ts';
import { screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { hasFocus } from './keyboard.ts';
import { choose, rowOf, visit } from './keys-pages.ts';
import { savesData } from './saves-data.ts';
import { signIn } from './sign-in.ts';

const site = consoleUnderTest();
let person: Person;

beforeEach(async () => {
  person = await addPerson(site.runtime());
  await createKey(site.runtime(), person.token, { name: 'My laptop' });
});

const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name });

test('back and forward lead through the screens, and each begins at its heading', async () => {
  const { page } = await visit(site, person, '/keys');
  for (const name of ['Usage', 'Settings', 'API reference']) {
    await section(page, name).click();
    await eventually(async () => expect(await hasFocus(screen(page, name))).toBe(true));
  }
  for (const name of ['Settings', 'Usage', 'API keys']) {
    await page.goBack();
    await eventually(async () => expect(await hasFocus(screen(page, name))).toBe(true));
  }
  await page.goForward();
  await eventually(async () => expect(await hasFocus(screen(page, 'Usage'))).toBe(true));
});

test('back from a dialog leaves it and the page it stands on', async () => {
  const { page } = await visit(site, person, '/keys');
  await section(page, 'Usage').click();
  // A page that one leaves before it is there is not gone back to.
  await screen(page, 'Usage').waitFor();
  await section(page, 'API keys').click();
  await choose(page, 'My laptop', 'Rotate…');
  await page.getByRole('dialog').waitFor();
  await page.goBack();
  await screen(page, 'Usage').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('what is changed in one tab is seen in the other when one comes back to it', async () => {
  const visitor = await site.openAlone();
  const { page, context } = visitor;
  await signIn(visitor, person);
  await page.goto('/keys');
  await rowOf(page, 'My laptop').waitFor();
  const other = await context.newPage();
  await other.goto('/keys');
  await choose(other, 'My laptop', 'Edit…');
  await other.getByLabel('Name', { exact: true }).fill('My desk');
  await other.getByRole('button', { name: 'Save' }).click();
  await rowOf(other, 'My desk').waitFor();
  // A tab that was away for a while asks anew when it is looked at again, which headless browsers don't tell it.
  await page.clock.install();
  await page.clock.fastForward('01:00');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await rowOf(page, 'My desk').waitFor();
});

test('a screen that was asked for offline says so, leads back, and comes by itself with the connection', async () => {
  const visitor = await site.openAlone();
  const { page } = visitor;
  await savesData(page);
  await signIn(visitor, person);
  await page.goto('/keys');
  await rowOf(page, 'My laptop').waitFor();
  visitor.expectFailure('GET /v1/api-keys', 'no answer');
  await visitor.goOffline();
  await section(page, 'Usage').click();
  await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
  expect(await page.getByRole('button', { name: 'Reload' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Go to your keys' }).click();
  await rowOf(page, 'My laptop').waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
  await visitor.goOnline();
  await screen(page, 'Usage').waitFor();
});
