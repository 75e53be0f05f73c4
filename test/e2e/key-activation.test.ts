import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let person: Person;

beforeAll(async () => {
  runtime = await startRuntime({ environment: { DAYPASS_KEY_ACTIVATION_SECONDS: '3' } });
});
beforeEach(async () => {
  await moveClock(0);
  person = await addPerson(runtime);
});
afterAll(() => runtime.stop());

const chat = (key: string) =>
  call(runtime.stage, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });
const moveClock = (offsetSeconds: number) =>
  fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
const get = async (id: string) =>
  (await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body;
const create = () =>
  call(runtime.edge, '/v1/api-keys', {
    token: person.token,
    body: { name: 'new', plan: '10-per-day' },
  });

test('a new key says that it is activating, is refused with the reason, and is active from its first call on', async () => {
  const created = (await create()).body;
  expect(created).toMatchObject({
    status: 'activating',
    remaining: 10,
    activation: {
      expectedBy: new Date(Date.parse(created.createdAt) + 60_000).toISOString(),
      message: expect.stringContaining('try again'),
    },
  });
  expect(await chat(created.key)).toMatchObject({
    status: 401,
    body: {
      error: { code: 'invalid_api_key', message: expect.stringContaining('less than a minute ago') },
    },
  });
  expect(await get(created.id)).toMatchObject({ status: 'activating' });
  expect((await call(runtime.edge, '/v1/api-key', { key: created.key })).body.status).toBe('activating');

  await moveClock(4);
  expect((await chat(created.key)).status).toBe(200);
  expect(await get(created.id)).toMatchObject({ status: 'active', activation: null, used: 1 });
  expect((await call(runtime.edge, '/v1/api-key', { key: created.key })).body.status).toBe('active');
  const list = await call(runtime.edge, '/v1/api-keys', { token: person.token });
  expect(list.body.data).toMatchObject([{ id: created.id, status: 'active', activation: null }]);
});

test('a key that nobody uses is active after a minute', async () => {
  const { id } = await createKey(runtime, person.token);
  await moveClock(55);
  expect((await get(id)).status).toBe('activating');
  await moveClock(61);
  expect(await get(id)).toMatchObject({ status: 'active', activation: null });
});

test('a rotated key is activating for a minute, while its old value works', async () => {
  const { id, key } = await createKey(runtime, person.token);
  await moveClock(4);
  await chat(key);
  const path = `/v1/api-keys/${id}/rotate`;
  const rotated = await call(runtime.edge, path, { method: 'POST', token: person.token });
  expect(rotated.body).toMatchObject({
    status: 'activating',
    activation: { message: expect.any(String) },
  });
  expect((await chat(rotated.body.key)).status).toBe(401);
  expect((await chat(key)).status).toBe(200);
  expect((await get(id)).status).toBe('activating');
  await moveClock(8);
  expect((await chat(rotated.body.key)).status).toBe(200);
  await moveClock(66);
  expect((await get(id)).status).toBe('active');
});

test('a key that moves to another plan is activating again', async () => {
  const { id, key } = await createKey(runtime, person.token);
  await moveClock(61);
  const moved = await call(runtime.edge, `/v1/api-keys/${id}`, {
    method: 'PATCH',
    token: person.token,
    body: { plan: '20-per-day' },
  });
  expect(moved.body).toMatchObject({ status: 'activating', plan: '20-per-day' });
  expect((await chat(key)).status).toBe(401);
  await moveClock(65);
  expect((await chat(key)).status).toBe(200);
  await moveClock(125);
  expect((await get(id)).status).toBe('active');
});

test('a revoked key is no longer activating', async () => {
  const { id } = await createKey(runtime, person.token);
  const path = `/v1/api-keys/${id}`;
  const revoked = await call(runtime.edge, path, { method: 'DELETE', token: person.token });
  expect(revoked.body).toMatchObject({ status: 'revoked', activation: null, remaining: 0 });
});
