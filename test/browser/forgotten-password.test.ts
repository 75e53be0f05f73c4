import type { Page } from 'playwright-core';
import { addPerson, call, createKey, newEmail, newestCode, newPassword, type Person } from '../e2e/client.ts';
import { accessibilityFaults } from './accessibility.ts';
import {
  button,
  codeField,
  emailField,
  logIn,
  newestMail,
  newPasswordField,
  otherCode,
  paste,
  screen,
} from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';

const site = consoleUnderTest();
let person: Person;

beforeEach(async () => {
  person = await addPerson(site.runtime());
});

async function askForCode(page: Page, email: string): Promise<void> {
  await page.goto('/forgot-password');
  await emailField(page).fill(email);
  await button(page, 'Send a code').click();
  await screen(page, 'Set a new password').waitFor();
}

test('a forgotten password is set anew from the log-in on, and its owner is inside', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await page.goto(`/sign-in?email=${encodeURIComponent(person.email)}&next=/settings`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await screen(page, 'Reset your password').waitFor();
  await eventually(async () => expect(await emailField(page).inputValue()).toBe(person.email));
  await button(page, 'Send a code').click();
  await codeField(page).click();
  await paste(page, await newestMail(site.runtime(), person.email));
  const password = newPassword();
  await newPasswordField(page).fill(password);
  await button(page, 'Set password and log in').click();
  await screen(page, 'Settings').waitFor();
  const credentials = { email: person.email, password: person.password };
  expect((await call(site.runtime().edge, '/v1/login', { body: credentials })).status).toBe(401);
  expect(
    (await call(site.runtime().edge, '/v1/login', { body: { email: person.email, password } })).status,
  ).toBe(200);
});

test('keys go on working, unless their owner chooses to revoke them with the old password', async () => {
  const { page } = await site.open();
  const { key } = await createKey(site.runtime(), person.token);
  const standing = async () => (await call(site.runtime().edge, '/v1/api-key', { key })).status;
  const choice = page.getByRole('checkbox', { name: 'Also revoke all my API keys' });
  for (const revokes of [false, true]) {
    await page.context().clearCookies();
    await askForCode(page, person.email);
    expect(await choice.isChecked()).toBe(false);
    if (revokes) {
      await tabTo(page, choice);
      await page.keyboard.press('Space');
      await eventually(async () => expect(await choice.isChecked()).toBe(true));
    }
    await codeField(page).fill(await newestCode(site.runtime(), person.email));
    await newPasswordField(page).fill(newPassword());
    await button(page, 'Set password and log in').click();
    await screen(page, 'API keys').waitFor();
    expect(await standing()).toBe(revokes ? 401 : 200);
  }
}, 180_000);

test('a forgotten password is set anew by keyboard alone', async () => {
  const { page } = await site.open();
  await page.goto('/forgot-password');
  await tabTo(page, emailField(page));
  await page.keyboard.type(person.email);
  await page.keyboard.press('Enter');
  await screen(page, 'Set a new password').waitFor();
  await tabTo(page, codeField(page));
  await page.keyboard.type(await newestCode(site.runtime(), person.email));
  await tabTo(page, newPasswordField(page));
  await page.keyboard.type(newPassword());
  await page.keyboard.press('Enter');
  await screen(page, 'API keys').waitFor();
}, 180_000);

test('an unknown address is answered exactly as a known one', async () => {
  const { page } = await site.open();
  const told = async (email: string) => {
    await askForCode(page, email);
    await page.getByRole('button', { name: 'Send a new code' }).waitFor();
    const text = (await page.getByRole('main').textContent()) ?? '';
    return text.replaceAll(email, 'ADDRESS').replace(/in \d+ s/, '');
  };
  expect(await told(newEmail())).toBe(await told(person.email));
});

test('a wrong code and a weak password are told beside their fields, the first of them focused', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await askForCode(page, person.email);
  await codeField(page).fill('12');
  await newPasswordField(page).fill('short');
  await button(page, 'Set password and log in').click();
  await page.getByText('Must be the six digits from the e-mail.').waitFor();
  await page.getByText(/^It still needs 12 characters or more, an upper-case letter/).waitFor();
  await eventually(async () =>
    expect(await codeField(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
  expect(await accessibilityFaults(page)).toEqual([]);

  visitor.expectFailure('POST /v1/password/reset', 400);
  await codeField(page).fill(otherCode(await newestCode(site.runtime(), person.email)));
  await newPasswordField(page).fill(newPassword());
  await button(page, 'Set password and log in').click();
  await page.getByText('This code is wrong or has expired.').waitFor();
  expect(await codeField(page).getAttribute('aria-invalid')).toBe('true');
});

test('an expired code is told, and a new one works', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await askForCode(page, person.email);
  await site.moveClock(3700);
  visitor.expectFailure('POST /v1/password/reset', 400);
  await codeField(page).fill(await newestCode(site.runtime(), person.email));
  await newPasswordField(page).fill(newPassword());
  await button(page, 'Set password and log in').click();
  await page.getByText('This code is wrong or has expired.').waitFor();
  await page.reload();
  await codeField(page).waitFor();
  await page.goto('/forgot-password');
  await askForCode(page, person.email);
  await codeField(page).fill(await newestCode(site.runtime(), person.email));
  await newPasswordField(page).fill(newPassword());
  await button(page, 'Set password and log in').click();
  await screen(page, 'API keys').waitFor();
}, 180_000);

test('a reload before the code is entered keeps the address', async () => {
  const { page } = await site.open();
  await askForCode(page, person.email);
  await page.reload();
  await page.getByText(person.email).waitFor();
  await page.getByRole('link', { name: 'Not your address?' }).click();
  await eventually(async () => expect(await emailField(page).inputValue()).toBe(person.email));
});

test('whoever comes to the new password without an address is asked for it first', async () => {
  const { page } = await site.open();
  await page.goto('/reset-password');
  await screen(page, 'Reset your password').waitFor();
});

test('a wrong password at the log-in locks it for a while in the end, and that is told', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  const body = { email: person.email, password: newPassword() };
  let status = 401;
  while (status === 401) ({ status } = await call(site.runtime().edge, '/v1/login', { body }));
  // The first lock lasts a second, too short to be met for sure; with the clock set back it lasts.
  await site.moveClock(-600);
  visitor.expectFailure('POST /v1/session', 429);
  await page.goto('/sign-in');
  await logIn(page, person);
  await page.getByText(/^Too many attempts\. Try again in \d+ (minutes|seconds)\.$/).waitFor();
});
