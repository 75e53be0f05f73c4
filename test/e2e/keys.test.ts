import { APIGatewayClient, paginateGetApiKeys } from '@aws-sdk/client-api-gateway';
import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let person: Person;

beforeAll(async () => {
  runtime = await sharedRuntime();
});
beforeEach(async () => {
  person = await addPerson(runtime);
});

const chat = (key: string, fields: Record<string, unknown> = {}) =>
  call(runtime.stage, '/v1/chat/completions', { key, body: chatBody(fields) });

async function gatewayKeyIds(): Promise<string[]> {
  const client = new APIGatewayClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const ids: string[] = [];
  for await (const page of paginateGetApiKeys({ client, pageSize: 500 }, {}))
    for (const { id = '' } of page.items ?? []) ids.push(id);
  client.destroy();
  return ids;
}

/** Keys of earlier suites may be deleted meanwhile. */
async function gatewayKeysSince(before: readonly string[]): Promise<number> {
  return (await gatewayKeyIds()).filter((id) => !before.includes(id)).length;
}

/** For a call whose time was over before its function had done its work, which a burst brings on a slow machine. */
const busy = 503;

test('of 50 parallel posts one makes a key, the others are told so, and one key is in API Gateway', async () => {
  const before = await gatewayKeyIds();
  const body = { name: 'double click', plan: '10-per-day' };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call(runtime.edge, '/v1/api-keys', { token: person.token, body })),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409 || status === busy)).toHaveLength(49);
  const told = answers.filter(({ status }) => status === 409).map(({ body }) => body.error.code);
  expect(told.filter((code) => code !== 'key_busy' && code !== 'key_exists')).toEqual([]);
  const after = await call(runtime.edge, '/v1/api-keys', { token: person.token, body });
  expect(after).toMatchObject({ status: 409, body: { error: { code: 'key_exists' } } });
  expect(await gatewayKeysSince(before)).toBe(1);
});

test('of 200 parallel calls on a fresh 10-per-day key exactly 10 succeed', async () => {
  const { key } = await createKey(runtime, person.token);
  const answers = await Promise.all(Array.from({ length: 200 }, () => chat(key, { max_tokens: 1 })));
  const statuses = answers.map(({ status }) => status);
  const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
  expect(count(200) + count(429) + count(busy)).toBe(200);
  expect(count(200)).toBeLessThanOrEqual(10);
  expect(count(200) + count(busy)).toBeGreaterThanOrEqual(10);
  const { used } = (await call(runtime.edge, '/v1/api-key', { key })).body;
  expect(used).toBeLessThanOrEqual(10);
  expect(used).toBeGreaterThanOrEqual(count(200));
});

test('usage names the key, also once it is revoked', async () => {
  const { id, key } = await createKey(runtime, person.token, { name: 'laptop' });
  expect((await chat(key)).status).toBe(200);
  await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
  const { body } = await call(runtime.edge, '/v1/usage', { token: person.token });
  expect(body.data).toMatchObject([{ keyId: id, keyName: 'laptop', requests: 1 }]);
});

test('a revoked key still shows when it was last used, what was used of the day and its limits', async () => {
  const person = await addPerson(runtime);
  const { id, key } = await createKey(runtime, person.token);
  await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() });
  const path = `/v1/api-keys/${id}`;
  const { lastUsedAt, limits } = (await call(runtime.edge, path, { token: person.token })).body;
  expect(lastUsedAt).not.toBeNull();
  const revoked = await call(runtime.edge, path, { method: 'DELETE', token: person.token });
  const facts = { status: 'revoked', lastUsedAt, limits, used: 1, remaining: 0 };
  expect(revoked.body).toMatchObject(facts);
  expect((await call(runtime.edge, path, { method: 'DELETE', token: person.token })).body).toMatchObject(
    facts,
  );
  const { body } = await call(runtime.edge, '/v1/api-keys', { token: person.token });
  expect(body.data).toMatchObject([facts]);
});

test('a key may be held on each plan, and another on the same plan after the first is revoked', async () => {
  const first = await createKey(runtime, person.token);
  await createKey(runtime, person.token, { plan: '20-per-day' });
  expect(
    (await call(runtime.edge, `/v1/api-keys/${first.id}`, { method: 'DELETE', token: person.token })).status,
  ).toBe(200);
  const again = await createKey(runtime, person.token);
  expect(again.id).not.toBe(first.id);
});

test('from the answer to a revocation on no call succeeds', async () => {
  const { id, key } = await createKey(runtime, person.token);
  expect((await chat(key)).status).toBe(200);
  const revoked = await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
  expect(revoked.body).toMatchObject({ id, status: 'revoked' });
  const after = await Promise.all(Array.from({ length: 20 }, () => chat(key)));
  expect(after.map(({ status, body }) => [status, body.error.code])).toEqual(
    Array.from({ length: 20 }, () => [401, 'invalid_api_key']),
  );
  expect((await call(runtime.edge, '/v1/api-key', { key })).status).toBe(401);
});

test('someone else’s key is as unknown as one that never was', async () => {
  const { id } = await createKey(runtime, person.token);
  const other = await addPerson(runtime);
  for (const method of ['GET', 'DELETE']) {
    const theirs = await call(runtime.edge, `/v1/api-keys/${id}`, { method, token: other.token });
    const never = await call(runtime.edge, '/v1/api-keys/key_none', { method, token: other.token });
    expect(theirs).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    expect(theirs.text).toBe(never.text);
  }
  expect((await call(runtime.edge, '/v1/api-keys', { token: other.token })).body.data).toEqual([]);
});

test('the list tells plan, last four characters and what is left, newest first, page by page', async () => {
  const first = await createKey(runtime, person.token, { name: 'one' });
  await chat(first.key);
  await createKey(runtime, person.token, { name: 'two', plan: '20-per-day' });
  const page = await call(runtime.edge, '/v1/api-keys?limit=1', { token: person.token });
  expect(page.body.data).toMatchObject([
    { name: 'two', plan: '20-per-day', used: 0, remaining: 20, lastUsedAt: null },
  ]);
  const rest = await call(runtime.edge, `/v1/api-keys?limit=1&cursor=${page.body.nextCursor}`, {
    token: person.token,
  });
  expect(rest.body).toMatchObject({
    data: [
      { name: 'one', last4: first.key.slice(-4), used: 1, remaining: 9, lastUsedAt: expect.any(String) },
    ],
    nextCursor: null,
  });
  expect(JSON.stringify([page.body, rest.body])).not.toContain(first.key);
});

test.each([
  [{}, 'name'],
  [{ name: '', plan: '10-per-day' }, 'name'],
  [{ name: 'x'.repeat(101), plan: '10-per-day' }, 'name'],
  [{ name: 'a\u0007b', plan: '10-per-day' }, 'name'],
  [{ name: 'x', plan: 7 }, 'plan'],
  [{ name: 'x', plan: 'gold' }, 'plan'],
  [{ name: 'x', plan: '10-per-day', color: 'red' }, 'color'],
  [{ name: 'x', plan: '10-per-day', expiresIn: 'soon' }, 'expiresIn'],
  [{ name: 'x', plan: '10-per-day', models: [] }, 'models'],
])('a body like %j is refused by the name of its field, and nothing is made', async (body, param) => {
  const answer = await call(runtime.edge, '/v1/api-keys', { token: person.token, body });
  expect(answer).toMatchObject({ status: 400, body: { error: { param } } });
  expect((await call(runtime.edge, '/v1/api-keys', { token: person.token })).body.data).toEqual([]);
});

test('a key’s own models are the only ones it may call, and a refused call is not charged', async () => {
  const { key } = await createKey(runtime, person.token, { models: ['nova-micro'] });
  expect(await chat(key)).toMatchObject({ status: 403, body: { error: { code: 'model_not_allowed' } } });
  expect((await chat(key, { model: 'nova-micro' })).status).toBe(200);
  expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(1);
});

describe('with the clock moved', () => {
  const moveClock = (offsetSeconds: number) =>
    fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
  afterEach(() => moveClock(0));

  test('the next day brings a full plan', async () => {
    const { key } = await createKey(runtime, person.token);
    for (let count = 0; count < 10; count += 1) expect((await chat(key)).status).toBe(200);
    expect((await chat(key)).status).toBe(429);
    await moveClock(86_400);
    const next = await chat(key);
    expect(next.status).toBe(200);
    expect(next.headers.get('x-ratelimit-remaining-requests')).toBe('9');
  });

  test('workers whose clocks differ by seconds around midnight count one day as one', async () => {
    const { key } = await createKey(runtime, person.token);
    const untilMidnight = (86_400_000 - (Date.now() % 86_400_000)) / 1000;
    await moveClock(untilMidnight - 120);
    for (let count = 0; count < 10; count += 1) expect((await chat(key)).status).toBe(200);
    await moveClock(untilMidnight + 60);
    expect((await chat(key)).status).toBe(200);
    await moveClock(untilMidnight - 60);
    expect((await chat(key)).status).toBe(429);
  });

  test('an expired key makes room for a new one on its plan', async () => {
    await createKey(runtime, person.token, { expiresIn: '1m' });
    await moveClock(61);
    await createKey(runtime, person.token);
  });

  test('a key is refused from its expiry on', async () => {
    const { id, key } = await createKey(runtime, person.token, { expiresIn: '30m' });
    expect((await chat(key)).status).toBe(200);
    await moveClock(1801);
    expect(await chat(key)).toMatchObject({ status: 401, body: { error: { code: 'invalid_api_key' } } });
    const listed = await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token });
    expect(listed.body).toMatchObject({ status: 'expired', remaining: 0 });
  });
});

describe('with faults', () => {
  const setFaults = async (faults: object[]) => {
    const response = await fetch(`${runtime.edge}/_local/faults`, {
      method: 'PUT',
      body: JSON.stringify({ faults }),
    });
    expect(response.status).toBe(200);
  };
  afterEach(() => setFaults([]));

  test.each([
    ['CreateApiKey throttled', { service: 'apigateway', operation: 'CreateApiKey', kind: 'throttle' }],
    ['CreateUsagePlanKey failing', { service: 'apigateway', operation: 'CreateUsagePlanKey', kind: 'error' }],
    [
      'the second table write failing',
      { service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error', skip: 1, times: 3 },
    ],
  ])('%s: a 5xx with Retry-After, and nothing is left behind', async (_what, fault) => {
    const before = await gatewayKeyIds();
    await setFaults([fault]);
    const body = { name: 'x', plan: '10-per-day' };
    const answer = await call(runtime.edge, '/v1/api-keys', { token: person.token, body });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await setFaults([]);
    expect(await gatewayKeysSince(before)).toBe(0);
    expect((await call(runtime.edge, '/v1/api-keys', { token: person.token, body })).status).toBe(201);
  });

  test('a table that hangs is refused within its bound, and no model is asked', async () => {
    const { key } = await createKey(runtime, person.token);
    await setFaults([{ service: 'dynamodb', operation: 'UpdateItem', kind: 'delay', delayMs: 60_000 }]);
    expect(await chat(key)).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
  });

  test('a lost reply to CreateApiKey still ends in one working key', async () => {
    const before = await gatewayKeyIds();
    await setFaults([{ service: 'apigateway', operation: 'CreateApiKey', kind: 'drop-reply', times: 1 }]);
    const { key } = await createKey(runtime, person.token);
    expect((await chat(key)).status).toBe(200);
    expect(await gatewayKeysSince(before)).toBe(1);
  });

  test('a revocation holds although API Gateway can’t delete the key', async () => {
    const { id, key } = await createKey(runtime, person.token);
    await setFaults([{ service: 'apigateway', operation: 'DeleteApiKey', kind: 'error' }]);
    expect(
      (await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token })).status,
    ).toBe(200);
    expect((await chat(key)).status).toBe(401);
  });

  test('a model that fails before its first token costs nothing', async () => {
    const { key } = await createKey(runtime, person.token);
    await setFaults([{ service: 'bedrock', kind: 'error', error: 'ModelErrorException' }]);
    expect(await chat(key)).toMatchObject({ status: 502, body: { error: { code: 'model_failed' } } });
    await setFaults([{ service: 'bedrock', kind: 'throttle' }]);
    const throttled = await chat(key);
    expect(throttled).toMatchObject({ status: 503, body: { error: { code: 'model_overloaded' } } });
    expect(throttled.headers.get('retry-after')).not.toBeNull();
    await setFaults([{ service: 'bedrock', kind: 'drop-reply' }]);
    const unreachable = await chat(key);
    expect(unreachable).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
    expect(unreachable.headers.get('retry-after')).not.toBeNull();
    await setFaults([{ service: 'bedrock', kind: 'cut', afterEvents: 0 }]);
    expect(await chat(key)).toMatchObject({ status: 502, body: { error: { code: 'model_failed' } } });
    await setFaults([]);
    expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(0);
  });

  test('a stream that breaks off after its first tokens ends with one error event and stays charged', async () => {
    const { key } = await createKey(runtime, person.token);
    await setFaults([
      { service: 'bedrock', kind: 'mid-stream-error', error: 'modelStreamErrorException', afterEvents: 4 },
    ]);
    const answer = await chat(key, { stream: true });
    expect(answer.status).toBe(200);
    const frames = answer.text.trim().split('\n\n');
    expect(JSON.parse((frames.at(-1) ?? '').replace('data: ', ''))).toMatchObject({
      error: { code: 'model_failed' },
    });
    expect(frames).not.toContain('data: [DONE]');
    await setFaults([]);
    expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(1);
  });
});

test('a key kept to an embedding model embeds with it, and tells its owner so', async () => {
  const models = ['titan-embed-text-v2'];
  const { id, key } = await createKey(runtime, person.token, { models });
  const embeddings = { model: 'titan-embed-text-v2', input: 'Hello' };
  expect((await call(runtime.stage, '/v1/embeddings', { key, body: embeddings })).status).toBe(200);
  expect((await chat(key)).body.error.code).toBe('model_not_allowed');
  expect((await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body.models).toEqual(
    models,
  );
});

test('what is told of a person or a key is kept by no cache', async () => {
  const { id, key } = await createKey(runtime, person.token);
  const { token } = person;
  for (const path of ['/v1/me', '/v1/api-keys', `/v1/api-keys/${id}`, '/v1/usage']) {
    const answer = await call(runtime.edge, path, { token });
    expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
  }
  const own = await call(runtime.edge, '/v1/api-key', { key });
  expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'no-store']);
});

test('a key’s own limits hold, are told, and may not be above its plan’s', async () => {
  const limits = { requestsPerDay: 5, requestsPerHour: 3, tokensPerDay: 1 };
  const made = await call(runtime.edge, '/v1/api-keys', {
    token: person.token,
    body: { name: 'small', plan: '20-per-day', limits },
  });
  const shown = {
    ...limits,
    requestsPerMinute: null,
    requestsPerWeek: null,
    requestsPerMonth: null,
    spendPerDay: null,
    spendPerMonth: null,
    perClient: null,
  };
  expect(made).toMatchObject({ status: 201, body: { limits: shown, allowedHosts: null, remaining: 5 } });
  const { id, key } = made.body;
  expect((await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body.limits).toEqual(
    shown,
  );
  const first = await chat(key);
  expect(first.status).toBe(200);
  expect(first.headers.get('x-ratelimit-limit-tokens')).toBe('1');
  const second = await chat(key);
  expect(second).toMatchObject({ status: 429, body: { error: { code: 'quota_exceeded' } } });
  expect(second.body.error.message).toContain('tokens');
  expect(second.headers.get('x-ratelimit-remaining-tokens')).toBe('0');
  expect(second.headers.get('x-ratelimit-remaining-requests')).toBe('4');
  const standing = (await call(runtime.edge, '/v1/api-key', { key })).body;
  expect(standing).toMatchObject({ limit: 5, used: 1, tokens: { limit: 1, remaining: 0 } });
  expect(standing.tokens.used).toBe(first.body.usage.total_tokens);

  const tooMuch = await call(runtime.edge, '/v1/api-keys', {
    token: person.token,
    body: { name: 'big', plan: '10-per-day', limits: { requestsPerDay: 11 } },
  });
  expect(tooMuch).toMatchObject({ status: 400, body: { error: { param: 'limits.requestsPerDay' } } });
});

test('a key for one host refuses pages of others, without charging', async () => {
  const { key } = await createKey(runtime, person.token, { allowedHosts: ['app.example.com'] });
  const from = (origin: string) =>
    call(runtime.edge, '/v1/chat/completions', { key, body: chatBody(), headers: { origin } });
  expect(await from('https://evil.example')).toMatchObject({
    status: 403,
    body: { error: { code: 'host_not_allowed' } },
  });
  expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(0);
  expect((await from('https://app.example.com')).status).toBe(200);
});

test('a key with a limit for each client refuses an address that has used it up, whatever it says of itself', async () => {
  const { key } = await createKey(runtime, person.token, { limits: { perClient: { requestsPerDay: 1 } } });
  expect((await chat(key)).status).toBe(200);
  for (const name of ['x-forwarded-for', 'x-real-ip', 'cloudfront-viewer-address', 'forwarded']) {
    const answer = await call(runtime.stage, '/v1/chat/completions', {
      key,
      body: chatBody(),
      headers: { [name]: '203.0.113.9' },
    });
    expect(answer).toMatchObject({ status: 429, body: { error: { code: 'quota_exceeded' } } });
    expect(answer.body.error.message).toContain('client address');
  }
  expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(1);
});
