import type { Page } from 'playwright-core';
import { startModelServer } from '../e2e/model-server.ts';
import { eventually } from './eventually.ts';
import { answer, answerWhole, ask, button, conversation, question } from './playground-page.ts';
import { playgroundUnderTest } from './playground-under-test.ts';

const model = await startModelServer();
const { site, open, openAs, person } = playgroundUnderTest(model);

/** What the model’s side has seen since the runtime started. */
async function generations(): Promise<{ aborted: number; liveStreams: number }> {
  const stats = await fetch(`${site.runtime().aws}/_stand-in/bedrock/stats`);
  const { aborted = 0, liveStreams = 0 } = (await stats.json()) as Record<string, number>;
  return { aborted, liveStreams };
}

const requestsLeft = async (page: Page): Promise<number> =>
  Number.parseInt(await page.getByText(/^\d+ of 30 requests left today/).innerText(), 10);

test.each([
  ['the button', (page: Page) => button(page, 'Stop').click()],
  ['the Escape key', (page: Page) => page.keyboard.press('Escape')],
])(
  '%s stops the answer, keeps what came, and the model sees that nobody listens any more',
  async (_, stop) => {
    const { page } = await open();
    const before = await requestsLeft(page);
    const { aborted } = await generations();
    await ask(page, 'Count for ever.');
    const said = await model.asked();
    await said.say('One, two');
    await answer(page).getByText('One, two').waitFor();
    await stop(page);
    await answer(page).getByText('Stopped').waitFor();
    expect(await answer(page).innerText()).toContain('One, two');
    expect(await button(page, 'Stop').count()).toBe(0);
    await page.getByText('Answer stopped.').waitFor({ state: 'attached' });
    await said.left;
    await eventually(async () =>
      expect(await generations()).toEqual({ aborted: aborted + 1, liveStreams: 0 }),
    );
    // What was begun is one request, and no more.
    await eventually(async () => expect(await requestsLeft(page)).toBe(before - 1));
    await ask(page, 'And now?');
    await answerWhole(model, 'Three.');
    await answer(page).getByText('Three.').waitFor();
  },
  180_000,
);

test.each([
  [
    'deleting the chat',
    async (page: Page) => {
      await button(page, 'Chats').click();
      await button(page, 'More for “Count for ever.”').click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    },
  ],
  ['closing the tab', (page: Page) => page.close()],
])('%s ends the answer that comes, on the model’s side too', async (_, leave) => {
  const { page } = await open();
  const { aborted } = await generations();
  await ask(page, 'Count for ever.');
  const said = await model.asked();
  await said.say('One, two');
  await answer(page).getByText('One, two').waitFor();
  await leave(page);
  await said.left;
  await eventually(async () => expect(await generations()).toEqual({ aborted: aborted + 1, liveStreams: 0 }));
});

test('two tabs have a conversation of their own, and each gets its own answer', async () => {
  const { page, context } = await open();
  const other = await context.newPage();
  await other.goto('/playground');
  await question(other).waitFor();
  await ask(page, 'Of the first tab?');
  const first = await model.asked();
  await ask(other, 'Of the second tab?');
  const second = await model.asked();
  await second.say('To the second.');
  await first.say('To the first.');
  second.finish();
  first.finish();
  await answer(page).getByText('To the first.').waitFor();
  await answer(other).getByText('To the second.').waitFor();
  expect(await conversation(page).innerText()).not.toContain('second');
  expect(await conversation(other).innerText()).not.toContain('first');
  await answer(page).getByText('Total').waitFor();
  await answer(other).getByText('Total').waitFor();
});

test('whoever logs out in one tab leaves nothing of the playground in another, and ends its answer', async () => {
  const { page, context } = await openAs(person());
  await ask(page, 'Count for ever.');
  const said = await model.asked();
  await said.say('One, two');
  await answer(page).getByText('One, two').waitFor();
  const other = await context.newPage();
  await other.goto('/settings');
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('menuitem', { name: 'Log out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  await said.left;
  expect(await page.content()).not.toMatch(/One, two|Count for ever/);
  await page.goto('/playground');
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  expect(await question(page).count()).toBe(0);
});
