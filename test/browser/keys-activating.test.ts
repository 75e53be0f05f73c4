import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { accessibilityFaults } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { closeValue, createButton, nameField, rowOf, shownValue, visit } from './keys-pages.ts';

/** As on AWS, a key is refused for a while after it was made. */
const site = consoleUnderTest({ environment: { DAYPASS_KEY_ACTIVATION_SECONDS: '30' } });
const minuteSeconds = 61;
let person: Person;

beforeEach(async () => {
  person = await addPerson(site.runtime());
});

const chat = async (key: string) =>
  (await call(site.runtime().edge, '/v1/chat/completions', { key, body: chatBody() })).status;

test('a new key is told as activating while calls are refused, and as active by itself', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await nameField(page).fill('Laptop');
  await createButton(page).click();
  const value = await shownValue(page);
  const note = page.getByRole('dialog').getByRole('status').filter({ hasText: /^Acti/ });
  expect(await note.innerText()).toMatch(/^Activating\..*take a minute/);
  expect(await chat(value)).toBe(401);
  await site.moveClock(minuteSeconds);
  await note.getByText('Active.').waitFor();
  expect(await chat(value)).toBe(200);
});

test('the list tells a key as activating, and announces when it is active', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await nameField(page).fill('Laptop');
  await createButton(page).click();
  await shownValue(page);
  await closeValue(page);
  await rowOf(page, 'Laptop').getByText('Activating').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await site.moveClock(minuteSeconds);
  await rowOf(page, 'Laptop').getByText('Active', { exact: true }).waitFor();
  await page.getByRole('status').getByText('Laptop is active now.').waitFor({ state: 'attached' });
});

test('a key’s own page follows it too', async () => {
  const { id } = await createKey(site.runtime(), person.token, { name: 'Laptop' });
  const { page } = await visit(site, person, `/keys/${id}`);
  await page.getByText('Activating', { exact: true }).waitFor();
  await site.moveClock(minuteSeconds);
  await page.getByText('Active', { exact: true }).waitFor();
});
