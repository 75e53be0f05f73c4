import type { Page } from 'playwright-core';
import { addPerson, newPassword, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import { signIn } from './sign-in.ts';

const site = consoleUnderTest();
let person: Person;

beforeAll(async () => {
  person = await addPerson(site.runtime());
});

const email = (page: Page) => page.getByLabel('E-mail address');
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const logIn = (page: Page) => page.getByRole('button', { name: 'Log in' });
const keysScreen = (page: Page) => page.getByRole('heading', { level: 1, name: 'API keys' });

test('a person logs in by mouse and arrives where they wanted to go', async () => {
  const { page } = await site.open();
  await page.goto('/usage?from=2026-01-01');
  await email(page).fill(person.email);
  await password(page).fill(person.password);
  await logIn(page).click();
  await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
  expect(new URL(page.url()).search).toBe('?from=2026-01-01');
});

test('a person logs in by keyboard alone', async () => {
  const { page } = await site.open();
  await page.goto('/sign-in');
  await tabTo(page, email(page));
  await page.keyboard.type(person.email);
  await tabTo(page, password(page));
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await keysScreen(page).waitFor();
});

test('a wrong password is told in words and what was typed stays', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  visitor.expectFailure('POST /v1/session', 401);
  await page.goto('/sign-in');
  await email(page).fill(person.email);
  await password(page).fill(newPassword());
  await logIn(page).click();
  await page.getByText(/e-mail address or password/i).waitFor();
  expect(await email(page).inputValue()).toBe(person.email);
});

test('fields left empty are named beside them, and the first of them gets the focus', async () => {
  const { page } = await site.open();
  await page.goto('/sign-in');
  await logIn(page).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await eventually(async () =>
    expect(await email(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
  const described = await email(page).getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described}"]`).textContent()).toMatch(/\w/);
});

test('a session survives a reload, and no script can read what keeps it', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  await page.goto('/keys');
  await keysScreen(page).waitFor();
  await page.reload();
  await keysScreen(page).waitFor();
  const readable = await page.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
  );
  expect(readable).not.toMatch(/eyJ|session=/);
});

test('logging out in one tab logs the other out, and the back button shows nothing', async () => {
  const visitor = await site.open();
  const { page, context } = visitor;
  await signIn(visitor, person);
  await page.goto('/settings');
  await page.goto('/keys');
  const other = await context.newPage();
  await other.goto('/usage');
  await other.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
  await page.getByRole('button', { name: /account/i }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await Promise.all([page, other].map((tab) => email(tab).waitFor()));
  await page.goBack();
  await email(page).waitFor();
  expect(await keysScreen(page).count()).toBe(0);
});
