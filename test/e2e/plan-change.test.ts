import {
  APIGatewayClient,
  CreateUsagePlanKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let person: Person;
let gateway: APIGatewayClient;
let lambda: LambdaClient;
let usagePlanIds: Record<string, string>;

beforeAll(async () => {
  // Passes are run by hand here, so that each test sees its own.
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
  const settings = {
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  gateway = new APIGatewayClient(settings);
  lambda = new LambdaClient(settings);
  const { items = [] } = await gateway.send(new GetUsagePlansCommand({}));
  usagePlanIds = Object.fromEntries(items.map(({ id = '', name = '' }) => [name, id]));
});
beforeEach(async () => {
  await moveClock(0);
  person = await addPerson(runtime);
});
afterEach(() => setFaults([]));
afterAll(async () => {
  gateway.destroy();
  lambda.destroy();
  await runtime.stop();
});

const chat = (key: string) =>
  call(runtime.stage, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });
const update = (id: string, body: unknown, { token } = person) =>
  call(runtime.edge, `/v1/api-keys/${id}`, { method: 'PATCH', token, body });
const get = async (id: string) =>
  (await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body;
const rotate = (id: string) =>
  call(runtime.edge, `/v1/api-keys/${id}/rotate`, { method: 'POST', token: person.token });
const revoke = (id: string) =>
  call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
const create = (plan: string) =>
  call(runtime.edge, '/v1/api-keys', { token: person.token, body: { name: 'other', plan } });
const moveClock = (offsetSeconds: number) =>
  fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
const setFaults = (faults: object[]) =>
  fetch(`${runtime.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify({ faults }) });
const fault = (operation: string, kind: string, more: object = {}) =>
  setFaults([{ service: 'apigateway', operation, kind, ...more }]);

async function reconcile() {
  const command = new InvokeCommand({ FunctionName: 'Daypass-reconcile', Payload: '{}' });
  const answer = await lambda.send(command);
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(new TextDecoder().decode(answer.Payload)) as {
    actions: { kind: string; subject: string }[];
    failures: number;
  };
}

/** API Gateway's ids of a key's secrets. */
async function idsOf(keyId: string): Promise<string[]> {
  const { items = [] } = await gateway.send(new GetApiKeysCommand({ limit: 500 }));
  return items.flatMap(({ id = '', name }) => (name?.includes(keyId) ? [id] : []));
}

/** The usage plans that hold each of a key's secrets. */
async function plansOf(keyId: string): Promise<string[][]> {
  const ids = await idsOf(keyId);
  const holding = await Promise.all(
    Object.entries(usagePlanIds).map(async ([name, usagePlanId]) => {
      const page = await gateway.send(new GetUsagePlanKeysCommand({ usagePlanId, limit: 500 }));
      return { name, ids: (page.items ?? []).map(({ id }) => id) };
    }),
  );
  return ids.map((id) => holding.flatMap((plan) => (plan.ids.includes(id) ? [plan.name] : [])));
}

async function chatUntilRefused(key: string): Promise<number> {
  for (let served = 0; served < 100; served += 1) {
    const { status, body } = await chat(key);
    if (status === 200) continue;
    expect([status, body.error.code]).toEqual([429, 'quota_exceeded']);
    return served;
  }
  throw new Error('a hundred calls were served');
}

describe('moving a key to a larger plan', () => {
  test('gives it what is left there today: ten calls, refused, moved, ten more, refused', async () => {
    const { id, key } = await createKey(runtime, person.token);
    expect(await chatUntilRefused(key)).toBe(10);
    expect(await plansOf(id)).toEqual([['10RequestPerDay']]);

    const moved = await update(id, { plan: '20-per-day' });
    expect(moved).toMatchObject({
      status: 200,
      body: { id, plan: '20-per-day', used: 10, remaining: 10, limits: { requestsPerDay: 20 } },
    });
    expect(await plansOf(id)).toEqual([['20RequestPerDay']]);
    expect(await chatUntilRefused(key)).toBe(10);
    expect((await call(runtime.edge, '/v1/api-key', { key })).body).toMatchObject({
      plan: '20-per-day',
      limit: 20,
      used: 20,
      remaining: 0,
    });
  });

  test('moves both values while a rotated one is in its grace', async () => {
    const { id, key } = await createKey(runtime, person.token);
    const fresh = (await rotate(id)).body.key;
    expect((await update(id, { plan: '30-per-day' })).status).toBe(200);
    expect(await plansOf(id)).toEqual([['30RequestPerDay'], ['30RequestPerDay']]);
    for (const value of [key, fresh]) expect((await chat(value)).status).toBe(200);
    expect((await get(id)).used).toBe(2);
  });

  test('frees its place on the old plan and takes one on the new', async () => {
    const { id } = await createKey(runtime, person.token);
    await update(id, { plan: '20-per-day' });
    expect((await create('20-per-day')).body.error.code).toBe('key_exists');
    expect((await create('10-per-day')).status).toBe(201);
    await revoke(id);
    expect((await create('20-per-day')).status).toBe(201);
  });

  test('keeps what the key was made with: its own limits, where the new plan allows them', async () => {
    const limits = { requestsPerDay: 15, requestsPerHour: 12 };
    const { id } = await createKey(runtime, person.token, { plan: '20-per-day', limits });
    expect((await get(id)).limits).toMatchObject(limits);
    expect((await update(id, { plan: '10-per-day' })).body.limits).toMatchObject({
      requestsPerDay: 10,
      requestsPerHour: 12,
    });
    expect((await update(id, { plan: '30-per-day' })).body.limits).toMatchObject(limits);
  });
});

test('a key that moves to a smaller plan and has used more than that is refused until the day ends', async () => {
  const { id, key } = await createKey(runtime, person.token, { plan: '20-per-day' });
  for (let count = 0; count < 12; count += 1) await chat(key);
  const moved = await update(id, { plan: '10-per-day' });
  expect(moved.body).toMatchObject({ used: 12, remaining: 0 });
  const refused = await chat(key);
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'quota_exceeded' } } });
  expect(refused.headers.get('x-ratelimit-limit-requests')).toBe('10');
  await moveClock(86_400);
  expect(await chatUntilRefused(key)).toBe(10);
});

describe('an update', () => {
  test('to the plan and name that the key has changes nothing, and API Gateway is not asked', async () => {
    const { id } = await createKey(runtime, person.token);
    const before = await get(id);
    await setFaults([{ service: 'apigateway', kind: 'error' }]);
    const same = await update(id, { plan: '10-per-day', name: 'test' });
    expect(same).toMatchObject({ status: 200, body: before });
  });

  test('gives another name, alone or with a plan, and two keys may have the same', async () => {
    const { id } = await createKey(runtime, person.token);
    expect((await update(id, { name: 'other' })).body).toMatchObject({ name: 'other', plan: '10-per-day' });
    const both = await update(id, { name: ' third ', plan: '30-per-day' });
    expect(both.body).toMatchObject({ name: 'third', plan: '30-per-day' });
    expect(await get(id)).toMatchObject({ name: 'third', plan: '30-per-day' });
    const twin = await call(runtime.edge, '/v1/api-keys', {
      token: person.token,
      body: { name: 'third', plan: '10-per-day' },
    });
    expect(twin).toMatchObject({ status: 201, body: { name: 'third' } });
  });

  test('that is sent again gets the same answer', async () => {
    const { id } = await createKey(runtime, person.token);
    const first = await update(id, { plan: '20-per-day' });
    expect((await update(id, { plan: '20-per-day' })).body).toEqual(first.body);
  });

  test.each([
    [{ plan: 'gold' }, 'unknown_plan', 'plan'],
    [{ plan: 1 }, 'invalid_request', 'plan'],
    [{ plan: null }, 'invalid_request', 'plan'],
    [{ name: '' }, 'invalid_request', 'name'],
    [{ name: 'a\u0000b' }, 'invalid_request', 'name'],
    [{ plan: '20-per-day', expiresIn: 'soon' }, 'invalid_request', 'expiresIn'],
    [{ colour: 'red' }, 'unsupported_parameter', 'colour'],
    [{}, 'invalid_request', null],
  ])('%j is 400 %s', async (body, code, param) => {
    const { id } = await createKey(runtime, person.token);
    expect(await update(id, body)).toMatchObject({ status: 400, body: { error: { code, param } } });
    expect(await get(id)).toMatchObject({ name: 'test', plan: '10-per-day' });
  });

  test('to a plan where the user has a key is 409 key_exists, and moves nothing', async () => {
    const { id, key } = await createKey(runtime, person.token);
    await createKey(runtime, person.token, { plan: '20-per-day' });
    expect(await update(id, { plan: '20-per-day', name: 'new' })).toMatchObject({
      status: 409,
      body: { error: { code: 'key_exists' } },
    });
    expect(await get(id)).toMatchObject({ name: 'test', plan: '10-per-day' });
    expect((await chat(key)).status).toBe(200);
  });

  test('to a plan whose place an expired key holds takes that place', async () => {
    const { id } = await createKey(runtime, person.token);
    await createKey(runtime, person.token, { plan: '20-per-day', expiresIn: '1m' });
    await moveClock(61);
    expect((await update(id, { plan: '20-per-day' })).status).toBe(200);
  });

  test('of someone else’s key, or one that never was, is 404', async () => {
    const { id } = await createKey(runtime, person.token);
    const stranger = await addPerson(runtime);
    for (const unknown of [id, 'key_none', '%20']) {
      expect((await update(unknown, { plan: '20-per-day' }, stranger)).body.error.code).toBe('not_found');
    }
    expect((await get(id)).plan).toBe('10-per-day');
  });

  test('of a key that is revoked or expired is 409 key_ended', async () => {
    const revoked = await createKey(runtime, person.token);
    await revoke(revoked.id);
    const expired = await createKey(runtime, person.token, { expiresIn: '1m' });
    await moveClock(61);
    for (const { id } of [revoked, expired]) {
      for (const body of [{ plan: '20-per-day' }, { name: 'x' }]) {
        expect(await update(id, body)).toMatchObject({ status: 409, body: { error: { code: 'key_ended' } } });
      }
    }
  });

  test('of many at once leaves the key on one plan, in API Gateway and in the table', async () => {
    const { id, key } = await createKey(runtime, person.token);
    const plans = ['20-per-day', '30-per-day'];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_unused, at) => update(id, { plan: plans[at % 2] })),
    );
    for (const { status, body } of answers) {
      if (status !== 200) expect([status, body.error.code]).toEqual([409, 'key_busy']);
    }
    const { plan } = await get(id);
    expect(await plansOf(id)).toEqual([[`${plan.split('-')[0]}RequestPerDay`]]);
    expect((await chat(key)).status).toBe(200);
    for (const free of ['10-per-day', ...plans.filter((other) => other !== plan)]) {
      expect((await create(free)).status).toBe(201);
    }
  });
});

describe('when API Gateway', () => {
  test.each([
    ['throttles leaving the old plan', 'DeleteUsagePlanKey', {}],
    // Its five attempts; the sixth call is the undoing.
    ['throttles joining the new plan', 'CreateUsagePlanKey', { times: 5 }],
  ])(
    '%s, it is a 503 that says when to come back, and nothing has changed',
    async (_what, operation, more) => {
      const { id, key } = await createKey(runtime, person.token);
      await fault(operation, 'throttle', more);
      const refused = await update(id, { plan: '20-per-day', name: 'new' });
      expect(refused).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      await setFaults([]);
      expect(await plansOf(id)).toEqual([['10RequestPerDay']]);
      expect(await get(id)).toMatchObject({
        name: 'test',
        plan: '10-per-day',
        limits: { requestsPerDay: 10 },
      });
      expect((await chat(key)).status).toBe(200);
      expect((await update(id, { plan: '20-per-day' })).status).toBe(200);
    },
  );

  test('loses its replies, the key moves all the same', async () => {
    const { id, key } = await createKey(runtime, person.token);
    await setFaults(
      ['DeleteUsagePlanKey', 'CreateUsagePlanKey'].map((operation) => ({
        service: 'apigateway',
        operation,
        kind: 'drop-reply',
        times: 1,
      })),
    );
    expect((await update(id, { plan: '20-per-day' })).status).toBe(200);
    expect(await plansOf(id)).toEqual([['20RequestPerDay']]);
    expect((await chat(key)).status).toBe(200);
  });
});

test('a change that a revocation overtakes is told that the key has ended, and takes no place', async () => {
  const { id } = await createKey(runtime, person.token);
  // A function's first call takes long: the revocation must come within the delay.
  await revoke('key_none');
  await fault('CreateUsagePlanKey', 'delay', { delayMs: 4500, times: 1 });
  const moving = update(id, { plan: '20-per-day' });
  while ((await plansOf(id))[0]?.length !== 0) await new Promise((done) => setTimeout(done, 20));
  expect((await revoke(id)).status).toBe(200);
  expect(await moving).toMatchObject({ status: 409, body: { error: { code: 'key_ended' } } });
  await setFaults([]);
  expect(await idsOf(id)).toEqual([]);
  for (const plan of ['10-per-day', '20-per-day']) expect((await create(plan)).status).toBe(201);
});

describe('a change that could not undo itself', () => {
  async function cutOff() {
    const made = await createKey(runtime, person.token);
    await fault('CreateUsagePlanKey', 'error');
    expect((await update(made.id, { plan: '20-per-day' })).status).toBe(503);
    await setFaults([]);
    expect(await plansOf(made.id)).toEqual([[]]);
    return made;
  }

  test('keeps the key from other changes, and its owner can send it again after a minute', async () => {
    const { id, key } = await cutOff();
    for (const answer of [await update(id, { plan: '30-per-day' }), await rotate(id)]) {
      expect(answer).toMatchObject({ status: 409, body: { error: { code: 'key_busy' } } });
      expect(answer.headers.get('retry-after')).toBe('5');
    }
    await moveClock(61);
    expect((await update(id, { plan: '30-per-day' })).status).toBe(200);
    expect(await plansOf(id)).toEqual([['30RequestPerDay']]);
    expect((await chat(key)).status).toBe(200);
    expect((await create('20-per-day')).status).toBe(201);
  });

  test('is undone by the reconciler', async () => {
    const { id, key } = await cutOff();
    expect((await reconcile()).actions.filter(({ subject }) => subject === id)).toEqual([]);
    await moveClock(121);
    expect((await reconcile()).actions).toContainEqual({ kind: 'undo-change-plan', subject: id });
    expect(await plansOf(id)).toEqual([['10RequestPerDay']]);
    expect((await chat(key)).status).toBe(200);
    expect((await create('20-per-day')).status).toBe(201);
    expect((await reconcile()).actions.filter(({ subject }) => subject === id)).toEqual([]);
  });

  test('frees both places when the key is revoked', async () => {
    const { id } = await cutOff();
    expect((await revoke(id)).status).toBe(200);
    expect(await idsOf(id)).toEqual([]);
    for (const plan of ['10-per-day', '20-per-day']) expect((await create(plan)).status).toBe(201);
  });
});

test('the reconciler brings a key back that API Gateway has in another plan', async () => {
  const { id, key } = await createKey(runtime, person.token);
  const [keyId] = await idsOf(id);
  await gateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId: usagePlanIds['10RequestPerDay'], keyId }));
  await gateway.send(
    new CreateUsagePlanKeyCommand({
      usagePlanId: usagePlanIds['30RequestPerDay'],
      keyId,
      keyType: 'API_KEY',
    }),
  );
  await moveClock(121);
  expect((await reconcile()).actions).toContainEqual({ kind: 'bind', subject: id });
  expect(await plansOf(id)).toEqual([['10RequestPerDay']]);
  expect((await chat(key)).status).toBe(200);
});
