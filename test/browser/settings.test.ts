import type { Page } from 'playwright-core';
import { addPerson, call, createKey, newPassword, type Person } from '../e2e/client.ts';
import { scrollsSideways } from './accessibility.ts';
import { button, logIn, newPasswordField, screen } from './account-pages.ts';
import type { ConsolePage, PageOptions } from './console-page.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { endSessions } from './end-sessions.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

const site = consoleUnderTest();
let person: Person;

beforeEach(async () => {
  person = await addPerson(site.runtime());
});

const currentPassword = (page: Page) => page.getByLabel('Current password', { exact: true });
const profile = (page: Page) => page.getByRole('region', { name: 'Profile' });
const statusOfLogin = async (password: string) => {
  const body = { email: person.email, password };
  return (await call(site.runtime().edge, '/v1/login', { body })).status;
};

async function openSettings(options?: PageOptions): Promise<ConsolePage> {
  const visitor = await site.open(options);
  await signIn(visitor, person);
  await visitor.page.goto('/settings');
  await profile(visitor.page).getByText(person.email).waitFor();
  return visitor;
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await currentPassword(page).fill(current);
  await newPasswordField(page).fill(next);
  await button(page, 'Change password').click();
}

test('the profile tells the address, the day of the sign-up, plans and limits', async () => {
  const { page } = await openSettings();
  const words = await profile(page).textContent();
  const { createdAt } = (await call(site.runtime().edge, '/v1/me', { token: person.token })).body;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(createdAt),
  );
  for (const part of [person.email, day, '10-per-day', 'one active key', 'No limit beyond'])
    expect(words).toContain(part);
});

test('a changed password holds, logs out elsewhere and goes on here, in the other tab too', async () => {
  const { page, context } = await openSettings();
  const tab = await context.newPage();
  await tab.goto('/keys');
  await screen(tab, 'API keys').waitFor();
  const elsewhere = await openSettings();
  const next = newPassword();
  await changePassword(page, person.password, next);
  await page.getByText('Password changed').waitFor();
  expect(await currentPassword(page).inputValue()).toBe('');
  expect(await statusOfLogin(person.password)).toBe(401);
  expect(await statusOfLogin(next)).toBe(200);
  for (const own of [page, tab]) {
    await own.reload();
    await own.getByRole('heading', { level: 1, name: /Settings|API keys/ }).waitFor();
  }
  await elsewhere.page.reload();
  await screen(elsewhere.page, 'Log in').waitFor();
}, 180_000);

test('a password is changed by keyboard alone', async () => {
  const { page } = await openSettings();
  const next = newPassword();
  await tabTo(page, currentPassword(page));
  await page.keyboard.type(person.password);
  await tabTo(page, newPasswordField(page));
  await page.keyboard.type(next);
  await page.keyboard.press('Enter');
  await page.getByText('Password changed').waitFor();
  expect(await statusOfLogin(next)).toBe(200);
});

test('a wrong current, a weak and an unchanged password are told beside their fields', async () => {
  const visitor = await openSettings();
  const { page } = visitor;
  await changePassword(page, person.password, 'Short1');
  await page.getByText('It still needs 12 characters or more.').waitFor();
  await newPasswordField(page).fill(person.password);
  await page.getByText('Must not be the current password.').waitFor();
  visitor.expectFailure('POST /v1/me/password', 400);
  await changePassword(page, newPassword(), newPassword());
  await page.getByText('This is not your current password.').waitFor();
  expect(await currentPassword(page).getAttribute('aria-invalid')).toBe('true');
});

test('when the session has ended meanwhile, one logs in again and the change goes on', async () => {
  const visitor = await openSettings();
  const { page } = visitor;
  await endSessions(visitor, site.runtime(), person);
  visitor.expectFailure('POST /v1/me/password', 401);
  const next = newPassword();
  await changePassword(page, person.password, next);
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.waitFor();
  await dialog.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText('Password changed').waitFor();
  expect(await statusOfLogin(next)).toBe(200);
});

test('logging out everywhere ends the session of another browser, and says so here', async () => {
  const { page } = await openSettings();
  const elsewhere = await openSettings();
  await button(page, 'Log out everywhere').click();
  await page.getByText('You are logged out on every device.').waitFor();
  await elsewhere.page.reload();
  await screen(elsewhere.page, 'Log in').waitFor();
  await page.reload();
  await screen(page, 'Log in').waitFor();
  expect(await page.getByText('You are logged out on every device.').count()).toBe(0);
});

test('one session of several is logged out, and this one goes on', async () => {
  const { page } = await openSettings();
  const elsewhere = await openSettings();
  await page.reload();
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await sessions.getByRole('listitem').nth(1).waitFor();
  await sessions
    .getByRole('listitem')
    .filter({ hasText: 'This browser' })
    .getByText('Chrome on Linux')
    .waitFor();
  await sessions.getByRole('button', { name: 'Log out Chrome on Linux' }).click();
  await page.getByText('Chrome on Linux is logged out').first().waitFor();
  await eventually(async () => expect(await sessions.getByRole('listitem').count()).toBe(1));
  await elsewhere.page.reload();
  await screen(elsewhere.page, 'Log in').waitFor();
  await page.reload();
  await screen(page, 'Settings').waitFor();
});

test('the choice of a theme holds after a reload', async () => {
  const { page } = await openSettings();
  const theme = () => page.locator('html').getAttribute('data-theme');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await eventually(async () => expect(await theme()).toBe('dark'));
  await page.reload();
  await page.getByRole('radio', { name: 'Dark', checked: true }).waitFor();
  expect(await theme()).toBe('dark');
  await page.getByRole('radio', { name: 'System' }).click();
  await eventually(async () => expect(await theme()).toBeNull());
});

test('an account is deleted with its keys once its address is typed, and lets nobody in afterwards', async () => {
  const { key } = await createKey(site.runtime(), person.token);
  const visitor = await openSettings();
  const { page } = visitor;
  await button(page, 'Delete account').click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' });
  const confirm = dialog.getByRole('button', { name: 'Delete account' });
  const typed = dialog.getByRole('textbox');
  expect(await confirm.getAttribute('aria-disabled')).toBe('true');
  await typed.fill('somebody@example.com');
  await page.keyboard.press('Enter');
  expect(await confirm.getAttribute('aria-disabled')).toBe('true');
  await typed.fill(person.email);
  await confirm.click();
  await page.getByText('Your account has been deleted, with its keys and usage.').waitFor();
  expect((await call(site.runtime().edge, '/v1/api-key', { key })).status).toBe(401);

  visitor.expectFailure('POST /v1/session', 401);
  await logIn(page, person);
  await page.getByText(/e-mail address or password is wrong/i).waitFor();
});

test('the question before deleting takes no for an answer, and gives the focus back', async () => {
  const { page } = await openSettings(phone);
  const ask = button(page, 'Delete account');
  await tabTo(page, ask);
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  await page.keyboard.press('Escape');
  await eventually(async () =>
    expect(await ask.evaluate((element) => element === document.activeElement)).toBe(true),
  );
  expect(await statusOfLogin(person.password)).toBe(200);
});

test('a profile that can’t be loaded says why, and comes when asked again', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  await page.goto('/not-yet');
  await site.setFaults([{ service: 'dynamodb', kind: 'error' }]);
  for (const needed of ['GET /v1/me', 'GET /v1/me/sessions']) visitor.expectFailure(needed, 503);
  await page.goto('/settings');
  await page.getByText('Your profile could not be loaded').waitFor();
  await page.getByText('Your sessions could not be loaded').waitFor();
  expect(await button(page, 'Delete account').getAttribute('aria-disabled')).toBe('true');
  await site.setFaults([]);
  await button(page, 'Try again').first().click();
  await profile(page).getByText(person.email).waitFor();
});
