import { call, newEmail, newestCode, newPassword, signUp } from '../e2e/client.ts';
import { accessibilityFaults } from './accessibility.ts';
import {
  askForAccount,
  button,
  codeField,
  emailField,
  keptByPage,
  logIn,
  newestMail,
  otherCode,
  passwordField,
  paste,
  screen,
} from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { hasFocus, tabTo } from './keyboard.ts';

const site = consoleUnderTest();
const newcomer = () => ({ email: newEmail(), password: newPassword() });

test('by mouse somebody new gets from the log-in to their first key, pasting the e-mail as the code', async () => {
  const { page } = await site.open();
  const { email, password } = newcomer();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await screen(page, 'Create an account').waitFor();
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
  await button(page, 'Create account').click();
  await eventually(async () => expect(await hasFocus(codeField(page))).toBe(true));
  await paste(page, await newestMail(site.runtime(), email));
  await screen(page, 'Create a key').waitFor();
});

test('by keyboard alone somebody new gets to the keys', async () => {
  const { page } = await site.open();
  const { email, password } = newcomer();
  await page.goto('/sign-up');
  await tabTo(page, emailField(page));
  await page.keyboard.type(email);
  await tabTo(page, passwordField(page));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await screen(page, 'Confirm your address').waitFor();
  await tabTo(page, codeField(page));
  const code = await newestCode(site.runtime(), email);
  await page.keyboard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
  await screen(page, 'Create a key').waitFor();
});

test.each([
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/confirm',
  '/confirm?email=ada%40example.com',
  '/reset-password?email=ada%40example.com',
])('the first field of %s has the focus', async (path) => {
  const { page } = await site.open();
  await page.goto(path);
  const first = page.getByRole('main').getByRole('textbox').first();
  await eventually(async () => expect(await hasFocus(first)).toBe(true));
});

test('password managers are told which field is which', async () => {
  const { page } = await site.open();
  await page.goto('/sign-up');
  expect(await emailField(page).getAttribute('autocomplete')).toBe('username');
  expect(await passwordField(page).getAttribute('autocomplete')).toBe('new-password');
  await page.goto('/confirm?email=ada%40example.com');
  expect(await codeField(page).getAttribute('autocomplete')).toBe('one-time-code');
  expect(await codeField(page).getAttribute('inputmode')).toBe('numeric');
});

test('the rules of a password are ticked off while it is typed, and what is missing is said beside it', async () => {
  const { page } = await site.open();
  await page.goto('/sign-up');
  const rules = page.getByRole('list', { name: 'What the password needs' }).getByRole('listitem');
  await rules.first().waitFor();
  expect(await rules.filter({ hasText: 'Still needed' }).count()).toBe(4);
  await passwordField(page).fill('lower and 1');
  await eventually(async () =>
    expect(await rules.filter({ hasText: 'Done' }).allTextContents()).toEqual([
      'Done: a lower-case letter (a–z)',
      'Done: a digit',
    ]),
  );
  await emailField(page).fill('nobody');
  await button(page, 'Create account').click();
  await page.getByText('It still needs 12 characters or more and an upper-case letter').waitFor();
  await page.getByText('Must be an e-mail address.').waitFor();
  await eventually(async () =>
    expect(await emailField(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
});

test('a wrong code is told beside it and keeps nobody from entering the right one', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  const person = newcomer();
  visitor.expectFailure('POST /v1/register/confirm', 400);
  await askForAccount(page, person);
  const code = await newestCode(site.runtime(), person.email);
  await codeField(page).fill(otherCode(code));
  await page.getByText('This code is wrong or has expired.').waitFor();
  expect(await codeField(page).getAttribute('aria-invalid')).toBe('true');
  await codeField(page).fill(code);
  await screen(page, 'Create a key').waitFor();
});

test('a sign-up of somebody else in between can’t be confirmed by mistake, and leads to signing up again', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  const person = newcomer();
  await askForAccount(page, person);
  const stranger = { email: person.email, password: newPassword() };
  await call(site.runtime().edge, '/v1/register', { body: stranger });
  visitor.expectFailure('POST /v1/register/confirm', 409);
  await codeField(page).fill(await newestCode(site.runtime(), person.email));
  await page.getByRole('alert').getByText('This address has been signed up again').waitFor();
  await page.getByRole('link', { name: 'Create the account again' }).click();
  await screen(page, 'Create an account').waitFor();
  expect(await emailField(page).inputValue()).toBe(person.email);
  await passwordField(page).fill(person.password);
  await button(page, 'Create account').click();
  await screen(page, 'Confirm your address').waitFor();
  await codeField(page).fill(await newestCode(site.runtime(), person.email));
  await screen(page, 'Create a key').waitFor();
  const login = await call(site.runtime().edge, '/v1/login', { body: stranger });
  expect(login.status).toBe(401);
});

test('a new code can be sent after a while, and it is the one that works', async () => {
  const visitor = await site.openAlone();
  const { page } = visitor;
  const person = newcomer();
  await page.clock.install();
  await askForAccount(page, person);
  const first = await newestCode(site.runtime(), person.email);
  const again = button(page, 'Send a new code');
  expect(await again.getAttribute('aria-disabled')).toBe('true');
  await page.clock.fastForward(31_000);
  await eventually(async () => expect(await again.getAttribute('aria-disabled')).not.toBe('true'));
  await again.click();
  await page.getByText('A new code is on its way.').waitFor();
  expect(await again.getAttribute('aria-disabled')).toBe('true');
  expect(await accessibilityFaults(page)).toEqual([]);
  const second = await newestCode(site.runtime(), person.email);
  expect(second).not.toBe(first);
  await codeField(page).fill(second);
  await screen(page, 'Create a key').waitFor();
});

test('a reload in the middle keeps the address and nothing of the password', async () => {
  const { page } = await site.open();
  const person = newcomer();
  await askForAccount(page, person);
  expect(await keptByPage(page)).not.toContain(person.password);
  await page.reload();
  await page.getByText(person.email).waitFor();
  await codeField(page).fill(await newestCode(site.runtime(), person.email));
  await page.getByText('Your address is confirmed.').waitFor();
  expect(await emailField(page).inputValue()).toBe(person.email);
  await passwordField(page).fill(person.password);
  await button(page, 'Log in').click();
  await screen(page, 'Create a key').waitFor();
});

test('the way back from the code leads to the address, and the back button never to a form once inside', async () => {
  const { page } = await site.open();
  const person = newcomer();
  await askForAccount(page, person);
  await page.goBack();
  await screen(page, 'Create an account').waitFor();
  expect(await emailField(page).inputValue()).toBe(person.email);
  await page.goForward();
  await page.getByRole('link', { name: 'Not your address?' }).click();
  await screen(page, 'Create an account').waitFor();
  await emailField(page).fill(`other-${person.email}`);
  await passwordField(page).fill(person.password);
  await button(page, 'Create account').click();
  await page.getByText(`other-${person.email}`).waitFor();
  await codeField(page).fill(await newestCode(site.runtime(), `other-${person.email}`));
  await screen(page, 'Create a key').waitFor();
  await page.goBack();
  await screen(page, 'Create a key').waitFor();
});

test('whoever confirms and logs in in a second tab is inside in the first one too', async () => {
  const { page, context } = await site.open();
  const person = newcomer();
  await askForAccount(page, person);
  const second = await context.newPage();
  await second.goto(page.url());
  await codeField(second).fill(await newestCode(site.runtime(), person.email));
  await passwordField(second).fill(person.password);
  await button(second, 'Log in').click();
  await screen(second, 'Create a key').waitFor();
  await screen(page, 'Create a key').waitFor();
});

test('a log-in with an unconfirmed address leads to the code, and from there to where one wanted', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  const person = newcomer();
  await call(site.runtime().edge, '/v1/register', { body: person });
  visitor.expectFailure('POST /v1/session', 401);
  await page.goto('/settings');
  await logIn(page, person);
  await screen(page, 'Confirm your address').waitFor();
  expect(await button(page, 'Send a new code').getAttribute('aria-disabled')).not.toBe('true');
  await codeField(page).fill(await newestCode(site.runtime(), person.email));
  await screen(page, 'Settings').waitFor();
});

test('an address that has an account gets the same answer, no code, and a way to log in', async () => {
  const { page } = await site.open();
  const person = await signUp(site.runtime());
  const mail = await newestMail(site.runtime(), person.email);
  await askForAccount(page, { email: person.email, password: newPassword() });
  expect(await newestMail(site.runtime(), person.email)).toBe(mail);
  await page.getByRole('link', { name: 'Log in' }).click();
  await screen(page, 'Log in').waitFor();
  expect(await emailField(page).inputValue()).toBe(person.email);
});

test('after too many wrong codes it says how long to wait', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  const person = newcomer();
  await askForAccount(page, person);
  const code = otherCode(await newestCode(site.runtime(), person.email));
  let status = 400;
  while (status === 400) {
    const body = { email: person.email, code };
    ({ status } = await call(site.runtime().edge, '/v1/register/confirm', { body }));
  }
  visitor.expectFailure('POST /v1/register/confirm', 429);
  await codeField(page).fill(code);
  await page.getByText('Too many attempts. Try again in 5 minutes.').waitFor();
});

test('without a connection it says so, and what was typed goes through when it is back', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  const { email, password } = newcomer();
  await page.goto('/sign-up');
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
  visitor.expectFailure('POST /v1/register', 'no answer');
  await visitor.goOffline();
  await button(page, 'Create account').click();
  await page.getByRole('alert').getByText('This device is offline.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await visitor.goOnline();
  await button(page, 'Create account').click();
  await codeField(page).waitFor();
});

test('without an address the code’s screen asks for it', async () => {
  const { page } = await site.open();
  const person = newcomer();
  await call(site.runtime().edge, '/v1/register', { body: person });
  await page.goto('/confirm?email=not-an-address');
  await emailField(page).fill(person.email);
  await page.keyboard.press('Enter');
  await codeField(page).waitFor();
  await page.getByText(person.email).waitFor();
});

test('on this machine a link leads to the mailbox where the code arrives', async () => {
  const { page, context } = await site.open();
  const person = newcomer();
  await askForAccount(page, person);
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: /its mailbox/ }).click();
  const mailbox = await opened;
  await mailbox.getByText(await newestCode(site.runtime(), person.email), { exact: true }).waitFor();
});
