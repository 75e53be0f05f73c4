import { addPerson, call, type Person } from '../e2e/client.ts';
import { button } from './account-pages.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import { createButton, nameField, shownValue, visit } from './keys-pages.ts';
import { newMessage, openedText, shownLink, writeMessage } from './message-pages.ts';
import { phone } from './viewports.ts';

const site = consoleUnderTest();
let ada: Person;
beforeAll(async () => {
  ada = await addPerson(site.runtime());
});

const text = '  The password is “swordfish”.\n\tDon’t <b>write</b> it down. 😀\n';

test('a message written on the page reaches one reader, who has no account, and the sender sees that it did', async () => {
  const visitor = await visit(site, ada, '/secrets');
  const { page } = visitor;
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  const link = await writeMessage(page, text);
  await page.getByText('Not read yet').waitFor();
  const key = link.split('#')[1] ?? '';
  expect(key).toMatch(/^[\w-]{48}$/);
  expect(sent.some((call) => call.includes('daypass1.'))).toBe(true);
  expect(sent.filter((call) => call.includes('swordfish') || call.includes(key))).toEqual([]);

  const reader = await site.open(phone);
  await reader.page.goto(link);
  await button(reader.page, 'Open message').waitFor();
  // Opening the page, even twice, has read nothing.
  await reader.page.reload();
  await button(reader.page, 'Open message').click();
  await reader.page.getByRole('heading', { level: 1, name: 'Your message' }).waitFor();
  expect(await openedText(reader.page).evaluate((element) => element.textContent)).toBe(text);
  await button(reader.page, 'Copy message').click();
  await eventually(async () =>
    expect(await reader.page.evaluate(() => navigator.clipboard.readText())).toBe(text),
  );
  // The key is out of the address, and so out of the history.
  expect(reader.page.url()).not.toContain('#');

  const late = await site.open();
  late.expectFailure(`GET /v1/secrets/${new URL(link).pathname.split('/')[2]}`, 404);
  await late.page.goto(link);
  await late.page.getByText('This message is gone').waitFor();

  const opened = visitor.context.waitForEvent('page');
  await page.getByRole('link', { name: 'The receipt has a page of its own' }).click();
  const receipt = await opened;
  await receipt.getByText('Read', { exact: true }).waitFor();
  await receipt.getByText(/It was opened on .+, and can’t be opened again\./).waitFor();
});

test('by keyboard alone a message is written, and burned before anyone reads it', async () => {
  const { page } = await visit(site, ada, '/secrets');
  await tabTo(page, page.getByLabel('Message', { exact: true }));
  await page.keyboard.type('swordfish');
  await tabTo(page, button(page, 'Create link'));
  await page.keyboard.press('Enter');
  const link = await shownLink(page);
  await tabTo(page, button(page, 'Burn it unread'));
  await page.keyboard.press('Enter');
  await page.getByText('Burned', { exact: true }).waitFor();

  const id = new URL(link).pathname.split('/')[2];
  expect((await call(site.runtime().edge, `/v1/secrets/${id}/reveal`, { method: 'POST' })).status).toBe(404);
});

test('a link that lost a part of its key reads nothing, and the whole link still does', async () => {
  const { page } = await visit(site, ada, '/secrets');
  const link = await writeMessage(page, text);
  const reader = await site.open();
  for (const cut of [link.slice(0, -1), link.slice(0, link.indexOf('#')), `${link}.`]) {
    await reader.page.goto('/sign-in');
    await reader.page.goto(cut);
    await reader.page.getByText('This link is incomplete').waitFor();
  }
  await reader.page.goto('/sign-in');
  await reader.page.goto(link);
  await button(reader.page, 'Open message').click();
  await openedText(reader.page).waitFor();
});

test('of two readers who both have the page open, the second is told that it is gone', async () => {
  const { id, path } = await newMessage(site.runtime());
  const [first, second] = [await site.open(), await site.open()];
  for (const { page } of [first, second]) {
    await page.goto(path);
    await button(page, 'Open message').waitFor();
  }
  await button(first.page, 'Open message').click();
  await openedText(first.page).getByText('swordfish').waitFor();
  second.expectFailure(`POST /v1/secrets/${id}/reveal`, 404);
  await button(second.page, 'Open message').click();
  await second.page.getByText('This message is gone').waitFor();
});

test('a message that could not be opened is not lost: the button opens it later', async () => {
  const { id, path } = await newMessage(site.runtime());
  const visitor = await site.open();
  await visitor.page.goto(path);
  await site.setFaults([{ service: 'kms', kind: 'error' }]);
  visitor.expectFailure(`POST /v1/secrets/${id}/reveal`, 503);
  await button(visitor.page, 'Open message').click();
  await visitor.page.getByRole('alert').waitFor();
  await site.setFaults([]);
  await button(visitor.page, 'Open message').click();
  await openedText(visitor.page).getByText('swordfish').waitFor();
});

test('what looks like markup in a message stays text', async () => {
  const { path } = await newMessage(
    site.runtime(),
    '<img src=x onerror="scriptRan()"><script>scriptRan()</script>',
  );
  const { page } = await site.open();
  await page.goto(path);
  await button(page, 'Open message').click();
  await openedText(page).getByText('<script>').waitFor();
  expect(await openedText(page).locator('img, script').count()).toBe(0);
});

test('a new key is handed over by a link that shows it, while its dialog stays open', async () => {
  const person = await addPerson(site.runtime());
  const { page } = await visit(site, person, '/keys/new');
  await nameField(page).fill('For Grace');
  await createButton(page).click();
  const secret = await shownValue(page);
  await button(page, 'Create a one-time link').click();
  const link = await shownLink(page);
  const grace = await site.open(phone);
  await grace.page.goto(link);
  await button(grace.page, 'Open message').click();
  expect(await openedText(grace.page).innerText()).toBe(secret);
  expect(await shownValue(page)).toBe(secret);
});
