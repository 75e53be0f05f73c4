import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { moveClock } from './local-switches.ts';
import { makeAdmin } from './make-admin.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

const path = '/v1/console/chat/completions';
let runtime: RunningRuntime;
let person: Person;

beforeAll(async () => {
  runtime = await sharedRuntime();
});
beforeEach(async () => {
  person = await addPerson(runtime);
});

const chat = (
  keyId: string | undefined,
  fields: Record<string, unknown> = {},
  { token = person.token, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) =>
  call(runtime.edge, path, {
    token,
    body: chatBody({ max_tokens: 2, ...fields }),
    headers: { ...(keyId !== undefined && { 'x-daypass-key-id': keyId }), ...headers },
  });
const chatByKey = (key: string, base = runtime.edge) =>
  call(base, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });
const read = async (id: string) =>
  (await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body;

test('a chat is answered whole and streamed, and is charged to the key that it names', async () => {
  const { id } = await createKey(runtime, person.token);
  const whole = await chat(id);
  expect(whole).toMatchObject({ status: 200, body: { object: 'chat.completion', model: 'nova-lite' } });
  expect(whole.headers.get('x-ratelimit-limit-requests')).toBe('10');
  expect(whole.headers.get('x-ratelimit-remaining-requests')).toBe('9');
  const streamed = await chat(id, { stream: true });
  expect(streamed.headers.get('content-type')).toContain('text/event-stream');
  expect(streamed.headers.get('x-ratelimit-remaining-requests')).toBe('8');
  expect(streamed.text).toMatch(/^data: \{.+data: \[DONE\]\n\n$/s);
  expect(await read(id)).toMatchObject({ used: 2, remaining: 8, lastUsedAt: expect.any(String) });
  const { body } = await call(runtime.edge, '/v1/requests', { token: person.token });
  expect(body.data).toMatchObject([
    { keyId: id, route: path, model: 'nova-lite', status: 200, mark: 'metered' },
    { keyId: id, route: path, model: 'nova-lite', status: 200, mark: 'metered' },
  ]);
  expect(body.data[0].requestId).toBe(streamed.headers.get('x-request-id'));
});

test('the plan counts calls with the login and calls with the key together, and refuses both alike', async () => {
  const { id, key } = await createKey(runtime, person.token);
  for (let calls = 0; calls < 5; calls += 1) {
    expect((await chatByKey(key)).status).toBe(200);
    expect((await chat(id)).status).toBe(200);
  }
  const [byLogin, byKey] = [await chat(id), await chatByKey(key, runtime.stage)];
  for (const refused of [byLogin, byKey]) {
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('quota_exceeded');
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(byLogin.body).toEqual(byKey.body);
  expect(await read(id)).toMatchObject({ used: 10, remaining: 0 });
  // However many of them are refused, API Gateway has seen none, and still lets the key through to the gate.
  for (let calls = 0; calls < 15; calls += 1) expect((await chat(id)).status).toBe(429);
  expect((await chatByKey(key, runtime.stage)).body).toEqual(byKey.body);
});

test('a key that nothing else has used is still said to be activating, since API Gateway has not let it in', async () => {
  const { id, key } = await createKey(runtime, person.token);
  expect((await chat(id)).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'activating', used: 1 });
  expect((await chatByKey(key)).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'active', used: 2 });
});

test('a rotated key is named by the same id, and counts on', async () => {
  const { id } = await createKey(runtime, person.token);
  expect((await chat(id)).status).toBe(200);
  const rotation = { method: 'POST', token: person.token, body: {} };
  expect((await call(runtime.edge, `/v1/api-keys/${id}/rotate`, rotation)).status).toBe(200);
  expect((await chat(id)).headers.get('x-ratelimit-remaining-requests')).toBe('8');
});

test('what a key may not do, it may not do by the login either', async () => {
  const { id } = await createKey(runtime, person.token, {
    models: ['nova-micro'],
    allowedHosts: ['app.example.com'],
  });
  const origin = { origin: 'https://app.example.com' };
  expect(await chat(id, {}, { headers: origin })).toMatchObject({
    status: 403,
    body: { error: { code: 'model_not_allowed' } },
  });
  expect(await chat(id, { model: 'nova-micro' })).toMatchObject({
    status: 403,
    body: { error: { code: 'host_not_allowed' } },
  });
  expect((await chat(id, { model: 'nova-micro' }, { headers: origin })).status).toBe(200);
  expect((await read(id)).used).toBe(1);
});

test('without the header the call is refused by its name, and with the id of no key of one’s own there is no such key', async () => {
  expect(await chat(undefined)).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_request', param: 'x-daypass-key-id' } },
  });
  const other = await addPerson(runtime);
  const { id } = await createKey(runtime, other.token);
  for (const unknown of [id, 'key_0', `${id}#`]) {
    expect(await chat(unknown)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  }
  const { body } = await call(runtime.edge, `/v1/api-keys/${id}`, { token: other.token });
  expect(body).toMatchObject({ used: 0, lastUsedAt: null });
});

test('a revoked key is refused, in the words for one that is sent', async () => {
  const { id, key } = await createKey(runtime, person.token);
  await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
  const refused = await chat(id);
  expect(refused).toMatchObject({ status: 401, body: { error: { code: 'invalid_api_key' } } });
  expect(refused.body.error.code).toBe((await chatByKey(key)).body.error.code);
});

test('a body that can’t be read is refused and stands in the list of calls', async () => {
  const { id } = await createKey(runtime, person.token);
  const headers = { 'x-daypass-key-id': id };
  const refused = await call(runtime.edge, path, { token: person.token, body: '{"model"', headers });
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_json' } } });
  const { body } = await call(runtime.edge, '/v1/requests', { token: person.token });
  expect(body.data).toMatchObject([{ keyId: id, route: path, code: 'invalid_json', mark: 'refused' }]);
});

test('a login that has expired, and a suspended user’s, open nothing', async () => {
  const { id } = await createKey(runtime, person.token);
  try {
    await moveClock(runtime, 2 * 3600);
    expect(await chat(id)).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
  } finally {
    await moveClock(runtime, 0);
  }
  const admin = await makeAdmin(runtime, await addPerson(runtime));
  const { body } = await call(runtime.edge, '/v1/me', { token: person.token });
  const suspended = { method: 'PATCH', token: admin.token, body: { suspended: true } };
  await call(runtime.edge, `/v1/admin/users/${body.id}`, suspended);
  expect(await chat(id)).toMatchObject({ status: 403, body: { error: { code: 'user_suspended' } } });
});
