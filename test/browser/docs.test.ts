import type { Page } from 'playwright-core';
import { docPages } from '../../web/docs/doc-pages.ts';
import { addPerson, call, createKey, type Person } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

const site = consoleUnderTest();
let person: Person;
let key: string;

beforeAll(async () => {
  person = await addPerson(site.runtime());
  ({ key } = await createKey(site.runtime(), person.token, { name: 'Mine' }));
});

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const pagesOfDocs = (page: Page) => page.getByRole('navigation', { name: 'Docs' });
const isInView = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return top >= 0 && top < window.innerHeight / 2;
  });

test('a visitor reads every page without logging in, and is led to log in and back', async () => {
  const { page } = await site.open();
  await page.goto('/docs');
  await title(page, 'Use the API').waitFor();
  for (const { path, label: labelOf } of docPages.slice(1)) {
    const label = labelOf();
    await pagesOfDocs(page).getByRole('link', { name: label, exact: true }).click();
    await page.waitForURL(`**${path}`);
    await title(page, label).waitFor();
  }
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  // Now within the console.
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Docs' }).waitFor();
  await title(page, 'Compatibility').waitFor();
});

test('the link in an error body leads to its entry, as does the address of a code', async () => {
  const { body: refusal } = await call(site.runtime().edge, '/v1/api-key');
  const { page } = await site.open();
  await page.goto(refusal.error.docs);
  await page.waitForURL('**/docs/api#error-invalid_api_key');
  await page.getByText('Send it as x-api-key').waitFor();
  await page.goto('/docs/errors#quota_exceeded');
  await page.getByText('The requests of a day, week or month are used up').waitFor();
  await eventually(async () => expect(await isInView(page, '#quota_exceeded')).toBe(true));
});

test('a former address of a call leads to it', async () => {
  const { page } = await site.open();
  await page.goto('/docs#listPlans');
  await page.waitForURL('**/docs/api#listPlans');
  await page.getByRole('region', { name: 'Try listPlans' }).waitFor();
});

test('links lead between the pages and to the reference, and back returns', async () => {
  const { page } = await site.open();
  await page.goto('/docs/quickstart');
  await page.getByRole('link', { name: 'model_not_found' }).click();
  await page.waitForURL('**/docs/errors#model_not_found');
  await eventually(async () => expect(await isInView(page, '#model_not_found')).toBe(true));
  await page.goBack();
  await title(page, 'Quickstart').waitFor();
  await page.getByRole('link', { name: 'GET /v1/models' }).click();
  await page.waitForURL('**/docs/api#listModels');
  await page.getByRole('region', { name: 'Try listModels' }).waitFor();
});

test('code has this address and the key in hand, which is only copied', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  await page.goto('/docs/clients');
  await title(page, 'Clients').waitFor();
  const origin = site.runtime().edge;
  const claude = page.locator('figure').filter({ hasText: 'ANTHROPIC_AUTH_TOKEN' });
  await claude.getByText(`ANTHROPIC_BASE_URL=${origin}`).waitFor();
  expect(await claude.innerText()).toContain('ANTHROPIC_AUTH_TOKEN=YOUR_KEY');
  // A key is put in hand without leaving the tab.
  const console = page.getByRole('navigation', { name: 'Console' });
  await console.getByRole('link', { name: 'API reference' }).click();
  await page.getByRole('button', { name: /GET \/v1\/api-key / }).click();
  const form = page.getByRole('region', { name: 'Try getCurrentKey' });
  await form.getByLabel('API key').fill(key);
  await form.getByRole('button', { name: 'Use this key' }).click();
  await form.getByText(`dpk…${key.slice(-4)}`).waitFor();
  await console.getByRole('link', { name: 'Docs' }).click();
  await pagesOfDocs(page).getByRole('link', { name: 'Clients' }).click();
  await title(page, 'Clients').waitFor();
  await claude.getByText(`ANTHROPIC_AUTH_TOKEN=dpk…${key.slice(-4)}`).waitFor();
  expect(await page.content()).not.toContain(key);
  await claude.getByRole('button', { name: /^Copy/ }).click();
  await eventually(async () =>
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `ANTHROPIC_AUTH_TOKEN=${key}`,
    ),
  );
});

test('an example is shown in the language that one chooses', async () => {
  const { page } = await site.open();
  await page.goto('/docs/streaming');
  await title(page, 'Streaming').waitFor();
  await page.getByText('curl -N').first().waitFor();
  await page.getByRole('tab', { name: 'Python' }).first().click();
  await page.getByText('from openai import OpenAI').waitFor();
});

test('a page that is not there says so, and leads on', async () => {
  const { page } = await site.open();
  await page.goto('/docs/no-such-page');
  await title(page, 'Page not found').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).last().click();
  await title(page, 'Use the API').waitFor();
});

test('the pages fit a phone, where their list unfolds', async () => {
  const { page } = await site.open(phone);
  await page.goto('/docs/errors');
  await title(page, 'Errors').waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  // The name and the log-in are in one row, the pages below it.
  const head = page.getByRole('banner');
  await head.locator(':text("Log in"):right-of(:text("Daypass"))').waitFor();
  expect(await head.evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(120);
  await pagesOfDocs(page)
    .getByRole('button', { name: /^Pages/ })
    .click();
  await pagesOfDocs(page).getByRole('link', { name: 'Limits' }).click();
  await title(page, 'Limits').waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  // With code, tables and lists; the largest pages would only take longer.
  expect(await accessibilityFaults(page)).toEqual([]);
});
