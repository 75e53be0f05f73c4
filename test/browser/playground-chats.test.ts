import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import { accessibilityFaults } from './accessibility.ts';
import { choose, file } from './attachment-steps.ts';
import { eventually } from './eventually.ts';
import { answer, ask, button, conversation, openPlayground, question } from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';

const { site, open, openAs } = playgroundUnderTest();

async function asked(page: Page, words: string): Promise<void> {
  await ask(page, words);
  await answer(page).getByText('Total').waitFor();
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Chats' });
const chats = (page: Page) => dialog(page).getByRole('list', { name: 'Chats' }).getByRole('listitem');

async function openChats(page: Page): Promise<void> {
  await button(page, 'Chats').click();
  await dialog(page).waitFor();
}

const more = async (page: Page, name: string, item: string): Promise<void> => {
  await button(page, `More for “${name}”`).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('a new chat leaves the one before in the list, where it is opened, named, exported, deleted and put back', async () => {
  const { page } = await open();
  await asked(page, 'About tulips?');
  await button(page, 'New chat').click();
  await page.getByText('Ask a model something').waitFor();
  await asked(page, 'About roses?');
  await openChats(page);
  await eventually(async () =>
    expect(await chats(page).allInnerTexts()).toEqual([
      expect.stringMatching(/^About roses\?\s+1 question, just now\s+open$/),
      expect.stringMatching(/^About tulips\?\s+1 question, just now$/),
    ]),
  );
  expect(await accessibilityFaults(page)).toEqual([]);
  await more(page, 'About tulips?', 'Rename');
  const name = dialog(page).getByLabel('Name');
  await eventually(async () =>
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true),
  );
  await name.fill('צבעונים');
  await name.press('Enter');
  await dialog(page).getByText('צבעונים').waitFor();

  const download = page.waitForEvent('download');
  await more(page, 'צבעונים', 'Export as Markdown');
  const exported = await download;
  expect(exported.suggestedFilename()).toBe('צבעונים.md');
  expect(await readFile(await exported.path(), 'utf8')).toMatch(
    /^# צבעונים\n\n## You\n\nAbout tulips\?\n\n## nova/,
  );

  await more(page, 'צבעונים', 'Delete');
  await eventually(async () => expect(await chats(page).count()).toBe(1));
  await button(page, 'Undo').click();
  await chats(page).nth(1).waitFor();
  await dialog(page)
    .getByRole('button', { name: /^צבעונים/ })
    .click();
  await conversation(page).getByText('About tulips?', { exact: true }).first().waitFor();
  expect(await conversation(page).innerText()).not.toContain('About roses?');
});

test('chats are kept in the browser on request, with what is attached, for their user alone, until they say no', async () => {
  const owner = await addPerson(site.runtime());
  await createKey(site.runtime(), owner.token);
  const visitor = await openAs(owner);
  const { page } = visitor;
  await choose(page, [file('notes.md', '# Tulips')]);
  await asked(page, 'About tulips?');
  await openChats(page);
  await page.getByLabel('Keep chats in this browser').click();
  await page.getByText(/^Stored on this device alone, not encrypted/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await eventually(async () => expect(await page.evaluate(() => indexedDB.databases())).toHaveLength(1));
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });

  await page.reload();
  await question(page).waitFor();
  await openChats(page);
  await chats(page).getByText('About tulips?').click();
  await conversation(page).getByText('notes.md').waitFor();
  expect(await answer(page).innerText()).toContain('The document “notes” (md)');

  const other = await addPerson(site.runtime());
  await createKey(site.runtime(), other.token);
  await page.goto('/settings');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  await openPlayground(visitor, other);
  await openChats(page);
  await page.getByText('There are no chats yet.').waitFor();

  await page.keyboard.press('Escape');
  await openPlayground(visitor, owner);
  await openChats(page);
  await chats(page).getByText('About tulips?').waitFor();
  await page.getByLabel('Keep chats in this browser').click();
  await page.getByText(/^They are in this tab’s memory now/).waitFor();
  await eventually(async () =>
    expect(
      await page.evaluate(async () => {
        const opened = indexedDB.open('daypass-chats');
        await new Promise((done) => opened.addEventListener('success', done));
        const count = opened.result.transaction('chats').objectStore('chats').count();
        await new Promise((done) => count.addEventListener('success', done));
        opened.result.close();
        return count.result;
      }),
    ).toBe(0),
  );
});

test('an answer goes on in a chat that was left, and ends with it', async () => {
  const { page } = await open();
  await ask(
    page,
    `[[daypass: ${JSON.stringify([{ text: 'Begun' }, { wait: 2000 }, { text: ' and done.' }])}]]`,
  );
  await answer(page).getByText('Begun').waitFor();
  await button(page, 'New chat').click();
  await page.getByText('Ask a model something').waitFor();
  await openChats(page);
  await chats(page).first().getByRole('button').first().click();
  await answer(page).getByText('Begun and done.').waitFor();
});
