import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { choose, planCard, rowOf, visit } from './keys-pages.ts';

const site = consoleUnderTest();
let person: Person;
let key: { id: string; key: string };

beforeEach(async () => {
  person = await addPerson(site.runtime());
  key = await createKey(site.runtime(), person.token, { name: 'My laptop' });
});

const chat = async () =>
  (await call(site.runtime().edge, '/v1/chat/completions', { key: key.key, body: chatBody() })).status;

test('a key gets another plan and name, and what it used of the day stays used', async () => {
  expect(await chat()).toBe(200);
  const { page } = await visit(site, person, '/keys');
  await choose(page, 'My laptop', 'Edit…');
  const dialog = page.getByRole('dialog', { name: 'Edit key' });
  await dialog.getByLabel('Name', { exact: true }).fill('Desk');
  await planCard(page, '20-per-day').click();
  await dialog.getByText('Calls with this key may be refused').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Desk is now on 20-per-day').first().waitFor();
  expect(await rowOf(page, 'Desk').innerText()).toMatch(/20-per-day.*1 of 20/s);
  expect(await chat()).toBe(200);
});

test('a plan that another key has can’t be chosen, and the way to that key is beside it', async () => {
  await createKey(site.runtime(), person.token, { name: 'Other', plan: '20-per-day' });
  const { page } = await visit(site, person, `/keys/${key.id}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('20-per-day is in use by Other.').waitFor();
  expect(await planCard(page, '20-per-day').isDisabled()).toBe(true);
  await dialog.getByRole('link', { name: 'Other' }).click();
  await page.getByRole('heading', { level: 1, name: 'Other' }).waitFor();
  await dialog.waitFor({ state: 'hidden' });
});

test('a plan that another key got meanwhile is explained, with the way to that key', async () => {
  const visitor = await visit(site, person, `/keys/${key.id}`);
  const { page } = visitor;
  await page.getByRole('button', { name: 'Edit' }).click();
  await planCard(page, '20-per-day').click();
  await createKey(site.runtime(), person.token, { name: 'Other', plan: '20-per-day' });
  visitor.expectFailure(`PATCH /v1/api-keys/${key.id}`, 409);
  await page.getByRole('button', { name: 'Save' }).click();
  const alert = page.getByRole('alert');
  await alert.getByRole('link', { name: 'Go to Other' }).waitFor();
  await alert.getByRole('button', { name: 'Use 30-per-day instead' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('My laptop is now on 30-per-day').first().waitFor();
});

test('a key that is near the end of its day is warned of, and moves to a larger plan in place', async () => {
  for (let count = 0; count < 8; count += 1) expect(await chat()).toBe(200);
  const { page } = await visit(site, person, '/keys');
  const warning = page.getByRole('status').filter({ hasText: '80% of the day is used' });
  await warning.getByText('My laptop has used 8 of 10 requests.').waitFor();
  await warning.getByRole('link', { name: 'My laptop' }).click();
  await page.getByRole('heading', { level: 1, name: 'My laptop' }).waitFor();
  await warning.getByRole('button', { name: 'Move this key to 20-per-day' }).click();
  await page.getByText('My laptop is now on 20-per-day').first().waitFor();
  await page.getByText('12 requests left').waitFor();
  await warning.waitFor({ state: 'hidden' });
});

test('a day that is used up is told in the list, with the way to go on', async () => {
  for (let count = 0; count < 10; count += 1) expect(await chat()).toBe(200);
  const { page } = await visit(site, person, '/keys');
  const warning = page.getByRole('status').filter({ hasText: 'The day is used up' });
  await warning.getByText('Until then, its calls are refused.').waitFor();
  await warning.getByRole('button', { name: 'Move this key to 20-per-day' }).click();
  await rowOf(page, '10 of 20').waitFor();
  expect(await chat()).toBe(200);
});

test('a name that is none is told beside its field', async () => {
  const { page } = await visit(site, person, `/keys/${key.id}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Name', { exact: true }).fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Must not be empty.').waitFor();
});
