import { addPerson } from '../e2e/client.ts';
import { button, logIn, screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';

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
