import type { Locator } from 'playwright-core';
import { addPerson, call, createKey, type Person } from '../e2e/client.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { accessibilityFaults } from './accessibility.ts';
import { screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { hasFocus } from './keyboard.ts';
import { signIn } from './sign-in.ts';
import { desktop, phone } from './viewports.ts';

const site = consoleUnderTest();
let person: Person;

beforeAll(async () => {
  person = await addPerson(site.runtime());
  await createKey(site.runtime(), person.token, { name: 'Laptop' });
});

test('a German browser reads German from the log-in to the playground', async () => {
  const { page } = await site.open({ ...phone, locale: 'de-AT' });
  await page.goto('/sign-in?next=%2Fplayground');
  await screen(page, 'Anmelden').waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('E-\u2060Mail-Adresse').fill(person.email);
  await page.getByLabel('Passwort', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.getByRole('textbox', { name: 'Ihre Frage' }).waitFor();
  await eventually(async () => expect(await page.title()).toMatch(/^Playground · /));
});

test('who chooses a language reads it at once, keeps the focus, and finds it again', async () => {
  const { page } = await site.open(desktop);
  await page.goto('/sign-in');
  await screen(page, 'Log in').waitFor();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await screen(page, 'Anmelden').waitFor();
  await page.getByRole('button', { name: 'English' }).waitFor();
  await page.reload();
  await screen(page, 'Anmelden').waitFor();
  const landing = await page.request.get(new URL('/', page.url()).href);
  expect(await landing.text()).toContain('<html lang="de">');
  await page.getByLabel('E-\u2060Mail-Adresse').fill(person.email);
  await page.getByLabel('Passwort', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await screen(page, 'API-Schlüssel').waitFor();
  await page.goto('/settings');
  await screen(page, 'Einstellungen').waitFor();
  await page.getByRole('radio', { name: 'English' }).click();
  await screen(page, 'Settings').waitFor();
  const english = page.getByRole('radio', { name: 'English', checked: true });
  await eventually(async () => expect(await hasFocus(english)).toBe(true));
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
});

test('in German, a user’s page shows an admin every button whole on a phone', async () => {
  const visitor = await site.open({ ...phone, locale: 'de-DE' });
  const { page } = visitor;
  await signIn(visitor, await makeAdmin(site.runtime(), await addPerson(site.runtime())));
  const { body } = await call(site.runtime().edge, '/v1/me', { token: person.token });
  await page.goto(`/admin/users/${body.id}`);
  await page.getByRole('button', { name: 'Laptop widerrufen' }).waitFor();
  expect(await cutOff(page.getByRole('main').getByRole('button'))).toEqual([]);
});

/** Names of those that what is around them ends before. */
const cutOff = (buttons: Locator): Promise<string[]> =>
  buttons.evaluateAll((all) => {
    const isCut = (button: Element, around: Element | null): boolean =>
      around !== null &&
      ((getComputedStyle(around).overflowX !== 'visible' &&
        button.getBoundingClientRect().right > around.getBoundingClientRect().right) ||
        isCut(button, around.parentElement));
    return all.filter((button) => isCut(button, button.parentElement)).map(({ textContent }) => textContent);
  });

const languageOf = (text: Locator) =>
  text.evaluate((element) => element.closest('[lang]')?.getAttribute('lang'));

test('in German, docs and reference say that their text is English, which screen readers are told', async () => {
  const { page } = await site.open({ ...desktop, locale: 'de-DE' });
  await page.goto('/docs/limits');
  const note = page.getByText('Diese Seiten gibt es nur auf Englisch.');
  expect(await languageOf(note)).toBe('de');
  const article = page.getByRole('article');
  expect(await languageOf(screen(page, 'Limits'))).toBe('en');
  expect(await languageOf(article.getByRole('table').first())).toBe('en');
  expect(await languageOf(article.getByRole('button', { name: /kopieren/ }).first())).toBe('de');
  expect(await languageOf(article.getByRole('navigation', { name: 'Nächste Seite' }))).toBe('de');

  await page.goto('/docs/api#createApiKey');
  expect(await languageOf(page.getByText('Die Beschreibungen gibt es nur auf Englisch.'))).toBe('de');
  const call = page.locator('#createApiKey');
  expect(await languageOf(call.getByRole('heading').first().locator('[lang]'))).toBe('en');
  expect(await languageOf(call.getByText('optional', { exact: true }).first())).toBe('de');

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('rotate api-keys');
  expect(await languageOf(page.getByRole('option', { name: /rotate/ }).first())).toBe('en');
});
