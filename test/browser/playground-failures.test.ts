import { addPerson, call, chatBody, createKey } from '../e2e/client.ts';
import { startModelServer } from '../e2e/model-server.ts';
import { accessibilityFaults } from './accessibility.ts';
import { endSessions } from './end-sessions.ts';
import { eventually } from './eventually.ts';
import {
  answer,
  answerWhole,
  ask,
  button,
  chatRoute,
  openPlayground,
  question,
  readyToSend,
} from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';

const model = await startModelServer();
const { site, open, openAs, person } = playgroundUnderTest(model);
const chat = `POST ${chatRoute}`;

/** Uses requests of a key up elsewhere. */
async function use(secret: string, requests: number): Promise<void> {
  for (let count = 0; count < requests; count += 1) {
    const used = call(site.runtime().edge, '/v1/chat/completions', { key: secret, body: chatBody() });
    await answerWhole(model, 'Elsewhere.');
    expect((await used).status).toBe(200);
  }
}

test('a used-up day is told with the time, calls nothing, and moving the key to the next plan goes on', async () => {
  const owner = await addPerson(site.runtime());
  const made = await createKey(site.runtime(), owner.token);
  await use(made.key, 7);
  const { page } = await openAs(owner);
  const calls: string[] = [];
  page.on('request', (request) => request.url().endsWith('/chat/completions') && calls.push(request.url()));
  for (const [count, told] of [
    [8, '80% of the requests today'],
    [9, '90% of the requests today'],
  ] as const) {
    await ask(page, `Question ${count}`);
    await answerWhole(model, `Answer ${count}.`);
    await page.getByText(`${10 - count} of 10 requests left today`).waitFor();
    await page.getByText(told, { exact: true }).waitFor();
  }
  expect(await accessibilityFaults(page)).toEqual([]);
  await ask(page, 'Question 10');
  await answerWhole(model, 'Answer 10.');
  const told = /You have used 10 of 10 requests today; resets in (\d+ h( \d+ min)?|\d+ min|\d+ s)\./;
  await page.locator('p:not([role=status])', { hasText: told }).waitFor();
  await page.locator('[role=status]', { hasText: told }).waitFor({ state: 'attached' });
  await question(page).fill('Question 11');
  await page.getByText(/^A limit is used up\. You can send again in /).waitFor();
  expect(await button(page, 'Send').isDisabled()).toBe(true);
  expect(await button(page, 'Regenerate').isDisabled()).toBe(true);
  expect(await button(page, 'Try again').count()).toBe(0);
  await question(page).press('Enter');

  await button(page, 'Move this key to 20-per-day').click();
  await page.getByText('This key is on 20-per-day now').waitFor();
  await page.getByText('10 of 20 requests left today').waitFor();
  await eventually(async () =>
    expect(await question(page).evaluate((field) => field === document.activeElement)).toBe(true),
  );
  expect(calls).toHaveLength(3);
  await readyToSend(page);
  await question(page).press('Enter');
  await answerWhole(model, 'Answer 11.');
  await answer(page).getByText('Answer 11.').waitFor();
}, 180_000);

test('a used-up minute counts down, and then the question can be sent', async () => {
  const owner = await addPerson(site.runtime());
  await createKey(site.runtime(), owner.token, { limits: { requestsPerMinute: 1 } });
  const visitor = await site.openAlone();
  const { page } = visitor;
  // Both clocks begin a minute, so that the test has all of it.
  const toNextMinute = 60 - (Math.floor(Date.now() / 1000) % 60);
  await site.moveClock(toNextMinute);
  await page.clock.install({ time: Date.now() + toNextMinute * 1000 });
  await openPlayground(visitor, owner);
  await ask(page, 'One?');
  await answerWhole(model, 'First.');
  await page
    .getByText(/You have used 1 of 1 requests this minute; resets in \d+ s\./)
    .first()
    .waitFor();
  await question(page).fill('Two?');
  await eventually(async () => expect(await button(page, 'Send').isDisabled()).toBe(true));
  await site.moveClock(toNextMinute + 60);
  await page.clock.fastForward(60_000);
  await readyToSend(page);
  await question(page).press('Enter');
  await answerWhole(model, 'Second.');
  await answer(page).getByText('Second.').waitFor();
});

test.each([
  ['an error in the middle of the stream', { kind: 'mid-stream-error', error: 'modelStreamErrorException' }],
  ['a stream that is cut', { kind: 'cut' }],
  ['a stream that is corrupt', { kind: 'corrupt-frame' }],
])('%s keeps the text that came, and asking again answers', async (_, fault) => {
  const { page } = await open();
  await site.setFaults([
    { service: 'bedrock', operation: 'ConverseStream', ...fault, afterEvents: 3, times: 1 },
  ]);
  await ask(page, 'Tell me more.');
  const said = await model.asked();
  for (const words of ['So far', ' so good,', ' and', ' more']) await said.say(words);
  await button(page, 'Try again').waitFor();
  expect(await answer(page).innerText()).toMatch(/So far/);
  await page.getByText(/^No answer\. /).waitFor({ state: 'attached' });
  await button(page, 'Try again').click();
  await answerWhole(model, 'All of it.');
  await answer(page).getByText('All of it.').waitFor();
  expect(await button(page, 'Try again').count()).toBe(0);
});

test('a model that is overloaded before the first word is told with the wait', async () => {
  const visitor = await open();
  const { page } = visitor;
  await site.setFaults([{ service: 'bedrock', operation: 'ConverseStream', kind: 'throttle' }]);
  visitor.expectFailure(chat, 503);
  await ask(page, 'Are you there?');
  await button(page, 'Try again').waitFor();
  const shown = await page.getByText(/^Request /).innerText();
  expect(shown).toMatch(/^Request [\w=-]{8,}/);
  await button(page, 'Copy request id').click();
  await eventually(async () =>
    expect(`Request ${await page.evaluate(() => navigator.clipboard.readText())}`).toBe(shown),
  );
});

test('an answer that falls silent is told to be under way', async () => {
  const { page } = await open();
  await ask(page, 'Think about it.');
  await page.getByText(/Waiting for the first words· \d+ s/).waitFor();
  const said = await model.asked();
  await said.say('Well');
  await page.getByText(/Waiting for more· \d+ s/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await said.say(', yes.');
  await page.getByText('Waiting for more').waitFor({ state: 'detached' });
  said.finish();
  await answer(page).getByText('Well, yes.').waitFor();
});

test('without a connection a question is told to have failed, and is asked again when it is back', async () => {
  const visitor = await open();
  const { page } = visitor;
  await visitor.goOffline();
  visitor.expectFailure(chat, 'no answer');
  await ask(page, 'Hello?');
  await page.getByText('This device is offline.').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await visitor.goOnline();
  await button(page, 'Try again').click();
  await answerWhole(model, 'Here again.');
  await answer(page).getByText('Here again.').waitFor();
});

test('a key that is revoked in mid-chat is told as that, and another one goes on with the conversation', async () => {
  const owner = await addPerson(site.runtime());
  const first = await createKey(site.runtime(), owner.token, { name: 'Old key' });
  await createKey(site.runtime(), owner.token, { name: 'New key', plan: '20-per-day' });
  const visitor = await openAs(owner);
  const { page } = visitor;
  await page.getByRole('combobox', { name: 'API key' }).click();
  await page.getByRole('option', { name: 'Old key' }).click();
  await ask(page, 'Remember the word tulip.');
  await answerWhole(model, 'I shall.');
  await button(page, 'Regenerate').waitFor();
  await call(site.runtime().edge, `/v1/api-keys/${first.id}`, { method: 'DELETE', token: owner.token });
  visitor.expectFailure(chat, 401);
  await ask(page, 'Which word?');
  await page.getByText('This key no longer works.').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'API key' }).filter({ hasText: 'New key' }).waitFor();
  const request = page.waitForRequest('**/chat/completions');
  await button(page, 'Try again').click();
  expect((await request).postDataJSON().messages).toHaveLength(3);
  await answerWhole(model, 'Tulip.');
  await answer(page).getByText('Tulip.').waitFor();
});

test('models that can’t be loaded are told with a way to try again, and nothing can be sent before', async () => {
  const visitor = await site.openAlone();
  const { page, context } = visitor;
  await context.route('**/v1/models', (route) => route.abort('connectionreset'));
  visitor.expectFailure('GET /v1/models', 'no answer');
  await openPlayground(visitor, person());
  await page.getByText('The models could not be loaded').first().waitFor();
  await question(page).fill('Hello?');
  await eventually(async () => expect(await button(page, 'Send').isDisabled()).toBe(true));
  expect(await accessibilityFaults(page)).toEqual([]);
  await context.unroute('**/v1/models');
  await button(page, 'Try again').click();
  await page.getByRole('combobox', { name: 'Model' }).waitFor();
  expect(await button(page, 'Send').isEnabled()).toBe(true);
});

test('a session that ends in mid-chat asks for the password over the conversation, which stays', async () => {
  const owner = await addPerson(site.runtime());
  await createKey(site.runtime(), owner.token);
  const visitor = await openAs(owner);
  const { page } = visitor;
  await endSessions(visitor, site.runtime(), owner);
  visitor.expectFailure(chat, 401);
  visitor.expectFailure('GET /v1/usage', 401);
  await ask(page, 'Still there?');
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.waitFor();
  await dialog.getByLabel('Password', { exact: true }).fill(owner.password);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await dialog.waitFor({ state: 'detached' });
  await answerWhole(model, 'Still here.');
  await answer(page).getByText('Still here.').waitFor();
  await page.getByText('9 of 10 requests left today').waitFor();
});
