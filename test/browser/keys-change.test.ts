import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { choose, closeValue, rowOf, shownValue, visit } from './keys-pages.ts';

const site = consoleUnderTest();
let person: Person;
let key: { id: string; key: string };

beforeEach(async () => {
  person = await addPerson(site.runtime());
  key = await createKey(site.runtime(), person.token, { name: 'My laptop' });
});

const statusOf = async (value: string) =>
  (await call(site.runtime().edge, '/v1/chat/completions', { key: value, body: chatBody() })).status;

test('a key is rotated with a grace: both values work as one key, and its page tells until when', async () => {
  const { page } = await visit(site, person, '/keys');
  await choose(page, 'My laptop', 'Rotate…');
  const dialog = page.getByRole('dialog', { name: 'Rotate key' });
  await dialog.getByRole('radio', { name: 'Other' }).click();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await dialog.getByText('Must be a whole number of hours, at most 168.').waitFor();
  await dialog.getByLabel('Hours', { exact: true }).fill('2');
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  const value = await shownValue(page);
  await page.getByText(`The old secret …${key.key.slice(-4)} works until`).waitFor();
  expect([await statusOf(key.key), await statusOf(value)]).toEqual([200, 200]);
  await closeValue(page);
  await rowOf(page, 'My laptop').getByRole('link', { name: 'My laptop', exact: true }).click();
  await page.getByText(/The previous secret works until .*\(in \d hour.*\)/).waitFor();
  await page.getByText('8 requests left').waitFor();
  const keyPage = page.url();
  // A page that looks again by itself would do so with the token that the clock has ended.
  await page.goto('about:blank');
  await site.moveClock(2 * 3600 + 5);
  await page.goto(keyPage);
  await page.getByRole('heading', { level: 1, name: 'My laptop' }).waitFor();
  expect(await page.getByText(/The previous secret/).count()).toBe(0);
  expect([await statusOf(key.key), await statusOf(value)]).toEqual([401, 200]);
}, 180_000);

test('a key rotated without a grace loses its old value at once', async () => {
  const { page } = await visit(site, person, `/keys/${key.id}`);
  await page.getByRole('button', { name: 'Rotate' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate key' });
  await dialog.getByRole('radio', { name: 'None' }).click();
  await dialog.getByText('The old secret stops working at once').waitFor();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  const value = await shownValue(page);
  await page.getByText('has stopped working').waitFor();
  expect([await statusOf(key.key), await statusOf(value)]).toEqual([401, 200]);
});

test('two clicks rotate once', async () => {
  const { page } = await visit(site, person, `/keys/${key.id}`);
  await page.getByRole('button', { name: 'Rotate' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Rotate' })
    .evaluate((button: HTMLButtonElement) => {
      button.form?.requestSubmit();
      button.form?.requestSubmit();
    });
  const value = await shownValue(page);
  expect([await statusOf(key.key), await statusOf(value)]).toEqual([200, 200]);
});

test('a key that ended meanwhile is not rotated, and the dialog says why', async () => {
  const visitor = await visit(site, person, `/keys/${key.id}`);
  const { page } = visitor;
  await page.getByRole('button', { name: 'Rotate' }).click();
  await call(site.runtime().edge, `/v1/api-keys/${key.id}`, { method: 'DELETE', token: person.token });
  visitor.expectFailure(`POST /v1/api-keys/${key.id}/rotate`, 409);
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await page
    .getByRole('alert')
    .getByText(/revoked or expired/)
    .waitFor();
});

test('a key is revoked only when its name was typed, and then no call with it succeeds', async () => {
  const { page } = await visit(site, person, '/keys');
  await choose(page, 'My laptop', 'Revoke…');
  const dialog = page.getByRole('alertdialog', { name: 'Revoke this key?' });
  const revoke = dialog.getByRole('button', { name: 'Revoke key' });
  await dialog.getByLabel('Type My laptop to confirm').fill('my laptop');
  expect(await revoke.isDisabled()).toBe(true);
  await page.keyboard.press('Enter');
  expect(await statusOf(key.key)).toBe(200);
  await dialog.getByLabel('Type My laptop to confirm').fill('My laptop');
  await revoke.click();
  await page.getByText('Calls with it now fail.').first().waitFor();
  expect(await statusOf(key.key)).toBe(401);
  await rowOf(page, 'My laptop').getByText('Revoked').waitFor();
  // Its last use stays, as on its page.
  expect(await rowOf(page, 'My laptop').locator('time').count()).toBe(1);
  await page.getByRole('button', { name: 'Actions for My laptop' }).click();
  await page.getByRole('menuitem', { name: 'Details and snippets' }).waitFor();
  expect(await page.getByRole('menuitem').count()).toBe(1);
});

test('a revocation that failed is told where one asked for it, and can be tried again', async () => {
  const visitor = await visit(site, person, `/keys/${key.id}`);
  const { page } = visitor;
  await page.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Type My laptop to confirm').fill('My laptop');
  await site.setFaults([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error' }]);
  visitor.expectFailure(`DELETE /v1/api-keys/${key.id}`, 503);
  await dialog.getByRole('button', { name: 'Revoke key' }).click();
  await dialog.getByRole('alert').waitFor();
  await site.setFaults([]);
  await dialog.getByRole('button', { name: 'Revoke key' }).click();
  await page.getByText('This key no longer works').waitFor();
});
