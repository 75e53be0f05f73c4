import type { Locator, Page } from 'playwright-core';
import { newEmail, newestCode, newPassword } from '../e2e/client.ts';
import { startModelServer } from '../e2e/model-server.ts';
import { codeField, emailField, newestMail, passwordField, paste, screen } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { focusStops, hasFocus, nameOfFocus, tabTo } from './keyboard.ts';
import { copyBy, createButton, nameField, shownValue } from './keys-pages.ts';
import { answer, button, question, readyToSend } from './playground-page.ts';

/** What the console is for, in one go: from nothing to an answer, and on to the end of the day's plan. */
const model = await startModelServer();
const site = consoleUnderTest({ environment: { DAYPASS_MODEL_URL: model.url } });

afterAll(() => model.close());

const requestsPerDay = 10;
const refusal = /^You have used 10 of 10 requests today; resets in (\d+ h( \d+ min)?|\d+ min|\d+ s)\.$/;

/** Lets the model answer in two parts; the second only once the first one is on the screen. */
async function streamAnswer(page: Page, number: number): Promise<void> {
  const said = await model.asked();
  await said.say(`Part one of ${number}`);
  await answer(page).getByText(`Part one of ${number}`).waitFor();
  await button(page, 'Stop').waitFor();
  await said.say(` and part two of ${number}.`);
  said.finish();
  await answer(page).getByText(`Part one of ${number} and part two of ${number}.`).waitFor();
  const left = requestsPerDay - number;
  if (left > 0) await page.getByText(`${left} of 10 requests left today`).waitFor();
}

/** Asks until the plan is used up. */
async function useUpTheDay(page: Page, send: (words: string) => Promise<void>): Promise<void> {
  for (let number = 1; number <= requestsPerDay; number += 1) {
    await send(`Question ${number}`);
    await streamAnswer(page, number);
  }
  await page.getByRole('main').locator('p:not([role=status])', { hasText: refusal }).waitFor();
}

test('by mouse alone somebody new signs up, gets a key, chats until the day is used up, and moves the key to the next plan', async () => {
  const visitor = await site.openAlone();
  const { page } = visitor;
  const [email, password] = [newEmail(), newPassword()];
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  // The log-in has an e-mail field too, which must not get what is typed while the next screen comes.
  await screen(page, 'Create an account').waitFor();
  await emailField(page).click();
  await page.keyboard.type(email);
  await passwordField(page).click();
  await page.keyboard.type(password);
  await button(page, 'Create account').click();
  await eventually(async () => expect(await hasFocus(codeField(page))).toBe(true));
  await paste(page, await newestMail(site.runtime(), email));
  await screen(page, 'Create a key').waitFor();
  // The name and the plan are chosen already.
  await nameField(page).waitFor();
  await createButton(page).click();
  const value = await shownValue(page);
  await copyBy(page, () => page.getByRole('button', { name: 'Copy key', exact: true }).click());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  await page.getByRole('link', { name: 'Try it in the playground' }).click();
  await screen(page, 'Playground').waitFor();
  await useUpTheDay(page, async (words) => {
    await question(page).click();
    await page.keyboard.type(words);
    await button(page, 'Send').click();
  });
  await button(page, 'Move this key to 20-per-day').click();
  await page.getByText('10 of 20 requests left today').waitFor();
});

test('from the landing page to the first token takes seven clicks, copying the key included', async () => {
  const visitor = await site.openAlone();
  const { page } = visitor;
  const [email, password] = [newEmail(), newPassword()];
  let clicks = 0;
  const click = async (target: Locator) => {
    clicks += 1;
    await target.click();
  };
  await page.goto('/');
  await click(page.getByRole('link', { name: 'Create an account' }));
  await screen(page, 'Create an account').waitFor();
  await eventually(async () => expect(await hasFocus(emailField(page))).toBe(true));
  await page.keyboard.type(email);
  await click(passwordField(page));
  await page.keyboard.type(password);
  await click(button(page, 'Create account'));
  await eventually(async () => expect(await hasFocus(codeField(page))).toBe(true));
  // It submits itself on the sixth digit.
  await page.keyboard.type(await newestCode(site.runtime(), email));
  await screen(page, 'Create a key').waitFor();
  await nameField(page).waitFor();
  await click(createButton(page));
  await shownValue(page);
  await click(page.getByRole('button', { name: 'Copy key', exact: true }));
  await click(page.getByRole('link', { name: 'Try it in the playground' }));
  await screen(page, 'Playground').waitFor();
  await click(page.getByRole('button', { name: 'Explain something' }));
  const said = await model.asked();
  await said.say('The first token');
  await answer(page).getByText('The first token').waitFor();
  said.finish();
  expect(clicks).toBe(7);
});

test('by keyboard alone the same is done, and what has the focus is always in sight', async () => {
  const visitor = await site.openAlone();
  const { page } = visitor;
  const press = (key: string) => page.keyboard.press(key);
  const [email, password] = [newEmail(), newPassword()];
  await page.goto('/');
  await tabTo(page, page.getByRole('link', { name: 'Create an account' }));
  await press('Enter');
  await screen(page, 'Create an account').waitFor();
  await eventually(async () => expect(await hasFocus(emailField(page))).toBe(true));
  expect(await tabTo(page, button(page, 'Create account'))).toEqual([
    'textbox "Password"',
    'button "Show password"',
    'button "Create account"',
  ]);
  await tabTo(page, emailField(page), 'Shift+Tab');
  await page.keyboard.type(email);
  await press('Tab');
  await page.keyboard.type(password);
  await press('Enter');
  await screen(page, 'Confirm your address').waitFor();
  await tabTo(page, codeField(page));
  await page.keyboard.type(await newestCode(site.runtime(), email));
  await screen(page, 'Create a key').waitFor();
  await tabTo(page, nameField(page));
  await page.keyboard.type('My laptop');
  expect(await tabTo(page, createButton(page))).toEqual([
    'radio "10-per-day"',
    'radio "Never"',
    'button "Limits Requests, tokens, spend, allowed hosts, models"',
    'button "Create key"',
  ]);
  await press('Enter');

  const value = await shownValue(page);
  // The dialog begins at the copy button and lets nobody out: Tab comes round to where it began.
  const stops = await focusStops(page, nameOfFocus);
  expect(stops.filter(({ isVisible, cover }) => !isVisible || cover !== '')).toEqual([]);
  expect(stops.map(({ name }) => name)).toEqual([
    'button "Download .env"',
    'link "Try it in the playground"',
    'button "Create a one-time link"',
    'tab "curl"',
    'button "Copy curl"',
    'code',
    'button "Done"',
    'button "Copy key"',
  ]);
  await tabTo(page, page.getByRole('button', { name: 'Copy key', exact: true }));
  await copyBy(page, () => press('Space'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  await tabTo(page, page.getByRole('link', { name: 'Try it in the playground' }));
  await press('Enter');
  await screen(page, 'Playground').waitFor();
  await useUpTheDay(page, async (words) => {
    await tabTo(page, question(page));
    await page.keyboard.type(words);
    await readyToSend(page);
    await press('Enter');
  });
  await tabTo(page, button(page, 'Move this key to 20-per-day'), 'Shift+Tab');
  await press('Enter');
  await page.getByText('10 of 20 requests left today').waitFor();
});
