import { addPerson, call, createKey, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { endSessions } from './end-sessions.ts';
import { eventually } from './eventually.ts';
import { createButton, nameField, planCard, rowOf, shownValue, visit } from './keys-pages.ts';
import { signIn } from './sign-in.ts';

const site = consoleUnderTest();
let person: Person;

beforeEach(async () => {
  person = await addPerson(site.runtime());
});

const focusedName = (page: { evaluate<T>(work: () => T): Promise<T> }) =>
  page.evaluate(() => document.activeElement?.getAttribute('name'));

test('what is typed wrong is told beside each field, and the first of them gets the focus', async () => {
  const { page } = await visit(site, person, '/keys/new');
  await page.getByRole('radio', { name: 'On a date' }).click();
  await page.getByRole('button', { name: /^Limits/ }).click();
  await page.getByLabel('Tokens a day').fill('many');
  await page.getByLabel('Allowed hosts').fill('https://app.example.com');
  await nameField(page).fill('');
  await createButton(page).click();
  await page.getByText('Must not be empty.').waitFor();
  await eventually(async () => expect(await focusedName(page)).toBe('name'));
  const faulty = page.locator('[aria-invalid="true"]:not([role])');
  const labels = await faulty.evaluateAll((fields) => fields.map((field) => field.getAttribute('name')));
  expect(labels).toEqual(['name', 'expiryDay', 'limits.tokensPerDay', 'allowedHosts']);
});

test('a fault among the advanced fields opens them', async () => {
  const { page } = await visit(site, person, '/keys/new');
  const advanced = page.getByRole('button', { name: /^Limits/ });
  await nameField(page).fill('Laptop');
  await advanced.click();
  await page.getByLabel('Requests a day', { exact: true }).fill('11');
  await advanced.click();
  await page.getByLabel('Requests a day', { exact: true }).waitFor({ state: 'hidden' });
  await createButton(page).click();
  await page.getByText('Must be at most 10, as the plan allows.').waitFor();
  await eventually(async () => expect(await focusedName(page)).toBe('limits.requestsPerDay'));
});

test('a plan that is taken can’t be chosen, and the key that has it is named', async () => {
  await createKey(site.runtime(), person.token, { name: 'First' });
  const { page } = await visit(site, person, '/keys/new');
  await eventually(async () => expect(await planCard(page, '20-per-day').isChecked()).toBe(true));
  expect(await planCard(page, '10-per-day').isDisabled()).toBe(true);
  await page.getByText('10-per-day is in use by First.').waitFor();
  await page.getByRole('link', { name: 'First' }).click();
  await page.getByRole('heading', { level: 1, name: 'First' }).waitFor();
});

test('a 409 tells which key has the plan, and another plan is one click away', async () => {
  const visitor = await visit(site, person, '/keys/new');
  const { page } = visitor;
  await nameField(page).fill('Second');
  await createKey(site.runtime(), person.token, { name: 'Made meanwhile' });
  visitor.expectFailure('POST /v1/api-keys', 409);
  await createButton(page).click();
  const alert = page.getByRole('alert');
  await alert.getByText('You already have a key on 10-per-day').waitFor();
  await alert.getByRole('link', { name: 'Go to Made meanwhile' }).waitFor();
  await alert.getByRole('button', { name: 'Use 20-per-day instead' }).click();
  await createButton(page).click();
  await shownValue(page);
});

test('when API Gateway has no room the wait is told, and trying again makes one key', async () => {
  const visitor = await visit(site, person, '/keys/new');
  const { page } = visitor;
  await site.setFaults([{ service: 'apigateway', operation: 'CreateApiKey', kind: 'throttle' }]);
  visitor.expectFailure('POST /v1/api-keys', 503);
  await nameField(page).fill('Laptop');
  // Looked for from before the click, since the wait may be over soon after the answer.
  const told = page.getByRole('button', { name: /^Try again in \d+ s$/ }).waitFor();
  await createButton(page).click();
  await told;
  await page.getByRole('alert').waitFor();
  await site.setFaults([]);
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await shownValue(page);
});

test('when the answer is lost, trying again gives the key that was made', async () => {
  const visitor = await visit(site, person, '/keys/new');
  const { page } = visitor;
  let lost = 0;
  await page.route('**/v1/api-keys', async (route) => {
    if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  visitor.expectFailure('POST /v1/api-keys', 'no answer');
  await nameField(page).fill('Laptop');
  await createButton(page).click();
  await page
    .getByRole('alert')
    .getByText(/won’t create a second key/)
    .waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  const value = await shownValue(page);
  const { body } = await call(site.runtime().edge, '/v1/api-keys', { token: person.token });
  expect(body.data).toMatchObject([{ name: 'Laptop', last4: value.slice(-4) }]);
});

test('a list that can’t be loaded says so, and comes when one tries again', async () => {
  await createKey(site.runtime(), person.token, { name: 'Laptop' });
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  await page.route('**/v1/api-keys?*', (route) => route.abort('connectionreset'));
  visitor.expectFailure('GET /v1/api-keys', 'no answer');
  await page.goto('/keys');
  await page.getByRole('alert').getByText('Your keys could not be loaded').waitFor();
  await page.unroute('**/v1/api-keys?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await rowOf(page, 'Laptop').waitFor();
});

test('offline, what was typed stays, and the key is made once the connection is back', async () => {
  const visitor = await visit(site, person, '/keys/new');
  const { page } = visitor;
  await nameField(page).fill('Laptop');
  await visitor.goOffline();
  visitor.expectFailure('POST /v1/api-keys', 'no answer');
  await createButton(page).click();
  await page.getByRole('alert').waitFor();
  await visitor.goOnline();
  await page.getByRole('button', { name: 'Try again' }).click();
  await shownValue(page);
});

test('a session that ended while one typed is asked for again, and the key is made', async () => {
  const visitor = await visit(site, person, '/keys/new');
  const { page } = visitor;
  await nameField(page).fill('Laptop');
  await endSessions(visitor, site.runtime(), person);
  visitor.expectFailure('POST /v1/api-keys', 401);
  await createButton(page).click();
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.getByLabel('Password', { exact: true }).fill(person.password);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await shownValue(page);
});

test('a key that isn’t there is told as such, with the way back to those that are', async () => {
  const visitor = await visit(site, person, '/keys');
  visitor.expectFailure('GET /v1/api-keys/key_none', 404);
  await visitor.page.goto('/keys/key_none');
  await visitor.page.getByText('Key not found').waitFor();
  await visitor.page.getByRole('main').getByRole('link', { name: 'All keys' }).last().click();
  await visitor.page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
});
