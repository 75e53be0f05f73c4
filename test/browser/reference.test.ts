import type { Locator, Page } from 'playwright-core';
import { routes } from '../../core/contract/routes.ts';
import { addPerson, call, createKey, type Person } from '../e2e/client.ts';
import { accessibilityFaults, scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { endSessions } from './end-sessions.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';

// Slow enough to see an answer before its end.
const site = consoleUnderTest({ environment: { DAYPASS_TOKENS_PER_SECOND: '40' } });
let person: Person;
let key: string;

beforeAll(async () => {
  person = await addPerson(site.runtime());
  ({ key } = await createKey(site.runtime(), person.token, { name: 'Mine', plan: '30-per-day' }));
});

async function openReference(hash = '', options?: Parameters<typeof site.open>[0]) {
  const visitor = await site.open(options);
  await signIn(visitor, person);
  await visitor.page.goto(`/docs/api${hash}`);
  await settled(visitor.page);
  return visitor;
}

interface Document {
  paths: Record<string, Record<string, { operationId: string; summary: string }>>;
}

async function documentOfApi(): Promise<Document> {
  return (await call(site.runtime().edge, '/v1/openapi.json')).body;
}

const heads = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 });
const trial = (page: Page, operation: string) => page.getByRole('region', { name: `Try ${operation}` });
const send = (form: Locator) => form.getByRole('button', { name: 'Send', exact: true });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search calls, errors and docs' });
const eventsOf = (form: Locator) => answer(form).getByRole('button', { name: /^Events/ });
const answer = (form: Locator) => form.getByRole('region', { name: 'Answer' });
const body = (form: Locator) => form.getByLabel('Body (JSON)');
const shortChat = JSON.stringify({
  model: 'nova-lite',
  messages: [{ role: 'user', content: 'Hi' }],
  stream: true,
  max_tokens: 8,
});
const giveKey = async (form: Locator, value: string) => {
  await form.getByLabel('API key').fill(value);
  await form.getByRole('button', { name: 'Use this key' }).click();
};

test('every call of the document stands there with method, path and summary, and no other', async () => {
  const { page } = await openReference();
  const shownAtFirst = await heads(page).count();
  await page.getByRole('checkbox', { name: 'Internal calls' }).click();
  await eventually(async () => expect(await heads(page).count()).toBeGreaterThan(shownAtFirst));
  const { paths } = await documentOfApi();
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary }]) => `${method.toUpperCase()}${path}${summary}`),
  );
  const shown = await heads(page).evaluateAll((all) =>
    all.map((head) => [...head.querySelectorAll('span span, span')].map((part) => part.textContent)),
  );
  expect(shown).toHaveLength(told.length);
  expect(shown.map(([method, , path, summary]) => `${method}${path}${summary}`).sort()).toEqual(told.sort());
});

test('a search narrows the calls, tells how many are left, and finds its way back', async () => {
  const { page } = await openReference();
  const all = await heads(page).count();
  await search(page).fill('delete /v1/api-KEYS');
  await page.getByText(`1 of ${all} calls`).waitFor();
  await search(page).fill('no-such-thing');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await page.getByRole('combobox', { name: 'Access' }).click();
  await page.getByRole('option', { name: 'API key' }).click();
  const byKey = Object.values(routes).filter(({ access }) => access === 'key').length;
  await eventually(async () => expect(await heads(page).count()).toBe(byKey));
});

test('a search finds error codes, statuses and the docs too, and leads to them', async () => {
  const { page } = await openReference();
  const errors = page.getByRole('region', { name: 'Errors' });
  const docs = page.getByRole('region', { name: 'In the docs' });
  await search(page).fill('429');
  await errors.getByRole('button', { name: 'quota_exceeded' }).waitFor();
  await docs.getByRole('link', { name: /^Limits › The three kinds of 429/ }).waitFor();
  await search(page).fill('quota');
  await errors.getByRole('button', { name: 'quota_exceeded' }).click();
  await errors.getByText('The requests of a day, week or month are used up').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await search(page).fill('heartbeat');
  await eventually(async () => expect(await heads(page).count()).toBe(0));
  await search(page).fill('server-sent events');
  await docs
    .getByRole('link', { name: /^Streaming/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Streaming' }).waitFor();
});

test('a visitor tries what anyone may call, and is led to log in for the rest', async () => {
  const { page } = await site.open();
  await page.goto('/docs/api#listModels');
  const form = trial(page, 'listModels');
  await send(form).click();
  await answer(form).getByText('200 OK').waitFor();
  await page.getByRole('button', { name: /GET \/v1\/usage/ }).click();
  const usage = trial(page, 'getUsage');
  await usage.getByRole('link', { name: 'Log in' }).waitFor();
  expect(await send(usage).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a call is shown in other languages, with what was filled in', async () => {
  const { page } = await openReference('#createChatCompletion');
  const form = trial(page, 'createChatCompletion');
  await form.getByRole('tab', { name: 'Python' }).click();
  await form.getByText('requests.request').waitFor();
  await form.getByRole('tab', { name: 'OpenAI SDK' }).click();
  await form.getByText('client.chat.completions.create').first().waitFor();
  const call = page.locator('#createChatCompletion');
  await call.getByRole('button', { name: /^Answer 200/ }).click();
  await call.getByText('"chat.completion"').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('an address opens the call it names, also after logging in, and what is opened stands in the address', async () => {
  const { page } = await site.open();
  await page.goto('/docs/api#createApiKey');
  await trial(page, 'createApiKey').getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await trial(page, 'createApiKey').waitFor();
  await page.getByRole('button', { name: /GET \/v1\/plans/ }).click();
  await page.waitForURL('**/docs/api#listPlans');
});

test('the link in an error body opens the entry of its code', async () => {
  const { body: refusal } = await call(site.runtime().edge, '/v1/api-key');
  expect(refusal.error.code).toBe('invalid_api_key');
  const visitor = await site.open();
  await signIn(visitor, person);
  const { page } = visitor;
  await page.goto(refusal.error.docs);
  const errors = page.getByRole('region', { name: 'Errors' });
  const entry = errors.getByRole('button', { name: 'invalid_api_key' });
  await eventually(async () =>
    expect(await entry.evaluate((element) => element === document.activeElement)).toBe(true),
  );
  await errors.getByText('Send it as x-api-key').waitFor();
});

test('a body is told field by field, deeper ones folded, and refusals in the words of the docs', async () => {
  const { page } = await openReference('#createApiKey');
  const call = page.locator('#createApiKey');
  await call.getByText('The name of a plan, from').waitFor();
  await call.getByText('1 to 100 characters').first().waitFor();
  await call.getByText('Limits for each caller’s IP address').waitFor({ state: 'hidden' });
  await call.getByRole('button', { name: /^perClient/ }).click();
  await call.getByText('Limits for each caller’s IP address').waitFor();
  await call.getByRole('button', { name: /^Answer 201/ }).click();
  await call.getByText('"activating", "active", "revoked", "expired"').waitFor();
  await call.getByRole('button', { name: /^Refusals/ }).click();
  await call.getByText('You already have as many active keys on this plan as it allows').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a public call is sent as it stands, and its answer shown with status, headers and body', async () => {
  const { page } = await openReference('#listPlans');
  const form = trial(page, 'listPlans');
  await form.getByText(`curl '${site.runtime().edge}/v1/plans'`).waitFor();
  await send(form).click();
  await answer(form).getByText('200 OK').waitFor();
  await answer(form).getByText('x-request-id').waitFor();
  const { text } = await call(site.runtime().edge, '/v1/plans');
  await eventually(async () =>
    expect(JSON.parse(await answer(form).locator('pre').innerText())).toEqual(JSON.parse(text)),
  );
});

test('a login call goes out in the name of whoever is logged in, with what is filled in', async () => {
  const { page } = await openReference('#listApiKeys');
  const form = trial(page, 'listApiKeys');
  await form.getByText(`as ${person.email}`).waitFor();
  await form.getByLabel('limit').fill('1');
  await send(form).click();
  await answer(form).getByText('"Mine"').waitFor();
  await form.getByText('?limit=1').waitFor();
});

test('what is missing or no JSON is told beside its field, and nothing is sent', async () => {
  const { page } = await openReference('#rotateApiKey');
  const form = trial(page, 'rotateApiKey');
  await body(form).fill('{"graceSeconds":');
  await send(form).click();
  await form.getByText('This is required.').waitFor();
  await form.getByText(/This is not valid JSON/).waitFor();
  expect(await answer(form).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a refusal is an answer like any other', async () => {
  const visitor = await openReference('#getApiKey');
  visitor.expectFailure('GET /v1/api-keys/key_nothing', 404);
  const form = trial(visitor.page, 'getApiKey');
  await form.getByRole('textbox', { name: /^id/ }).fill('key_nothing');
  await send(form).click();
  await answer(form).getByText('404 Not Found').waitFor();
  await answer(form).getByText('"not_found"').waitFor();
});

test('a key call takes a key once for all calls, never puts it into the command, and tells the quota', async () => {
  const { page } = await openReference('#getCurrentKey');
  const form = trial(page, 'getCurrentKey');
  await giveKey(form, key);
  await form.getByText(`dpk…${key.slice(-4)}`).waitFor();
  await send(form).click();
  await answer(form).getByText('"30-per-day"').waitFor();
  await page.getByRole('button', { name: /POST \/v1\/chat\/completions/ }).click();
  const chat = trial(page, 'createChatCompletion');
  await body(chat).fill(
    JSON.stringify({ model: 'nova-lite', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 8 }),
  );
  await send(chat).click();
  await answer(chat).getByText('x-ratelimit-remaining-requests').waitFor();
  await answer(chat).getByText('"chat.completion"').waitFor();
  expect(await page.content()).not.toContain(key);
  expect(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
  ).not.toContain(key);
});

test('the example of a chat streams: its events show as they come, and stopping keeps them', async () => {
  const { page } = await openReference('#createChatCompletion');
  const form = trial(page, 'createChatCompletion');
  await giveKey(form, key);
  expect(JSON.parse(await body(form).inputValue())).toMatchObject({
    stream: true,
    messages: [{ role: 'user' }],
  });
  await send(form).click();
  await answer(form).getByText('text/event-stream').waitFor();
  await answer(form).locator('figure').filter({ hasText: 'Text' }).first().waitFor();
  await answer(form)
    .getByText(/^answering/)
    .waitFor();
  await form.getByRole('button', { name: 'Stop' }).click();
  await answer(form)
    .getByText(/^cut short/)
    .waitFor();
  expect(await answer(form).getByText('chat.completion.chunk').count()).toBe(0);
  await eventsOf(form).click();
  await answer(form).getByText('chat.completion.chunk').waitFor();
  const events = await answer(form).locator('pre').last().innerText();
  expect(events).toContain('chat.completion.chunk');
  expect(events).not.toContain('[DONE]');
});

test('a stream that is let run shows its last event', async () => {
  const { page } = await openReference('#createChatCompletion');
  const form = trial(page, 'createChatCompletion');
  await giveKey(form, key);
  await body(form).fill(shortChat);
  await send(form).click();
  await answer(form)
    .getByText(/^answered/)
    .waitFor();
  await eventsOf(form).click();
  await answer(form).getByText('data: [DONE]').waitFor();
});

test('what deletes asks first, and does nothing when one changes one’s mind', async () => {
  const runtime = site.runtime();
  const { id } = await createKey(runtime, person.token, { name: 'To go', plan: '20-per-day' });
  const { page } = await openReference('#revokeApiKey');
  const form = trial(page, 'revokeApiKey');
  await form.getByRole('textbox', { name: /^id/ }).fill(id);
  await send(form).click();
  const dialog = page.getByRole('alertdialog', { name: `Send DELETE /v1/api-keys/${id}?` });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const status = async () =>
    (await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body.status;
  expect(await status()).not.toBe('revoked');
  await send(form).click();
  await dialog.getByRole('textbox').fill('revokeApiKey');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await answer(form).getByText('200 OK').waitFor();
  expect(await status()).toBe('revoked');
});

test('without the document it says so in words, and the connection brings it', async () => {
  const visitor = await openReference();
  const { page } = visitor;
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js') && !name.endsWith('/theme.js')),
  );
  await page.goto('/settings');
  await settled(page);
  // The screen itself is there before the connection goes.
  await page.evaluate(
    (names) => Promise.all(names.map((name) => import(name))).then(() => undefined),
    scripts,
  );
  visitor.expectFailure('GET /v1/openapi.json', 'no answer');
  await visitor.goOffline();
  await page.getByRole('link', { name: 'API reference' }).click();
  await page.getByText('The reference could not be loaded').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await visitor.goOnline();
  await heads(page).first().waitFor();
});

test('without a connection a call tells that no answer came, and what was typed stays', async () => {
  const visitor = await openReference('#listModels');
  const { page } = visitor;
  visitor.expectFailure('GET /v1/models', 'no answer');
  const form = trial(page, 'listModels');
  // The highlighter of the curl command is there before the connection goes.
  await form.locator('code span').first().waitFor();
  await visitor.goOffline();
  await send(form).click();
  await form.getByRole('alert').getByText('offline').waitFor();
  await visitor.goOnline();
  await send(form).click();
  await answer(form).getByText('200 OK').waitFor();
});

test('a session that ended is asked for over the screen, and the call goes out afterwards', async () => {
  const who = await addPerson(site.runtime());
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, who);
  await page.goto('/docs/api#getMe');
  await settled(page);
  visitor.expectFailure('GET /v1/me', 401);
  await endSessions(visitor, site.runtime(), who);
  await send(trial(page, 'getMe')).click();
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.getByLabel('Password', { exact: true }).fill(who.password);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await answer(trial(page, 'getMe')).getByText(`"${who.email}"`).waitFor();
});

test('what comes back is text, whatever it looks like', async () => {
  const who = await addPerson(site.runtime());
  const name = '<img src=x onerror=scriptRan()><script>scriptRan()</script>';
  await createKey(site.runtime(), who.token, { name });
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, who);
  await page.goto('/docs/api#listApiKeys');
  await settled(page);
  const form = trial(page, 'listApiKeys');
  await send(form).click();
  await answer(form).getByText(name).waitFor();
});

test('by keyboard alone one opens a call and sends it', async () => {
  const { page } = await openReference();
  await tabTo(page, page.getByRole('button', { name: /GET \/v1\/models List the models/ }));
  await page.keyboard.press('Enter');
  const form = trial(page, 'listModels');
  await tabTo(page, send(form));
  await page.keyboard.press('Enter');
  await answer(form).getByText('200 OK').waitFor();
});

test('an open call with its answer fits a phone, and axe finds nothing', async () => {
  const { page } = await openReference('#createChatCompletion', phone);
  const form = trial(page, 'createChatCompletion');
  await giveKey(form, key);
  await body(form).fill(shortChat);
  await send(form).click();
  await answer(form)
    .getByText(/^answered/)
    .waitFor();
  await eventsOf(form).click();
  await answer(form).getByText('data: [DONE]').waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  expect(await accessibilityFaults(page)).toEqual([]);
});
