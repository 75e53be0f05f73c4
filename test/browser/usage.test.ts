import { readFile } from 'node:fs/promises';
import { BatchWriteItemCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { scrollsSideways } from './accessibility.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { endSessions } from './end-sessions.ts';
import { eventually } from './eventually.ts';
import { tabTo } from './keyboard.ts';
import { settled } from './open-screen.ts';
import { signIn } from './sign-in.ts';
import { phone } from './viewports.ts';
import { personWithHistory } from './week-of-use.ts';

const site = consoleUnderTest();
let person: Person;

beforeAll(async () => {
  person = await personWithHistory(site.runtime());
}, 180_000);

interface Row {
  date: string;
  keyId: string;
  keyName: string;
  requests: number;
  refused: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  cost: number;
}

async function openUsage(search = '', who = person) {
  const visitor = await site.open();
  await signIn(visitor, who);
  await visitor.page.goto(`/usage${search}`);
  await settled(visitor.page);
  return visitor;
}

async function rowsOfApi(search = ''): Promise<Row[]> {
  const { edge } = site.runtime();
  const { body: login } = await call(edge, '/v1/login', {
    body: { email: person.email, password: person.password },
  });
  const { body } = await call(edge, `/v1/usage?limit=1000${search}`, { token: login.token });
  return body.data;
}

const day = (date: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium' }).format(Date.parse(date));
const count = (value: number) => value.toLocaleString('en');
const cells = (row: Row) => [
  day(row.date),
  row.keyName,
  ...[row.requests, row.refused, row.inputTokens, row.outputTokens, row.cachedTokens].map(count),
  `$${row.cost.toFixed(6)}`,
];

const table = (page: Page) => page.getByRole('table', { name: 'Usage by day and key' });
const shownRows = (page: Page) =>
  table(page)
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
const figure = (page: Page, name: string) =>
  page
    .getByRole('radiogroup', { name: 'Show' })
    .locator('label')
    .filter({ has: page.getByText(name, { exact: true }) });
const sum = (rows: Row[], of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
const searchOf = (page: Page) => new URL(page.url()).searchParams;
const chooseKey = async (page: Page, name: string) => {
  const keys = page.getByRole('combobox', { name: 'Key' });
  await keys.click();
  await page.getByRole('option', { name }).click();
  // The address changes before the screen does.
  await keys.getByText(name).waitFor();
};

test('table and sums are what the API says', async () => {
  const { page } = await openUsage();
  const rows = await rowsOfApi();
  expect(rows.length).toBeGreaterThan(15);
  expect(await shownRows(page)).toEqual(rows.map(cells));
  expect(await figure(page, 'Requests').innerText()).toContain(count(sum(rows, ({ requests }) => requests)));
  expect(await figure(page, 'Refused').innerText()).toContain(`\n${sum(rows, ({ refused }) => refused)}\n`);
  expect(await figure(page, 'Tokens').innerText()).toContain(
    count(sum(rows, (row) => row.inputTokens + row.outputTokens + row.cachedTokens)),
  );
  await page.getByText('midnight UTC').waitFor();
});

test('the table is sorted by any column, and tells screen readers which', async () => {
  const { page } = await openUsage();
  await page.getByRole('button', { name: 'Requests' }).click();
  await page
    .getByRole('columnheader', { name: 'Requests', exact: true })
    .and(page.locator('[aria-sort]'))
    .waitFor();
  const requests = (await shownRows(page)).map((cells) => Number(cells[2]));
  expect(requests).toEqual([...requests].sort((one, other) => other - one));
});

test('the key stands in the address: back and reload keep what was chosen', async () => {
  const { page } = await openUsage();
  await chooseKey(page, 'My laptop');
  await page.waitForURL(/key=key_/);
  const keyId = searchOf(page).get('key');
  const ofKey = await rowsOfApi(`&keyId=${keyId}`);
  expect(ofKey.length).toBeGreaterThan(0);
  await eventually(async () => expect(await shownRows(page)).toEqual(ofKey.map(cells)));
  await page.reload();
  await settled(page);
  expect(await shownRows(page)).toEqual(ofKey.map(cells));
  await page.goBack();
  await eventually(async () => expect(await shownRows(page)).toHaveLength((await rowsOfApi()).length));
});

test('the days stand in the address, by period or one by one', async () => {
  const { page } = await openUsage('?days=7');
  const [newest, ...others] = [...new Set((await rowsOfApi()).map(({ date }) => date))];
  const oldest = others.at(-1) ?? '';
  await page.getByRole('radio', { name: 'Other days' }).click();
  await page.getByLabel('First day').fill(oldest);
  await page.getByLabel('Last day').fill(oldest);
  await page.getByRole('button', { name: 'Show these days' }).click();
  await page.waitForURL(`**/usage?from=${oldest}&to=${oldest}`);
  const rows = await rowsOfApi(`&from=${oldest}&to=${oldest}`);
  await eventually(async () => expect(await shownRows(page)).toEqual(rows.map(cells)));
  await page.getByRole('radio', { name: '30 days' }).click();
  await page.waitForURL('**/usage?days=30');
  await eventually(async () => expect((await shownRows(page))[0]?.[0]).toBe(day(newest ?? '')));
});

test('days that can’t be are told beside their field, and nothing is asked for', async () => {
  const { page } = await openUsage('?from=2026-03-02&to=2026-03-01');
  await page.getByText('The first day must not be after the last.').waitFor();
  expect(await page.getByLabel('First day').getAttribute('aria-invalid')).toBe('true');
});

test('the chart is one picture with a name, shows any figure, and moves nothing', async () => {
  const { page } = await openUsage();
  const chart = page.getByRole('img', { name: /^Requests of each day/ });
  await chart.waitFor();
  expect(await chart.locator('rect[data-bar]').count()).toBeGreaterThan(15);
  await page.getByText('Limit of your keys together: 60 a day').waitFor();
  for (const name of ['My laptop', 'Nightly report', 'Support assistant'])
    await page.getByRole('figure').getByText(name, { exact: true }).waitFor();
  const patterns = await chart.locator('pattern').evaluateAll((all) => all.map((one) => one.innerHTML));
  expect(new Set(patterns).size).toBe(3);
  await page.getByRole('radio', { name: 'Cost' }).click();
  const costs = page.getByRole('img', { name: /^Cost of each day/ });
  const [first, later] = await costs.evaluate(async (picture) => {
    const bars = () => [...picture.querySelectorAll('rect[data-bar]')].map((bar) => bar.outerHTML);
    const first = bars();
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    return [first, bars()];
  });
  expect(first?.length).toBeGreaterThan(15);
  expect(first).toEqual(later);
  expect(searchOf(page).get('show')).toBe('cost');
});

test('by keyboard, a bar tells its figure and leads to its calls', async () => {
  const { page } = await openUsage();
  const [newest] = await rowsOfApi();
  const chart = page.getByRole('slider', { name: 'Day' });
  await tabTo(page, chart);
  expect(await chart.getAttribute('aria-valuetext')).toMatch(new RegExp(`^${day(newest?.date ?? '')}: \\d+`));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/activity?day=${newest?.date}`);
});

test('a part of a bar leads to the calls of its key, and so does the table', async () => {
  const { page } = await openUsage();
  const [newest] = await rowsOfApi();
  await table(page).getByRole('link').first().click();
  await page.waitForURL(`**/activity?day=${newest?.date}&key=${newest?.keyId}`);
  await page.goBack();
  const chart = page.getByRole('slider', { name: 'Day' });
  await chart.waitFor();
  const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 };
  // The lowest part of the last bar.
  await chart.click({ position: { x: width * 0.93, y: height - 4 } });
  await page.waitForURL(/activity\?day=[\d-]+&key=key_/);
});

test('models, success and latency come from single calls, and hours from those of today', async () => {
  const { page } = await openUsage();
  const models = page.getByRole('table', { name: 'Calls by model' });
  await models.waitFor();
  const lines = await models.locator('tbody tr').allInnerTexts();
  expect(lines.map((line) => line.split('\t')[0])).toEqual(
    expect.arrayContaining(['nova-lite', 'nova-micro', 'nova-pro']),
  );
  expect(lines.find((line) => line.startsWith('nova-pro'))).toMatch(/\t100%\t\d+\.\d\d s\t/);
  await page.getByRole('img', { name: /^Requests of each hour of today/ }).waitFor();
  await page.getByRole('radio', { name: 'Model' }).click();
  await page.getByRole('img', { name: /^Requests of each day, stacked by model/ }).waitFor();
  expect(searchOf(page).get('by')).toBe('model');
  await page.getByRole('figure').first().getByText('nova-pro', { exact: true }).waitFor();
  await models.getByRole('link', { name: 'nova-pro' }).click();
  await page.waitForURL('**/activity?model=nova-pro');
});

test('where no list of calls is kept, it says so, and the rest is there', async () => {
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
  await page.goto('/usage?by=model');
  await page.getByText('This service doesn’t keep a list of calls, from which', { exact: false }).waitFor();
  await page.getByText('This service doesn’t keep a list of calls, which', { exact: false }).waitFor();
  await table(page).waitFor();
});

test('of very many calls the newest thousand are read, and the screen says so', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  let pages = 0;
  await page.route('**/v1/requests*', async (route) => {
    pages += 1;
    const response = await route.fetch();
    const { data } = await response.json();
    await route.fulfill({ response, json: { data, nextCursor: `page-${pages}` } });
  });
  // Each page is asked for with a cursor that this test has made up.
  await page.route('**/v1/requests*cursor*', async (route) => {
    pages += 1;
    await route.fulfill({ json: { data: [], nextCursor: `page-${pages}` } });
  });
  await page.goto('/usage');
  await page.getByText('From the newest 1,000 calls and refusals of these days.').waitFor();
  expect(pages).toBe(10);
});

test('the export has the rows of the table, and its name the days', async () => {
  const { page } = await openUsage('?days=7');
  await chooseKey(page, 'Support assistant');
  await page.waitForURL(/key=key_/);
  const keyId = searchOf(page).get('key');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const rows = await rowsOfApi(`&keyId=${keyId}`);
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^daypass-usage-\\d{4}-\\d\\d-\\d\\d-to-\\d{4}-\\d\\d-\\d\\d-${keyId}\\.csv$`),
  );
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
  expect(lines[0]).toBe(
    '\uFEFFdate,keyId,keyName,requests,refused,inputTokens,outputTokens,cachedTokens,costUsd',
  );
  expect(lines.slice(1, -1).map((line) => line.split(',').slice(0, 8))).toEqual(
    rows.map((row) =>
      [
        row.date,
        row.keyId,
        row.keyName,
        row.requests,
        row.refused,
        row.inputTokens,
        row.outputTokens,
        row.cachedTokens,
      ].map(String),
    ),
  );
  expect(lines.slice(1, -1).map((line) => Number(line.split(',')[8]))).toEqual(rows.map(({ cost }) => cost));
});

test('somebody without a call is told so, and where to make one', async () => {
  const { page } = await openUsage('', await addPerson(site.runtime()));
  await page.getByText('No calls in this period').waitFor();
  expect(await page.getByRole('button', { name: 'Download CSV' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Try the playground' }).click();
  await page.waitForURL('**/playground');
});

test('a failure says so in words, and trying again brings the figures', async () => {
  const visitor = await site.open();
  const { page } = visitor;
  await signIn(visitor, person);
  visitor.expectFailure('GET /v1/usage', 503);
  await site.setFaults([{ service: 'dynamodb', operation: 'Query', kind: 'error' }]);
  await page.goto('/usage');
  await page.getByText('Your usage could not be loaded').waitFor();
  await site.setFaults([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await table(page).waitFor();
});

test('without a connection it says so, and goes on when there is one', async () => {
  const visitor = await openUsage();
  const { page } = visitor;
  visitor.expectFailure('GET /v1/usage', 'no answer');
  await visitor.goOffline();
  await page.getByRole('radio', { name: '90 days' }).click();
  await page.getByText('Your usage could not be loaded').waitFor();
  await page.getByText('This device is offline.', { exact: false }).first().waitFor();
  await visitor.goOnline();
  await table(page).waitFor();
});

test('a session that ended is renewed over the screen, and the figures come', async () => {
  const who = await addPerson(site.runtime());
  const visitor = await openUsage('', who);
  const { page } = visitor;
  visitor.expectFailure('GET /v1/usage', 401);
  await endSessions(visitor, site.runtime(), who);
  await page.getByRole('radio', { name: '7 days' }).click();
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.getByLabel('Password', { exact: true }).fill(who.password);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('No calls in this period').waitFor();
  expect(searchOf(page).get('days')).toBe('7');
});

test('a key’s name is text, whatever it looks like, on the screen and in a spreadsheet', async () => {
  const runtime = site.runtime();
  const who = await addPerson(runtime);
  const names = [
    '<img src=x onerror=scriptRan()>',
    '=HYPERLINK("http://evil.example","<script>scriptRan()</script>")',
  ];
  for (const [index, name] of names.entries()) {
    const { key } = await createKey(runtime, who.token, { name, plan: `${index + 1}0-per-day` });
    await call(runtime.edge, '/v1/chat/completions', { key, body: chatBody() });
  }
  const { page } = await openUsage('', who);
  expect((await shownRows(page)).map((cells) => cells[1]).sort()).toEqual([...names].sort());
  await page.getByRole('slider', { name: 'Day' }).hover();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain(`,"'=HYPERLINK(""http://evil.example""`);
  expect(text).not.toMatch(/(^|,)"?=/m);
});

test('more rows than a page of the API come together, and the table shows them in parts', async () => {
  const who = await addPerson(site.runtime());
  const { sub } = JSON.parse(Buffer.from(who.token.split('.')[1] ?? '', 'base64url').toString());
  const days = await writeUsage(sub, 275, 4);
  const { page } = await openUsage(`?from=${days.at(-1)}&to=${days[0]}`, who);
  await eventually(async () => expect(await figure(page, 'Requests').innerText()).toContain('\n1,100\n'));
  await eventually(async () => expect(await shownRows(page)).toHaveLength(100));
  await page.getByText('100 of 1,100 rows').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await eventually(async () => expect(await shownRows(page)).toHaveLength(600));
});

test('by keyboard alone one chooses days and key', async () => {
  const { page } = await openUsage();
  await tabTo(page, page.getByRole('radio', { name: '7 days' }));
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/days=30/);
  await settled(page);
  await tabTo(page, page.getByRole('combobox', { name: 'Key' }));
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'My laptop' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/key=key_/);
});

test('other days fit a phone', async () => {
  const visitor = await site.open(phone);
  const { page } = visitor;
  await signIn(visitor, person);
  const [newest] = await rowsOfApi();
  await page.goto(`/usage?from=2026-01-01&to=${newest?.date}&show=tokens`);
  await settled(page);
  await page.getByRole('img', { name: /^Tokens of each day/ }).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  await page.goto('/usage?days=7');
  await settled(page);
  const plot = page.getByRole('img', { name: /^Requests of each day/ }).locator('../..');
  const edges = await plot.evaluate((box) => {
    const { left, right } = box.getBoundingClientRect();
    const labels = [...box.querySelectorAll('span')].map((label) => label.getBoundingClientRect());
    const shown = labels.filter(({ width }) => width > 0);
    return shown.flatMap((label) => [label.left - left, right - label.right]);
  });
  // None of the days below the bars is cut off.
  expect(edges.length).toBeGreaterThanOrEqual(8);
  expect(Math.min(...edges)).toBeGreaterThanOrEqual(0);
});

/** As many days back from today, with a call of each of as many keys on every one. @returns the days, newest first */
async function writeUsage(userId: string, dayCount: number, keyCount: number): Promise<string[]> {
  const dynamo = new DynamoDBClient({
    endpoint: site.runtime().aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames } = await dynamo.send(new ListTablesCommand({}));
  const days = Array.from({ length: dayCount }, (_, ago) =>
    new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10),
  );
  const puts = days.flatMap((date) =>
    Array.from({ length: keyCount }, (_, key) => {
      const keyId = `key_${String(key).padStart(26, '0')}`;
      return {
        PutRequest: {
          Item: {
            pk: { S: `USER#${userId}` },
            sk: { S: `USAGE#${date}#${keyId}` },
            date: { S: date },
            keyId: { S: keyId },
            requests: { N: '1' },
          },
        },
      };
    }),
  );
  const mostPuts = 25;
  for (let start = 0; start < puts.length; start += mostPuts) {
    const some = puts.slice(start, start + mostPuts);
    await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableNames?.[0] ?? '']: some } }));
  }
  dynamo.destroy();
  return days;
}
