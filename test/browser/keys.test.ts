import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import {
  closeValue,
  copyBy,
  createButton,
  nameField,
  planCard,
  rowOf,
  shownValue,
  visit,
} from './keys-pages.ts';

const site = consoleUnderTest();
let person: Person;

beforeEach(async () => {
  person = await addPerson(site.runtime());
});

const chat = (key: string) => call(site.runtime().edge, '/v1/chat/completions', { key, body: chatBody() });
const listed = async () =>
  (await call(site.runtime().edge, '/v1/api-keys', { token: person.token })).body.data as { name: string }[];

test('somebody new gets a key by mouse, and it works', async () => {
  const { page } = await visit(site, person, '/keys');
  await page.getByRole('heading', { name: 'Your first call in three steps' }).waitFor();
  await page.getByRole('link', { name: 'Create key' }).click();
  await nameField(page).fill('My laptop');
  await planCard(page, '20-per-day').click();
  await createButton(page).click();
  const value = await shownValue(page);
  await copyBy(page, () => page.getByRole('button', { name: 'Copy key', exact: true }).click());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  expect((await chat(value)).status).toBe(200);
  await closeValue(page);
  const row = rowOf(page, 'My laptop');
  await eventually(async () => expect(await row.innerText()).toContain('1 of 20'));
  expect(await row.innerText()).toContain(`…${value.slice(-4)}`);
});

test('a key is made by keyboard alone', async () => {
  const { page } = await visit(site, person, '/keys');
  await tabTo(page, page.getByRole('link', { name: 'Create key' }));
  await page.keyboard.press('Enter');
  await nameField(page).waitFor();
  await tabTo(page, nameField(page));
  await page.keyboard.type('By hand');
  await tabTo(page, planCard(page, '10-per-day'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, page.getByRole('radio', { name: 'Never' }));
  await page.keyboard.press('ArrowRight');
  await tabTo(page, createButton(page));
  await page.keyboard.press('Enter');
  const value = await shownValue(page);
  await tabTo(page, page.getByRole('button', { name: 'Done' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'I’ve saved it' }));
  await page.keyboard.press('Enter');
  const row = rowOf(page, 'By hand');
  await row.waitFor();
  const [plan, expires] = [await row.innerText(), await row.locator('time').innerText()];
  expect(plan).toContain('30-per-day');
  expect(expires).toBe('In 7 days');
  expect((await chat(value)).status).toBe(200);
});

test('a value is shown once: neither Escape, nor a click beside it, nor the back button loses it', async () => {
  const { page } = await visit(site, person, '/keys');
  await page.getByRole('link', { name: 'Create key' }).click();
  await nameField(page).fill('Laptop');
  await createButton(page).click();
  const value = await shownValue(page);
  await page.keyboard.press('Escape');
  await page.getByRole('alert').getByText('Have you saved the key?').waitFor();
  await page.keyboard.press('Enter');
  await page.mouse.click(5, 5);
  await page.goBack();
  await page.getByRole('alert').getByText('Have you saved the key?').waitFor();
  expect(await shownValue(page)).toBe(value);
  await page.getByRole('button', { name: 'Keep this open' }).click();
  expect(await shownValue(page)).toBe(value);
  await closeValue(page);
  await rowOf(page, 'Laptop').getByRole('link', { name: 'Laptop', exact: true }).click();
  await page.getByRole('heading', { name: 'Laptop' }).waitFor();
  const left = await page.evaluate(() =>
    JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }]),
  );
  expect(left).not.toContain(value);
});

test('the form has a name and the focus, so that one press makes a key', async () => {
  const { page } = await visit(site, person, '/keys');
  await page.getByRole('link', { name: 'Create key' }).click();
  await eventually(async () =>
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name'),
  );
  await page.keyboard.press('Enter');
  await shownValue(page);
  expect(await listed()).toMatchObject([{ name: 'My key' }]);
});

test('“Try it in the playground” goes there at once', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await createButton(page).click();
  await shownValue(page);
  await page.getByRole('link', { name: 'Try it in the playground' }).click();
  await page.getByRole('heading', { level: 1, name: 'Playground' }).waitFor();
});

test('after a download, the dialog closes without a question', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await createButton(page).click();
  await shownValue(page);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download .env' }).click();
  await coming;
  await page.getByRole('button', { name: 'Done' }).click();
  await rowOf(page, 'My key').waitFor();
});

test('two clicks make one key', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await nameField(page).fill('Once');
  await createButton(page).evaluate((button: HTMLButtonElement) => {
    // Also where the second comes before the button can be told to wait.
    button.form?.requestSubmit();
    button.form?.requestSubmit();
  });
  await shownValue(page);
  expect(await listed()).toMatchObject([{ name: 'Once' }]);
});

test('the downloaded file gives both SDKs the key and this origin', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await nameField(page).fill('Laptop');
  await createButton(page).click();
  const value = await shownValue(page);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download .env' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('daypass.env');
  expect(parseEnv(await readFile(await download.path(), 'utf8'))).toEqual({
    OPENAI_API_KEY: value,
    OPENAI_BASE_URL: `${site.runtime().edge}/v1`,
    ANTHROPIC_API_KEY: value,
    ANTHROPIC_BASE_URL: site.runtime().edge,
  });
});

test.each([
  ['Node', 'Node'],
  ['OpenAI SDK', 'OpenAI SDK for Node'],
])('the snippet under %s runs as it was copied', async (tab, snippet) => {
  const { page } = await visit(site, person, '/keys/new');
  await nameField(page).fill('Laptop');
  await createButton(page).click();
  await shownValue(page);
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await copyBy(page, () => page.getByRole('button', { name: `Copy ${snippet}`, exact: true }).click());
  const { stdout } = await run(page);
  expect(stdout).toMatch(/\w/);
});

/** As a file of this project, so that it finds the SDK. */
async function run(page: Page): Promise<{ stdout: string }> {
  const code = await page.evaluate(() => navigator.clipboard.readText());
  return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: resolve(import.meta.dirname, '../..'),
  });
}

test('a name that is markup is shown as it is, wherever it stands', async () => {
  const name = '<img src=x onerror="scriptRan()"><script>scriptRan()</script>';
  await createKey(site.runtime(), person.token, { name });
  const { page } = await visit(site, person, '/keys');
  await rowOf(page, name).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  expect(await page.title()).toContain(name);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByLabel(`Type ${name} to confirm`).fill(name);
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await page.getByText(`${name} is revoked`).first().waitFor();
});

test('the checklist follows what has been done', async () => {
  const { page } = await visit(site, person, '/keys');
  const step = page.getByRole('listitem').and(page.locator('[aria-current=step]'));
  await step.getByRole('heading', { name: 'Create a key' }).waitFor();
  await page.getByText(`${site.runtime().edge}/v1`, { exact: true }).waitFor();
  const { key } = await createKey(site.runtime(), person.token);
  await page.reload();
  await step.getByRole('heading', { name: 'Make the first call' }).waitFor();
  await copyBy(page, () => page.getByRole('button', { name: 'Copy base URL for OpenAI' }).click());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${site.runtime().edge}/v1`);
  expect((await chat(key)).status).toBe(200);
  await page.reload();
  await step.getByRole('link', { name: 'Open Activity' }).click();
  await page.getByRole('list', { name: 'Calls' }).waitFor();
  await page.goBack();
  await rowOf(page, '1 of 10').waitFor();
  await page.getByText('Your first call in three steps').waitFor({ state: 'hidden' });
});

const namesShown = (page: Page) =>
  page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.children[0]?.textContent ?? ''));
const keysOnEveryPlan = () =>
  Promise.all(
    ['Laptop', 'Report', 'Desk'].map((name, at) =>
      createKey(site.runtime(), person.token, { name, plan: `${at + 1}0-per-day` }),
    ),
  );

test('keys are found by name and plan, and what was chosen stays in the address', async () => {
  await keysOnEveryPlan();
  const { page } = await visit(site, person, '/keys?plan=30-per-day');
  await eventually(async () => expect(await namesShown(page)).toEqual([expect.stringContaining('Desk')]));
  await page.getByRole('searchbox', { name: 'Search' }).fill('rep');
  await page.getByText('No keys match').waitFor();
  await page.getByRole('button', { name: 'Show all keys' }).click();
  await eventually(async () => expect(await namesShown(page)).toHaveLength(3));
  await page.getByRole('searchbox', { name: 'Search' }).fill('REP');
  await eventually(async () => expect(await namesShown(page)).toEqual([expect.stringContaining('Report')]));
  expect(new URL(page.url()).searchParams.get('search')).toBe('REP');
});

test('keys that have ended are found by their status, and hidden by a switch', async () => {
  const [laptop] = await keysOnEveryPlan();
  await call(site.runtime().edge, `/v1/api-keys/${laptop?.id}`, { method: 'DELETE', token: person.token });
  const { page } = await visit(site, person, '/keys');
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Revoked' }).click();
  await eventually(async () => expect(await namesShown(page)).toEqual([expect.stringContaining('Laptop')]));
  await page.goto('/keys');
  await page.getByRole('switch', { name: 'Hide revoked and expired' }).click();
  await eventually(async () => expect(await namesShown(page)).toHaveLength(2));
});

test('a key is taken to the playground, whichever is the newest', async () => {
  await createKey(site.runtime(), person.token, { name: 'Laptop', plan: '10-per-day' });
  await createKey(site.runtime(), person.token, { name: 'Report', plan: '20-per-day' });
  const { page } = await visit(site, person, '/keys');
  await page.getByRole('link', { name: 'Open Laptop in the playground' }).click();
  await page.getByRole('heading', { level: 1, name: 'Playground' }).waitFor();
  await page.getByRole('main').getByText('Laptop', { exact: true }).first().waitFor();
  expect(await page.getByRole('main').getByText('Report', { exact: true }).count()).toBe(0);
});

test('keys past the first page come when they are asked for, and those that work stand first', async () => {
  const rounds = Array.from({ length: 13 }, (_, round) => round);
  const oldest = await createKey(site.runtime(), person.token, { name: 'Oldest', plan: '10-per-day' });
  await Promise.all(
    ['20-per-day', '30-per-day'].map(async (plan) => {
      for (const round of [...rounds, ...rounds]) {
        const { id } = await createKey(site.runtime(), person.token, { name: `Old ${round}`, plan });
        await call(site.runtime().edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
      }
    }),
  );
  const { page } = await visit(site, person, '/keys');
  // So many that have ended are hidden, and those that work are found however old they are.
  await page.getByText('Showing 1 of 53 keys.').waitFor();
  await rowOf(page, 'Oldest').waitFor();
  await page.getByRole('switch', { name: 'Hide revoked and expired' }).click();
  await page.getByText('Showing all 53 keys.').waitFor();
  await page.goto('/keys?ended=shown');
  await page.getByText('Showing the newest 50 keys.').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('Showing all 53 keys.').waitFor();
  await eventually(async () =>
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Showing all 53 keys.'),
  );
  expect(
    await page
      .getByRole('row')
      .nth(1)
      .getByRole('link', { name: 'Oldest', exact: true })
      .getAttribute('href'),
  ).toBe(`/keys/${oldest.id}`);
  // API Gateway makes and deletes five keys a second.
}, 180_000);
