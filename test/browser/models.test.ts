import type { Page } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import { scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

const site = consoleUnderTest();

const title = (page: Page) => page.getByRole('heading', { level: 1, name: 'Models' });
const rows = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 });
const row = (page: Page, id: string) => page.locator(`[id="${id}"]`);
const detailOf = async (page: Page, id: string) => {
  await row(page, id).getByRole('button').first().click();
  await row(page, id).getByRole('region', { name: 'An example call' }).waitFor();
  return row(page, id);
};

test('a visitor finds a model by what it must take, and reads what it costs and how it is called', async () => {
  const { page } = await site.open();
  await page.goto('/models');
  await title(page).waitFor();
  await rows(page).first().waitFor();
  const all = await rows(page).count();
  await page.getByRole('button', { name: 'Images', exact: true }).click();
  await eventually(async () => expect(await rows(page).count()).toBeLessThan(all));
  expect(page.url()).toContain('can=images');
  await page.getByRole('searchbox', { name: 'Search models' }).fill('nova-lite');
  await eventually(async () => expect(await rows(page).count()).toBe(1));
  const detail = await detailOf(page, 'nova-lite');
  await detail.getByText('$0.24').last().waitFor();
  await detail.getByText('Every plan').waitFor();
  await detail.getByText(`curl ${site.runtime().edge}/v1/chat/completions`).waitFor();
  await page.getByRole('searchbox', { name: 'Search models' }).fill('no-such-model');
  await page.getByRole('button', { name: 'Show all models' }).click();
  await eventually(async () => expect(await rows(page).count()).toBe(all));
});

test('the cheapest first is the order of prices', async () => {
  const { page } = await site.open();
  await page.goto('/models?order=cheapest');
  await rows(page).first().waitFor();
  const region = page.getByRole('region', { name: 'For chats' });
  const prices = await region.locator('h3').evaluateAll((heads) =>
    heads.map((head) => {
      const [input = 0, output = 0] = [...(head.textContent ?? '').matchAll(/\$([\d.]+)/g)].map(([, price]) =>
        Number(price),
      );
      return (3 * input + output) / 4;
    }),
  );
  expect(prices.length).toBeGreaterThan(3);
  expect(prices).toEqual(prices.toSorted((one, other) => one - other));
});

test('a model is opened in the playground, by a visitor after logging in', async () => {
  const person = await addPerson(site.runtime());
  await createKey(site.runtime(), person.token);
  const { page } = await site.open();
  await page.goto('/models#nova-pro');
  await row(page, 'nova-pro').getByRole('link', { name: 'Open in playground' }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Playground' }).waitFor();
  await page.waitForURL((url) => url.pathname === '/playground' && url.search === '');
  await page.getByText('nova-pro').first().waitFor();
});

test('an address names a model, and the list fits a phone', async () => {
  const person = await addPerson(site.runtime());
  const visitor = await site.open(phone);
  const { page } = visitor;
  await signIn(visitor, person);
  await page.goto('/models#claude-sonnet-5-5');
  await row(page, 'claude-sonnet-5-5').getByRole('region', { name: 'An example call' }).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
});
