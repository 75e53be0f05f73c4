import { addPerson, createKey } from '../e2e/client.ts';
import { startModelServer } from '../e2e/model-server.ts';
import { accessibilityFaults } from './accessibility.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import {
  answer,
  answerWhole,
  ask,
  button,
  chatRoute,
  conversation,
  openPlayground,
  pasteKey,
  question,
  readyToSend,
} from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

const model = await startModelServer();
const { site, open, openAs, person, key } = playgroundUnderTest(model);

test('without a key the playground leads to creating one, and takes one of somebody else’s, in a line of an .env file', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, await addPerson(site.runtime()));
  await page.goto('/playground');
  expect(await page.getByRole('link', { name: 'Create a key' }).first().getAttribute('href')).toBe(
    '/keys/new',
  );
  await button(page, 'Use another key').click();
  await button(page, 'Use this key').click();
  await page.getByText('Paste your key here.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  visitor.expectFailure('GET /v1/api-key', 401);
  await page.getByLabel('API key').fill(`${key().slice(0, -1)}${key().endsWith('0') ? '1' : '0'}`);
  await button(page, 'Use this key').click();
  await page.getByText('This key doesn’t work').waitFor();
  const giver = await addPerson(site.runtime());
  const given = await createKey(site.runtime(), giver.token, { name: 'My laptop' });
  await page.getByLabel('API key').fill(`OPENAI_API_KEY="${given.key}"`);
  await button(page, 'Use this key').click();
  await page.getByText('My laptop').waitFor();
  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'With whose key?');
  expect(new URL((await request).url()).pathname).toBe('/v1/chat/completions');
  await answerWhole(model, 'With theirs.');
  await answer(page).getByText('With theirs.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('the playground chats by the login with the key that is chosen, a reload keeps the choice, and a key made since is chosen', async () => {
  const owner = await addPerson(site.runtime());
  const first = await createKey(site.runtime(), owner.token, { name: 'First' });
  await createKey(site.runtime(), owner.token, { name: 'Second', plan: '20-per-day' });
  const { page } = await openAs(owner);
  const keys = page.getByRole('combobox', { name: 'API key' });
  const shows = (name: string) => keys.filter({ hasText: name }).waitFor();
  await shows('Second');
  await keys.click();
  await page.getByRole('option', { name: 'Second 20-per-day, 20 left today' }).waitFor();
  await page.getByRole('option', { name: 'First 10-per-day, 10 left today' }).click();
  await shows('First');
  const request = page.waitForRequest('**/chat/completions');
  await ask(page, 'By which key?');
  const sent = await request;
  expect(new URL(sent.url()).pathname).toBe(chatRoute);
  expect(sent.headers()).toMatchObject({ 'x-daypass-key-id': first.id });
  await answerWhole(model, 'By the first.');
  await page.getByText('9 of 10 requests left today').waitFor();
  await page.evaluate(() => {
    Event.prototype.preventDefault = () => {};
  });
  await page.reload();
  await shows('First');
  await createKey(site.runtime(), owner.token, { name: 'Third', plan: '30-per-day' });
  await page.reload();
  await shows('Third');
});

test('whoever has just made a key goes to the playground with it in hand and asks', async () => {
  const newcomer = await addPerson(site.runtime());
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, newcomer);
  await page.goto('/keys/new');
  await page.getByLabel('Name').fill('First key');
  await button(page, 'Create key').click();
  await page.getByRole('link', { name: 'Try it in the playground' }).click();
  await page.getByRole('combobox', { name: 'API key' }).filter({ hasText: 'First key' }).waitFor();
  await ask(page, 'Hello?');
  await answerWhole(model, 'Welcome.');
  await answer(page).getByText('Welcome.').waitFor();
  expect(page.url()).not.toContain('dpk');
});

test('an answer is shown as it comes, and at its end what it took', async () => {
  const { page } = await open();
  await ask(page, 'Say hello.');
  await page.getByText('Waiting for the first words').waitFor();
  const said = await model.asked();
  await said.say('Hello, **brave');
  await answer(page).getByText('Hello, **brave').waitFor();
  expect(await answer(page).getAttribute('aria-busy')).toBe('true');
  await said.say(' new** world.');
  await answer(page).locator('strong', { hasText: 'brave new' }).waitFor();
  said.finish();
  await answer(page).getByText('Cost').waitFor();
  expect(await answer(page).locator('dl').innerText()).toMatch(
    /First token\s*[\d.]+ s\s*Total\s*[\d.]+ s\s*Tokens in\s*7\s*out\s*5\s*Cost\s*\$0\.\d+/,
  );
  await page.getByText('29 of 30 requests left today').waitFor();
  await page.getByText(/Spent today: \$0\.\d+/).waitFor();
  await page.getByText('Answer complete. It has 4 words.').waitFor({ state: 'attached' });
});

test('what an answer cost is also found if it was asked for before the key’s standing had come', async () => {
  const visitor = await site.openAlone();
  const { page } = visitor;
  const held = Promise.withResolvers<void>();
  await page.route('**/v1/api-keys/*', async (route) => {
    await held.promise;
    await route.continue();
  });
  await openPlayground(visitor, person());
  await ask(page, 'What does this cost?');
  const said = await model.asked();
  const usage = page.waitForResponse('**/v1/usage*');
  held.resolve();
  await usage;
  await said.say('Little.');
  said.finish();
  await answer(page).getByText('Cost').waitFor();
});

test('Shift+Enter begins a line, Enter sends, by keyboard alone', async () => {
  const { page } = await open();
  await tabTo(page, question(page));
  await page.keyboard.type('First line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  const request = page.waitForRequest('**/chat/completions');
  await readyToSend(page);
  await page.keyboard.press('Enter');
  expect((await request).postDataJSON().messages).toEqual([
    { role: 'user', content: 'First line\nsecond line' },
  ]);
  (await model.asked()).finish();
  await answer(page).getByText('Total').waitFor();
  await eventually(async () =>
    expect(await question(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
});

test('the last question can be changed and asked again, and an answer had anew', async () => {
  const { page } = await open();
  await ask(page, 'Where is Rome?');
  await answerWhole(model, 'In Italy.');
  await button(page, 'Regenerate').click();
  await answerWhole(model, 'In Lazio.');
  await answer(page).getByText('In Lazio.').waitFor();
  await button(page, 'Edit').click();
  const editor = page.getByRole('textbox', { name: 'Your question' }).first();
  await editor.fill('Where is Bern?');
  const request = page.waitForRequest('**/chat/completions');
  await editor.press('Enter');
  expect((await request).postDataJSON().messages).toEqual([{ role: 'user', content: 'Where is Bern?' }]);
  await answerWhole(model, 'In Switzerland.');
  await answer(page).getByText('In Switzerland.').waitFor();
  expect(await conversation(page).innerText()).not.toMatch(/Rome|Italy|Lazio/);
  await button(page, 'Copy answer').click();
  await eventually(async () =>
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('In Switzerland.'),
  );
});

test('settings go with the question; one that can’t be sent is told beside its field and holds it back', async () => {
  const { page } = await open();
  await page.getByLabel('Temperature').fill('3');
  await page.locator('[aria-invalid="true"]').waitFor();
  await question(page).fill('Hello?');
  await eventually(async () => expect(await button(page, 'Send').isDisabled()).toBe(true));
  await page.getByLabel('Temperature').fill('0,5');
  await page.getByLabel('Max tokens').fill('20');
  await page.getByLabel('System prompt').fill('Be brief.');
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'nova-micro' }).click();
  const request = page.waitForRequest('**/chat/completions');
  await button(page, 'Send').click();
  expect((await request).postDataJSON()).toMatchObject({
    model: 'nova-micro',
    temperature: 0.5,
    max_completion_tokens: 20,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello?' },
    ],
  });
  (await model.asked()).finish();
  await answer(page).getByText('nova-micro').waitFor();
});

test('going elsewhere and back keeps the conversation, and an answer goes on meanwhile', async () => {
  const { page } = await open();
  await page.getByLabel('System prompt').fill('Be brief.');
  await ask(page, 'A long one, please.');
  const said = await model.asked();
  await said.say('It begins');
  await answer(page).getByText('It begins').waitFor();
  await question(page).fill('Next, I will ask');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await said.say(' and ends.');
  said.finish();
  await page.goBack();
  await answer(page).getByText('It begins and ends.').waitFor();
  expect(await question(page).inputValue()).toBe('Next, I will ask');
  expect(await page.getByLabel('System prompt').inputValue()).toBe('Be brief.');
  await button(page, 'New chat').click();
  await page.getByText('Ask a model something').waitFor();
});

test('neither key nor words are in the address or in storage, and a reload that loses them is asked about', async () => {
  const { page } = await open();
  await ask(page, 'A secret question');
  await answerWhole(model, 'A secret answer');
  await answer(page).getByText('Total').waitFor();
  const kept = await page.evaluate(async () =>
    JSON.stringify([
      location.href,
      history.state,
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      await indexedDB.databases(),
      await caches.keys(),
    ]),
  );
  expect(kept).not.toMatch(/secret|dpk/i);
  const isHeldBack = await page.evaluate(
    () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })),
  );
  expect(isHeldBack).toBe(true);
});

test('the same call is there in code, with the key hidden, and what is copied works', async () => {
  const { page } = await open();
  await question(page).fill("What's new?");
  await button(page, 'Get code').click();
  // Of the user's own keys the secret is not known.
  await page.getByRole('dialog').getByText('Bearer YOUR_KEY').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await pasteKey(page, key());
  await button(page, 'Get code').click();
  const dialog = page.getByRole('dialog', { name: 'The same call in code' });
  await dialog.getByText('"stream": true').waitFor();
  expect(await dialog.innerText()).not.toContain(key());
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const language of ['Python', 'Node', 'curl']) {
    await dialog.getByRole('tab', { name: language }).click();
    await dialog.getByRole('button', { name: `Copy ${language}` }).click();
    await eventually(async () => {
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain(key());
      expect(copied).toMatch(language === 'curl' ? "What'\\''s new?" : "What's new?");
    });
  }
  await button(page, 'Show key').click();
  await dialog.getByText(key()).waitFor();
});

test('on a phone the settings are a tap away, and nothing of it has to be scrolled sideways', async () => {
  const { page } = await open(phone);
  await button(page, 'Settings').click();
  await page.getByRole('dialog', { name: 'Settings' }).getByLabel('Model').waitFor();
  await page.keyboard.press('Escape');
  await ask(page, 'https://example.com/'.repeat(20));
  const said = await model.asked();
  await said.say(
    `${'wide '.repeat(10)}${'x'.repeat(300)}\n\n| a | b |\n| - | - |\n| ${'y'.repeat(90)} | z |\n`,
  );
  said.finish();
  await answer(page).getByText('Total').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);
});
