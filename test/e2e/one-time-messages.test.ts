import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '../../core/errors.ts';
import { type Call, call } from './client.ts';
import { moveClock } from './local-switches.ts';
import { runPage } from './run-page.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await sharedRuntime();
});

const write = (body: unknown, base = runtime.edge) => call(base, '/v1/secrets', { body });
const at = (id: string, rest = '', options: Call = {}) =>
  call(runtime.edge, `/v1/secrets/${encodeURIComponent(id)}${rest}`, options);
const reveal = (id: string) => at(id, '/reveal', { method: 'POST' });
const newId = async (fields: object = {}): Promise<string> =>
  (await write({ message: 'for your eyes', ...fields })).body.id;

test('of 200 readers at once exactly one gets the message, and nobody later', async () => {
  const id = await newId();
  const readings = await Promise.all(Array.from({ length: 200 }, () => reveal(id)));
  const read = readings.filter(({ status }) => status === 200);
  expect(read.map(({ body }) => body)).toEqual([{ message: 'for your eyes' }]);
  const others = new Set(readings.filter(({ status }) => status !== 200).map(({ status }) => status));
  // On a busy machine some are told to come again; nobody is told more.
  expect([...others].filter((status) => status !== 404 && status !== 503 && status !== 429)).toEqual([]);
  for (let times = 0; times < 3; times += 1) {
    expect(await reveal(id)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  }
}, 120_000);

test('asking whether a message waits reads nothing, and no answer may be kept by a cache', async () => {
  const id = await newId();
  for (let times = 0; times < 3; times += 1) {
    const { status, body, headers } = await at(id);
    expect({ status, body }).toEqual({
      status: 200,
      body: { id, status: 'waiting', expiresAt: expect.any(String) },
    });
    expect(headers.get('cache-control')).toBe('no-store');
  }
  const { headers } = await reveal(id);
  expect(headers.get('cache-control')).toBe('no-store');
  expect((await at(id)).status).toBe(404);
});

test('the link is the console’s page through CloudFront, and the message’s address at the stage', async () => {
  const { body } = await write({ message: 'x' });
  expect(body.url).toBe(`${runtime.edge}/secrets/${body.id}`);
  const page = await fetch(body.url);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
  const atStage = (await write({ message: 'x' }, runtime.stage)).body;
  expect(atStage.url).toBe(`${runtime.stage}/v1/secrets/${atStage.id}`);
  expect((await fetch(atStage.url)).status).toBe(200);
});

test.each([
  ['102,400 bytes of one', 'a'.repeat(102_400)],
  ['102,400 bytes of four each', '😀'.repeat(25_600)],
  ['102,400 bytes that JSON writes as six each', '\u0001'.repeat(102_400)],
])('%s pass, and come back as they were', async (_what, message) => {
  const { body } = await reveal(await newId({ message }));
  expect(body.message === message).toBe(true);
});

test.each([
  ['one byte more', 'a'.repeat(102_401)],
  ['few characters of many bytes', '😀'.repeat(25_601)],
  ['a body too large to be parsed', '\u0001'.repeat(200_000)],
])('%s is 413', async (_what, message) => {
  expect(await write({ message })).toMatchObject({
    status: 413,
    body: { error: { code: 'payload_too_large' } },
  });
});

test('an expired message is gone, and its receipt says that nobody read it', async () => {
  const { body } = await write({ message: 'x', expiresIn: '1h' });
  const headers = { 'x-daypass-receipt': body.receipt };
  try {
    await moveClock(runtime, 3500);
    expect((await at(body.id)).status).toBe(200);
    await moveClock(runtime, 3660);
    expect((await reveal(body.id)).status).toBe(404);
    expect((await at(body.id)).status).toBe(404);
    expect((await at(body.id, '/receipt', { headers })).body.status).toBe('expired');
  } finally {
    await moveClock(runtime, 0);
  }
});

test('only the sender’s receipt burns a message', async () => {
  const { body } = await write({ message: 'x' });
  const burn = (headers: Record<string, string>) => at(body.id, '', { method: 'DELETE', headers });
  expect((await burn({})).body.error).toMatchObject({ code: 'invalid_request', param: 'x-daypass-receipt' });
  expect((await burn({ 'x-daypass-receipt': body.id })).status).toBe(404);
  expect((await at(body.id)).status).toBe(200);
  expect((await burn({ 'x-daypass-receipt': body.receipt })).body.status).toBe('burned');
  expect((await reveal(body.id)).status).toBe(404);
});

describe('a bad call is refused with a code of the list, and takes nothing', () => {
  const long = 'a'.repeat(5000);
  const bodies: unknown[] = [
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '1',
    '{"message":',
    '\ufeff{"message":"x"}',
    '{"message":"\\ud800"}',
    '{"__proto__":{"message":"x"}}',
    `${'['.repeat(20_000)}`,
    '{"message":"x","message":" "}',
    {},
    { message: null },
    { message: 1 },
    { message: ['x'] },
    { message: { text: 'x' } },
    { message: '' },
    { message: ' \n\t' },
    { message: '\u00a0\u2003\ufeff' },
    { message: 'x', id: 'sec_mine' },
    { message: 'x', expiresIn: null },
    { message: 'x', expiresIn: 3600 },
    { message: 'x', expiresIn: '' },
    { message: 'x', expiresIn: '0h' },
    { message: 'x', expiresIn: '-1h' },
    { message: 'x', expiresIn: '8d' },
    { message: 'x', expiresIn: '1s' },
    { message: 'x', expiresIn: '2020-01-01' },
    { message: 'x', expiresIn: long },
    { message: 'x', expiresIn: '1h', [long]: 1 },
  ];

  test.each(bodies.map((body) => [JSON.stringify(body).slice(0, 50), body]))('%s', async (_what, body) => {
    const answer = await write(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(Object.keys(errorCodes)).toContain(answer.body.error.code);
    expect(answer.text.length).toBeLessThan(5000);
  });

  test.each(['sec_', `sec_${'0'.repeat(26)}`, 'key_1', '%00', '..%2fx', 'é', long, 'sec_1?x=1', '{id}'])(
    'id %s',
    async (id) => {
      for (const [rest, method] of [
        ['', 'GET'],
        ['/reveal', 'POST'],
        ['/receipt', 'GET'],
        ['', 'DELETE'],
      ] as const) {
        const headers = { 'x-daypass-receipt': 'rcp_x' };
        const { status } = await at(id, rest, { method, headers });
        expect(status).toBe(404);
      }
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', ''])('content type %j', async (type) => {
    const headers = { 'content-type': type };
    const { body } = await call(runtime.edge, '/v1/secrets', { body: '{"message":"x"}', headers });
    expect(body.error.code).toBe('unsupported_media_type');
  });
});

test('a message is nowhere but in the answer that reads it, nor are its id and receipt', async () => {
  const canary = 'canary Ω 7d1f9b2e';
  const { id, receipt } = (await write({ message: canary })).body;
  await write({ message: canary, expiresIn: canary });
  await write(`{"message":"${canary}"`);
  await write({ [canary]: canary });
  await at(id);
  await at(id, '/receipt', { headers: { 'x-daypass-receipt': receipt } });
  const files = readdirSync(runtime.dataDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
  const kept = [runtime.output(), ...files];
  expect(kept.some((text) => text.includes('/v1/secrets'))).toBe(true);
  const forms = [canary, id, receipt, id.slice(4), receipt.slice(4)].flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('latin1'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
  ]);
  expect(forms.filter((form) => kept.some((text) => text.includes(form)))).toEqual([]);
  expect((await reveal(id)).body).toEqual({ message: canary });
});

test('docs/one-time-messages.md: its commands do what it says', async () => {
  const [written, waits, read, receipt, burned] = await runPage(runtime.edge, 'one-time-messages.md');
  expect(JSON.parse(written ?? '')).toMatchObject({ id: expect.stringMatching(/^sec_/) });
  expect(JSON.parse(waits ?? '')).toMatchObject({ status: 'waiting' });
  expect(JSON.parse(read ?? '')).toEqual({ message: 'The password is swordfish.' });
  expect(JSON.parse(receipt ?? '')).toMatchObject({ status: 'revealed', revealedAt: expect.any(String) });
  expect(JSON.parse(burned ?? '')).toMatchObject({ status: 'revealed' });
});
