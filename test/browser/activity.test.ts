import type { Page } from 'playwright-core';
import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';

const site = consoleUnderTest();
let person: Person;
let requestIds: string[];

beforeAll(async () => {
  const runtime = site.runtime();
  person = await addPerson(runtime);
  const laptop = await createKey(runtime, person.token, { name: 'My laptop' });
  const report = await createKey(runtime, person.token, { name: 'Nightly report', plan: '20-per-day' });
  const calls = [
    { key: laptop.key, body: chatBody() },
    { key: report.key, body: chatBody({ model: 'nova-micro' }) },
    { key: laptop.key, body: chatBody({ model: 'no-such-model' }) },
    { key: laptop.key, body: chatBody({ model: 'no-such-model' }) },
  ];
  requestIds = [];
  for (const { key, body } of calls) {
    const { headers } = await call(runtime.edge, '/v1/chat/completions', { key, body });
    requestIds.push(headers.get('x-request-id') ?? '');
  }
}, 60_000);

async function openActivity(search = '', who = person) {
  const visitor = await site.open();
  await signIn(visitor, who);
  await visitor.page.goto(`/activity${search}`);
  await settled(visitor.page);
  return visitor;
}

const list = (page: Page) => page.getByRole('list', { name: 'Calls' });
const rows = (page: Page) => list(page).getByRole('button', { expanded: false });
const shown = (page: Page) =>
  list(page)
    .locator('li > div > button, li > button')
    .evaluateAll((all) => all.map((row) => row.textContent));

test('calls and refusals are listed, newest first, and refusals of a minute once', async () => {
  const { page } = await openActivity();
  await rows(page).first().waitFor();
  const texts = await shown(page);
  // A new minute may have begun between the two refusals.
  expect([3, 4]).toContain(texts.length);
  expect(texts[0]).toMatch(/Refused.*model_not_found.*My laptop/);
  expect(texts.at(-2)).toMatch(/Answered.*nova-micro.*Nightly report.*tokens\$0\.0/);
  expect(texts.at(-1)).toMatch(/Answered.*nova-lite.*My laptop/);
});

test('a refusal opens by keyboard, says what to do, and has the id of its answer', async () => {
  const { page } = await openActivity('?status=4xx');
  await tabTo(page, rows(page).last());
  await page.keyboard.press('Enter');
  await page.getByText('404 model_not_found').waitFor();
  await page.getByText('Not charged', { exact: true }).waitFor();
  await page.getByText('GET /v1/models', { exact: false }).first().waitFor();
  await page.getByText(requestIds[2] ?? '').waitFor();
});

test('a call opens with its times, tokens and cost, and leads to its key', async () => {
  const { page } = await openActivity('?status=2xx&model=nova-lite');
  await rows(page).last().click();
  for (const label of ['First token after', 'Ended after', 'Tokens in', 'Tokens out', 'Cost', 'Charge'])
    await page.getByText(label, { exact: true }).waitFor();
  await page.getByRole('link', { name: 'My laptop' }).click();
  await page.getByRole('heading', { level: 1, name: 'My laptop' }).waitFor();
});

test('outcome, key, model and day stand in the address', async () => {
  const { page } = await openActivity();
  await page.getByRole('radio', { name: 'Answered' }).click();
  await page.waitForURL(/status=2xx/);
  await page.getByRole('combobox', { name: 'Key' }).click();
  await page.getByRole('option', { name: 'Nightly report' }).click();
  await page.waitForURL(/key=key_/);
  await eventually(async () => expect(await shown(page)).toHaveLength(1));
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'nova-lite', exact: true }).click();
  await page.waitForURL(/model=nova-lite/);
  await page.getByText('No calls match').waitFor();
  await page.getByLabel('Day (UTC)').fill('2026-01-05');
  await page.waitForURL(/day=2026-01-05/);
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await eventually(async () => expect((await shown(page)).length).toBeGreaterThan(2));
  expect(new URL(page.url()).search).toBe('');
});

test('a new call comes with a refresh', async () => {
  const runtime = site.runtime();
  const who = await addPerson(runtime);
  const { page } = await openActivity('', who);
  await page.getByText('No calls yet').waitFor();
  const { key } = await createKey(runtime, who.token);
  await call(runtime.edge, '/v1/chat/completions', { key, body: chatBody() });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await eventually(async () => expect(await shown(page)).toHaveLength(1));
});

test('a key of somebody else is refused in words, and the way back is one click', async () => {
  const runtime = site.runtime();
  const other = await createKey(runtime, (await addPerson(runtime)).token);
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  visitor.expectFailure('GET /v1/requests', 404);
  await page.goto(`/activity?key=${other.id}`);
  await page.getByText('Your calls could not be loaded').waitFor();
  await page.getByText('You have no such key.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Show all keys' }).click();
  await rows(page).first().waitFor();
});

test('a failure says so in words, and trying again brings the calls', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  visitor.expectFailure('GET /v1/requests', 503);
  visitor.expectFailure('GET /v1/api-keys', 503);
  await site.setFaults([{ service: 'dynamodb', operation: 'Query', kind: 'error' }]);
  await page.goto('/activity');
  await page.getByText('Your calls could not be loaded').waitFor();
  await site.setFaults([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await rows(page).first().waitFor();
});

test('without a connection it says so, and goes on when there is one', async () => {
  const visitor = await openActivity();
  const { page } = visitor;
  visitor.expectFailure('GET /v1/requests', 'no answer');
  await visitor.goOffline();
  await page.getByRole('radio', { name: 'Failed' }).click();
  await page.getByText('This device is offline.', { exact: false }).first().waitFor();
  await visitor.goOnline();
  await page.getByText('No calls match').waitFor();
});

test('where no list is kept, it says so, and where the totals are', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  visitor.expectFailure('GET /v1/requests', 404);
  await page.route('**/v1/requests*', (route) =>
    route.fulfill({
      status: 404,
      json: {
        error: { code: 'not_found', type: 'not_found_error', message: 'No list.', param: null, docs: '' },
      },
    }),
  );
  await page.goto('/activity');
  await page.getByText('No list of calls').waitFor();
  await page.getByRole('link', { name: 'See your usage' }).click();
  await page.waitForURL('**/usage');
});
