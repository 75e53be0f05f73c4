import type { Page } from 'playwright-core';
import { addPerson, call, chatBody, createKey, newEmail, type Person } from '../e2e/client.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import { button, screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { endSessions } from './end-sessions.ts';
import { tabTo } from './keyboard.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';

const site = consoleUnderTest();
let admin: Person;
let person: Person;
let key: { id: string; key: string };

beforeAll(async () => {
  admin = await makeAdmin(site.runtime(), await addPerson(site.runtime()));
}, 60_000);

beforeEach(async () => {
  person = await addPerson(site.runtime());
  key = await createKey(site.runtime(), person.token, { name: 'My laptop' });
});

async function open(path: string, who = admin) {
  const visitor = await site.open();
  await signIn(visitor, who);
  await visitor.page.goto(path);
  await settled(visitor.page);
  return visitor;
}

const chat = async () =>
  (await call(site.runtime().edge, '/v1/chat/completions', { key: key.key, body: chatBody() })).status;

async function openUser(who = person): Promise<Page> {
  const { page } = await open('/admin/users');
  await page.getByLabel('E-mail address begins with').fill(who.email);
  await button(page, 'Search').click();
  await page.getByRole('link', { name: who.email }).click();
  await screen(page, who.email).waitFor();
  await settled(page);
  return page;
}

test('admins find the area in the navigation; for everyone else it isn’t there, and says so at its address', async () => {
  const { page } = await open('/keys');
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await screen(page, 'Users').waitFor();
  const other = await open('/admin/users', person);
  await other.page.getByText('This area is for admins').waitFor();
  expect(await other.page.getByRole('link', { name: 'Users', exact: true }).count()).toBe(0);
});

test('a user is suspended and resumed, and the keys follow', async () => {
  expect(await chat()).toBe(200);
  const page = await openUser();
  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
  expect(await chat()).toBe(401);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
  expect(await chat()).toBe(200);
  await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
  await page.getByRole('list', { name: 'Events' }).getByText('User resumed').waitFor();
});

test('the plans and limits of a user are changed', async () => {
  const page = await openUser();
  await button(page, 'Change plans').click();
  const plans = page.getByRole('dialog', { name: 'Plans this user may pick' });
  await plans.getByRole('radio', { name: 'These plans' }).click();
  await plans.getByRole('checkbox', { name: '20-per-day' }).click();
  await plans.getByRole('button', { name: 'Save' }).click();
  await plans.waitFor({ state: 'detached' });
  await page.getByText('20-per-day', { exact: true }).waitFor();
  await button(page, 'Change limits').click();
  const limits = page.getByRole('dialog', { name: 'Limits of this user' });
  await limits.getByLabel('Requests a day', { exact: true }).fill('7');
  await limits.getByRole('button', { name: 'Save' }).click();
  await page.getByText('0 of 7 requests used this day').waitFor();
  const { body } = await call(site.runtime().edge, '/v1/me', { token: person.token });
  expect(body.plans).toEqual(['20-per-day']);
});

test('a key is revoked from its user’s page, by keyboard', async () => {
  const page = await openUser();
  await tabTo(page, page.getByRole('button', { name: 'Revoke My laptop' }));
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').getByRole('textbox').fill('My laptop');
  await page.keyboard.press('Enter');
  await page.getByText('My laptop is revoked').first().waitFor();
  await page.getByText('Revoked', { exact: true }).filter({ visible: true }).waitFor();
  expect(await chat()).toBe(401);
});

test('a user is deleted once the address is typed', async () => {
  const page = await openUser();
  await button(page, 'Delete').click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete this user?' });
  await dialog.getByRole('textbox').fill(person.email);
  await dialog.getByRole('button', { name: 'Delete user' }).click();
  await screen(page, 'Users').waitFor();
  expect(await chat()).toBe(401);
});

test('someone is invited until a day, and their page opens', async () => {
  const { page } = await open('/admin/users');
  const email = newEmail();
  await button(page, 'Invite user').click();
  await page.getByRole('dialog').getByLabel('E-mail address').fill(email);
  await page.getByRole('dialog').getByLabel('First day without the account (UTC)').fill('2099-01-31');
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
  await screen(page, email).waitFor();
  await page.getByText('Invited', { exact: true }).waitFor();
  await page.getByText('2099').first().waitFor();
  await page.getByText('This user has no keys.').waitFor();
});

test('a key is found by its user, and usage and the trail lead to the user too', async () => {
  expect(await chat()).toBe(200);
  const { page } = await open(`/admin/keys?search=${encodeURIComponent(person.email)}`);
  await page
    .getByRole('row')
    .filter({ hasText: 'My laptop' })
    .getByRole('link', { name: person.email })
    .waitFor();
  await page.goto(`/admin/usage?email=${encodeURIComponent(person.email)}`);
  await page.getByRole('row').filter({ hasText: person.email }).getByText('$0.0', { exact: false }).waitFor();
  await page.getByRole('link', { name: person.email }).click();
  await screen(page, person.email).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Audit trail' }).click();
  await screen(page, 'Audit trail').waitFor();
  await page.getByRole('list', { name: 'Events' }).getByRole('button').first().click();
  await page.getByText(key.id).first().waitFor();
  const download = page.waitForEvent('download');
  await button(page, 'Download CSV').click();
  expect((await download).suggestedFilename()).toBe('daypass-audit.csv');
});

test('health tells what is used of the ceiling, and in what state the alarms are', async () => {
  const { page } = await open('/admin/health');
  await page.getByText('of $50.00').waitFor();
  await page.getByRole('heading', { name: 'Reconciler' }).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'A repair needs an operator' })
    // It is OK once a period without such a line has passed.
    .getByText(/^(No data|OK)$/)
    .waitFor();
});

test('when the session has ended meanwhile, one logs in again and goes on', async () => {
  const other = await makeAdmin(site.runtime(), await addPerson(site.runtime()));
  const visitor = await open('/admin/users', other);
  const { page } = visitor;
  await endSessions(visitor, site.runtime(), other);
  visitor.expectFailure('GET /v1/admin/users', 401);
  await page.getByLabel('E-mail address begins with').fill(person.email);
  await button(page, 'Search').click();
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.getByRole('textbox', { name: 'Password' }).fill(other.password);
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('link', { name: person.email }).waitFor();
});
