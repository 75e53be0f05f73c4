import type { Locator, Page } from 'playwright-core';
import type { Person } from '../e2e/client.ts';
import type { ModelServer } from '../e2e/model-server.ts';
import type { ConsolePage } from './console-page.ts';
import { signIn } from './sign-in.ts';

export const question = (page: Page): Locator => page.getByRole('textbox', { name: 'Your question' });
export const conversation = (page: Page): Locator => page.getByRole('list', { name: 'Conversation' });
/** The last one. */
export const answer = (page: Page): Locator => page.getByRole('article').last();
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** What a question calls with one of the user's own keys. */
export const chatRoute = '/v1/console/chat/completions';

/** Opens the playground as somebody who has a key. */
export async function openPlayground(visitor: ConsolePage, person: Person): Promise<void> {
  await signIn(visitor, person);
  await visitor.page.goto('/playground');
  await question(visitor.page).waitFor();
}

/** Chats with a key by its secret instead. */
export async function pasteKey(page: Page, key: string): Promise<void> {
  await button(page, 'Use another key').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('API key').fill(key);
  await dialog.getByRole('button', { name: 'Use this key' }).click();
  await dialog.waitFor({ state: 'detached' });
}

export async function ask(page: Page, words: string): Promise<void> {
  await question(page).fill(words);
  await readyToSend(page);
  await question(page).press('Enter');
}

/** Until then Enter sends nothing and leaves the question as it is: while an answer comes, or the key is looked up. */
export async function readyToSend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', disabled: false }).waitFor();
}

/** The model's answer to what was asked last, all at once. */
export async function answerWhole(model: Pick<ModelServer, 'asked'>, words: string): Promise<void> {
  const said = await model.asked();
  await said.say(words);
  said.finish();
}

/** Asks one question with the key of whoever is logged in that has most left. */
export async function showChat(page: Page): Promise<void> {
  const keyId = await restedKey(page);
  await page.evaluate((choice) => localStorage.setItem('daypass-playground-key', JSON.stringify(choice)), {
    keyId,
    newest: '9',
  });
  await page.reload();
  await question(page).waitFor();
  await ask(page, 'Why does a database have an index?');
  await answer(page).getByText('Total').waitFor();
}

async function restedKey(page: Page): Promise<string | undefined> {
  const { request } = page.context();
  const session = await request.post('/v1/session/refresh', { headers: { 'x-daypass-session': 'refresh' } });
  const { token } = (await session.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const keys = (await (await request.get('/v1/api-keys', { headers })).json()) as {
    data: { id: string; remaining: number }[];
  };
  return keys.data.sort((one, other) => other.remaining - one.remaining)[0]?.id;
}
