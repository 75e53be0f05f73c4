import { addPerson } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { button, logIn, screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { phone } from './viewports.ts';

const site = consoleUnderTest();

test('the page is there while its scripts are not', async () => {
  const { page } = await site.open();
  await page.route(/\.js$/, () => {});
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('row', { name: /nova-lite/ }).waitFor();
  await page.getByRole('link', { name: 'Create an account' }).waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('its call has this origin, can be copied, and its status line says that the API answers', async () => {
  const { page } = await site.open();
  await page.goto('/');
  await page.getByText('The API answers').waitFor();
  await button(page, 'Copy').click();
  await button(page, 'Copied').waitFor();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toContain(`base_url="${new URL(page.url()).origin}/v1"`);
  expect(code.split('\n')).toHaveLength(4);
});

test('a German browser gets it in German, and who chooses the other language keeps it, in the console too', async () => {
  const { page } = await site.open({ ...phone, locale: 'de-AT' });
  await page.goto('/');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByText('Die API antwortet').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL('**/en');
  await page.getByRole('link', { name: 'Log in' }).first().click();
  await screen(page, 'Log in').waitFor();
  await page.goto('/');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('link', { name: 'Deutsch' }).waitFor();
});

test('a copy of it in another language is never taken for fresh', async () => {
  const { edge } = site.runtime();
  const english = await fetch(`${edge}/`, { headers: { 'accept-language': 'en' } });
  const etag = english.headers.get('etag') ?? '';
  expect([english.headers.get('cache-control'), etag]).toEqual(['no-cache', expect.stringMatching(/"/)]);
  const asked = (language: string) =>
    fetch(`${edge}/`, { headers: { 'accept-language': language, 'if-none-match': etag } });
  expect((await asked('en')).status).toBe(304);
  const german = await asked('de');
  expect(german.status).toBe(200);
  expect(await german.text()).toContain('<html lang="de">');
});

test('whoever is logged in gets the console at /, and the landing page again once logged out', async () => {
  const person = await addPerson(site.runtime());
  const { page } = await site.open();
  await page.goto('/');
  await page.getByRole('link', { name: 'Log in' }).first().click();
  await screen(page, 'Log in').waitFor();
  await logIn(page, person);
  await screen(page, 'API keys').waitFor();
  const served = page.waitForResponse((response) => new URL(response.url()).pathname === '/');
  await page.goto('/');
  expect(await (await served).text()).toContain('id="root"');
  await screen(page, 'API keys').waitFor();
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await screen(page, 'Log in').waitFor();
  await page.goto('/');
  await page.getByRole('heading', { name: 'Plans' }).waitFor();
});
