import {
  APIGatewayClient,
  CreateApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeysCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let person: Person;
let clients: { gateway: APIGatewayClient; lambda: LambdaClient; table: DynamoDBClient };

beforeAll(async () => {
  // Passes are run by hand here, so that each test sees its own.
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
  const settings = {
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  clients = {
    gateway: new APIGatewayClient(settings),
    lambda: new LambdaClient(settings),
    table: new DynamoDBClient(settings),
  };
});
beforeEach(async () => {
  await moveClock(0);
  person = await addPerson(runtime);
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await runtime.stop();
});

/** Just within the function's bound for one call of API Gateway. */
const longBinding = {
  service: 'apigateway',
  operation: 'CreateUsagePlanKey',
  kind: 'delay',
  delayMs: 4500,
  times: 1,
};

const chat = (key: string) =>
  call(runtime.stage, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });
const rotate = (id: string, body?: object, headers = {}) =>
  call(runtime.edge, `/v1/api-keys/${id}/rotate`, { method: 'POST', token: person.token, body, headers });
const deleteMe = () => call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token });
const moveClock = (offsetSeconds: number) =>
  fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
const setFaults = (faults: object[]) =>
  fetch(`${runtime.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify({ faults }) });

async function reconcile(dryRun = false) {
  const answer = await clients.lambda.send(
    new InvokeCommand({ FunctionName: 'Daypass-reconcile', Payload: JSON.stringify({ dryRun }) }),
  );
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(new TextDecoder().decode(answer.Payload)) as {
    actions: { kind: string; subject: string }[];
    failures: number;
    parked: number;
    complete: boolean;
  };
}

async function gatewayKeyNames(): Promise<string[]> {
  const { items } = await clients.gateway.send(new GetApiKeysCommand({ limit: 500 }));
  return (items ?? []).map(({ name }) => name ?? '');
}

async function tableItems() {
  const { TableNames } = await clients.table.send(new ListTablesCommand({}));
  const TableName = TableNames?.[0];
  const { Items = [] } = await clients.table.send(new ScanCommand({ TableName }));
  return { TableName, Items };
}

async function tableText(): Promise<string> {
  return JSON.stringify((await tableItems()).Items);
}

async function ownerOf(keyId: string): Promise<string> {
  const { Items } = await tableItems();
  return Items.find(({ sk }) => sk?.S === `KEY#${keyId}`)?.userId?.S ?? '';
}

/** Makes copies of an ended key, as if its owner had created and ended so many. */
async function endedKeys(
  userId: string,
  keyId: string,
  count: number,
  { areSettled = true } = {},
): Promise<void> {
  const { TableName, Items } = await tableItems();
  const record = Items.find(({ sk }) => sk?.S === `KEY#${keyId}`);
  const intent = Items.find(({ pk, sk }) => pk?.S?.startsWith('PENDING#') && sk?.S === keyId);
  // The adapters' clients want one when they are loaded.
  process.env.AWS_REGION ??= 'us-east-1';
  const { itemKeys } = await import('../../lambda/adapters/table.ts');
  const { newKeyId } = await import('../../core/keys/key-id.ts');
  for (let at = 0; at < count; at += 1) {
    const copy = newKeyId(Date.now());
    const named = { keyId: { S: copy }, apiKeyId: { S: `gone${at}` }, name: { S: `gone${at}` } };
    const put = (Item: Record<string, AttributeValue>) =>
      clients.table.send(new PutItemCommand({ TableName, Item }));
    await put({ ...record, ...marshalled(itemKeys.key(userId, copy)), ...named });
    if (!areSettled) await put({ ...intent, ...marshalled(itemKeys.pending(copy)), subject: { S: copy } });
  }
}

const marshalled = ({ pk, sk }: { pk: string; sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });

describe('rotating', () => {
  test('gives a new value, and both work as one key until the grace ends', async () => {
    const { id, key } = await createKey(runtime, person.token);
    await chat(key);
    const rotated = await rotate(id, { graceSeconds: 600 });
    expect(rotated).toMatchObject({ status: 200, body: { id, status: 'activating', used: 1, remaining: 9 } });
    const fresh: string = rotated.body.key;
    expect(fresh).not.toBe(key);
    expect(rotated.body.last4).toBe(fresh.slice(-4));

    for (const value of [key, fresh, fresh, key]) expect((await chat(value)).status).toBe(200);
    for (const value of [key, fresh]) {
      expect((await call(runtime.edge, '/v1/api-key', { key: value })).body).toMatchObject({ id, used: 5 });
    }
    await moveClock(601);
    expect(await chat(key)).toMatchObject({ status: 401, body: { error: { code: 'invalid_api_key' } } });
    expect((await call(runtime.edge, '/v1/api-key', { key })).status).toBe(401);
    expect((await chat(fresh)).headers.get('x-ratelimit-remaining-requests')).toBe('4');
  });

  test('with no grace ends the old value at once', async () => {
    const { id, key } = await createKey(runtime, person.token);
    const { body } = await rotate(id, { graceSeconds: 0 });
    expect((await chat(key)).status).toBe(401);
    expect((await chat(body.key)).status).toBe(200);
  });

  test('twice leaves two values working, not three', async () => {
    const { id, key } = await createKey(runtime, person.token);
    const second = (await rotate(id)).body.key;
    const third = (await rotate(id)).body.key;
    expect((await chat(key)).status).toBe(401);
    expect((await chat(second)).status).toBe(200);
    expect((await chat(third)).status).toBe(200);
  });

  test('ten times the plan is still the plan', async () => {
    const { id, key } = await createKey(runtime, person.token);
    const values = [key, (await rotate(id)).body.key];
    const answers = await Promise.all(Array.from({ length: 40 }, (_unused, at) => chat(values[at % 2])));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  });

  test('a revoked key, someone else’s or one that never was is refused', async () => {
    const { id } = await createKey(runtime, person.token);
    const owner = person;
    person = await addPerson(runtime);
    expect((await rotate(id)).status).toBe(404);
    person = owner;
    expect((await rotate('key_none')).status).toBe(404);
    await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    expect(await rotate(id)).toMatchObject({ status: 409, body: { error: { code: 'key_ended' } } });
  });

  test.each([{ graceSeconds: -1 }, { graceSeconds: 604_801 }, { graceSeconds: 'long' }, { color: 1 }])(
    '%j is refused by name',
    async (body) => {
      const { id } = await createKey(runtime, person.token);
      expect(await rotate(id, body)).toMatchObject({
        status: 400,
        body: { error: { param: Object.keys(body)[0] } },
      });
    },
  );

  test.each(['CreateApiKey', 'CreateUsagePlanKey'])(
    'that fails at %s leaves the key as it was',
    async (operation) => {
      const { id, key } = await createKey(runtime, person.token);
      const before = await gatewayKeyNames();
      await setFaults([{ service: 'apigateway', operation, kind: 'error' }]);
      expect((await rotate(id)).status).toBe(503);
      await setFaults([]);
      expect(await gatewayKeyNames()).toEqual(before);
      expect((await chat(key)).status).toBe(200);
      expect((await rotate(id)).status).toBe(200);
    },
  );

  test('that a revocation overtakes is told that the key has ended, and leaves nothing', async () => {
    const { id } = await createKey(runtime, person.token);
    // A function's first call takes long: the revocation must come within the delay.
    await call(runtime.edge, '/v1/api-keys/key_none', { method: 'DELETE', token: person.token });
    await setFaults([longBinding]);
    const rotating = rotate(id);
    const namesOf = async () => (await gatewayKeyNames()).filter((name) => name.includes(id));
    while ((await namesOf()).length < 2) await new Promise((done) => setTimeout(done, 20));
    const revoked = await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    expect(revoked.status).toBe(200);
    expect(await rotating).toMatchObject({ status: 409, body: { error: { code: 'key_ended' } } });
    await setFaults([]);
    expect(await namesOf()).toEqual([]);
  });

  test('revoking ends every value', async () => {
    const { id, key } = await createKey(runtime, person.token);
    const { body } = await rotate(id);
    await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    for (const value of [key, body.key]) expect((await chat(value)).status).toBe(401);
  });
});

test('a create whose account is deleted meanwhile is refused as the account’s next call is', async () => {
  const before = await gatewayKeyNames();
  // A function's first call takes long: the deletion must come within the delay.
  const other = await addPerson(runtime);
  await call(runtime.edge, '/v1/me', { method: 'DELETE', token: other.token });
  await setFaults([longBinding]);
  const create = () =>
    call(runtime.edge, '/v1/api-keys', {
      token: person.token,
      body: { name: 'late', plan: '10-per-day' },
    });
  const creating = create();
  while ((await gatewayKeyNames()).length === before.length)
    await new Promise((done) => setTimeout(done, 20));
  const deleted = await call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token });
  expect(deleted.status).toBe(200);
  const refusal = {
    status: 401,
    body: { error: { code: 'unauthorized', message: 'This account was deleted.' } },
  };
  expect(await creating).toMatchObject(refusal);
  await setFaults([]);
  expect(await create()).toMatchObject(refusal);
  expect(await gatewayKeyNames()).toEqual(before);
});

describe('an Idempotency-Key', () => {
  const create = (key: string, fields = {}) =>
    call(runtime.edge, '/v1/api-keys', {
      token: person.token,
      headers: { 'idempotency-key': key },
      body: { name: 'once', plan: '10-per-day', ...fields },
    });

  test('gives the same answer again, value included, and makes one key', async () => {
    const before = (await gatewayKeyNames()).length;
    const first = await create('a');
    const second = await create('a');
    expect(first.status).toBe(201);
    expect(second.text).toBe(first.text);
    expect((await gatewayKeyNames()).length - before).toBe(1);
  });

  test('repeats a key with so many hosts that its answer is longer than what can be sealed', async () => {
    const allowedHosts = Array.from(
      { length: 50 },
      (_unused, at) => `${'a'.repeat(60)}${at}.${'b'.repeat(60)}.example`,
    );
    const first = await create('long', { allowedHosts });
    expect(first.text.length).toBeGreaterThan(4096);
    expect((await create('long', { allowedHosts })).text).toBe(first.text);
  });

  test('with another body is refused', async () => {
    await create('b');
    expect(await create('b', { name: 'other' })).toMatchObject({
      status: 422,
      body: { error: { code: 'idempotency_mismatch' } },
    });
  });

  test('is the user’s own, and one operation’s', async () => {
    const first = await create('c');
    const { id } = first.body;
    expect((await rotate(id, {}, { 'idempotency-key': 'c' })).status).toBe(200);
    person = await addPerson(runtime);
    expect((await create('c')).body.id).not.toBe(id);
  });

  test('of parallel posts makes one key, and the others wait or get its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('d')));
    const keys = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.key));
    expect(keys.size).toBe(1);
    for (const { status, body } of answers) {
      if (status !== 201) expect([status, body.error.code]).toEqual([409, 'idempotency_busy']);
    }
  });

  test('is free again after a failure', async () => {
    await setFaults([{ service: 'apigateway', operation: 'CreateUsagePlanKey', kind: 'error' }]);
    expect((await create('e')).status).toBe(503);
    await setFaults([]);
    expect((await create('e')).status).toBe(201);
  });

  test('also repeats a rotation', async () => {
    const { id } = await createKey(runtime, person.token);
    const first = await rotate(id, { graceSeconds: 60 }, { 'idempotency-key': 'f' });
    const second = await rotate(id, { graceSeconds: 60 }, { 'idempotency-key': 'f' });
    expect(second.text).toBe(first.text);
    expect((await chat(first.body.key)).status).toBe(200);
  });

  test('tells the truth of a key that has changed since: its status, and no value that is dead', async () => {
    const first = await create('i');
    await chat(first.body.key);
    await moveClock(120);
    expect((await create('i')).body).toMatchObject({
      id: first.body.id,
      key: first.body.key,
      status: 'active',
      used: 1,
    });
    await rotate(first.body.id, { graceSeconds: 600 });
    expect((await create('i')).body.key).toBe(first.body.key);
    const rotated = await rotate(first.body.id, { graceSeconds: 0 }, { 'idempotency-key': 'j' });
    const dead = { status: 409, body: { error: { code: 'key_ended', param: 'Idempotency-Key' } } };
    expect(await create('i')).toMatchObject(dead);
    const again = () => rotate(first.body.id, { graceSeconds: 0 }, { 'idempotency-key': 'j' });
    expect((await again()).body.key).toBe(rotated.body.key);
    await call(runtime.edge, `/v1/api-keys/${first.body.id}`, { method: 'DELETE', token: person.token });
    expect(await again()).toMatchObject(dead);
    expect(await create('i')).toMatchObject(dead);
  });

  test('of a wrong form is refused, and after a day it is new', async () => {
    expect(await create('with spaces')).toMatchObject({
      status: 400,
      body: { error: { param: 'Idempotency-Key' } },
    });
    await create('g');
    await moveClock(86_401);
    const login = await call(runtime.edge, '/v1/login', {
      body: { email: person.email, password: person.password },
    });
    person.token = login.body.token;
    expect(await create('g')).toMatchObject({ status: 409, body: { error: { code: 'key_exists' } } });
  });

  test('leaves no value in the table in the clear', async () => {
    const { body } = await create('h');
    const text = await tableText();
    for (const form of [body.key, Buffer.from(body.key).toString('base64').slice(0, 40)])
      expect(text).not.toContain(form);
  });
});

describe('the reconciler', () => {
  test('does nothing where all is well', async () => {
    const { id } = await createKey(runtime, person.token);
    await rotate(id);
    await moveClock(300);
    const report = await reconcile();
    expect(report.actions.filter(({ subject }) => subject === id)).toEqual([]);
    expect(report).toMatchObject({ failures: 0, parked: 0, complete: true });
  });

  test('a dry run tells and does nothing; the run after does it', async () => {
    const { id, key } = await createKey(runtime, person.token, { expiresIn: '10m' });
    await moveClock(601);
    const expire = { kind: 'expire', subject: id };
    expect((await reconcile(true)).actions).toContainEqual(expire);
    expect((await gatewayKeyNames()).some((name) => name.includes(id))).toBe(true);
    expect((await reconcile()).actions).toContainEqual(expire);
    expect((await gatewayKeyNames()).some((name) => name.includes(id))).toBe(false);
    expect((await chat(key)).status).toBe(401);
    expect((await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body.status).toBe(
      'expired',
    );
    expect((await reconcile()).actions).not.toContainEqual(expire);
  });

  test('removes a rotated secret after its grace', async () => {
    const { id } = await createKey(runtime, person.token);
    const { body } = await rotate(id, { graceSeconds: 30 });
    await moveClock(300);
    expect((await reconcile()).actions).toContainEqual({ kind: 'drop-previous', subject: id });
    expect((await gatewayKeyNames()).filter((name) => name.includes(id))).toHaveLength(1);
    expect((await chat(body.key)).status).toBe(200);
    const again = await rotate(id);
    expect((await chat(again.body.key)).status).toBe(200);
  });

  test('finishes a revocation that API Gateway did not take', async () => {
    const { id } = await createKey(runtime, person.token);
    await setFaults([{ service: 'apigateway', operation: 'DeleteApiKey', kind: 'error' }]);
    await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    await setFaults([]);
    expect((await reconcile()).actions.filter(({ subject }) => subject === id)).toEqual([]);
    await moveClock(121);
    expect((await reconcile()).actions).toContainEqual({ kind: 'finish-end', subject: id });
    expect((await gatewayKeyNames()).some((name) => name.includes(id))).toBe(false);
  });

  test('undoes a create that could not undo itself', async () => {
    await setFaults([
      { service: 'apigateway', operation: 'CreateUsagePlanKey', kind: 'error' },
      { service: 'apigateway', operation: 'DeleteApiKey', kind: 'error' },
    ]);
    const body = { name: 'x', plan: '10-per-day' };
    expect((await call(runtime.edge, '/v1/api-keys', { token: person.token, body })).status).toBe(503);
    await setFaults([]);
    expect((await call(runtime.edge, '/v1/api-keys', { token: person.token, body })).status).toBe(409);
    await moveClock(121);
    expect((await reconcile()).actions.map(({ kind }) => kind)).toContain('undo-create');
    expect((await call(runtime.edge, '/v1/api-keys', { token: person.token, body })).status).toBe(201);
  });

  test('binds a key again whose binding is gone, and ends one that API Gateway has lost', async () => {
    const bound = await createKey(runtime, person.token);
    const lost = await createKey(runtime, person.token, { plan: '20-per-day' });
    const { items: plans } = await clients.gateway.send(new GetUsagePlansCommand({}));
    const { items: keys } = await clients.gateway.send(new GetApiKeysCommand({ limit: 500 }));
    const idOf = (keyId: string) => keys?.find(({ name }) => name?.includes(keyId))?.id;
    const usagePlanId = plans?.find(({ name }) => name === '10RequestPerDay')?.id;
    await clients.gateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: idOf(bound.id) }));
    const { DeleteApiKeyCommand } = await import('@aws-sdk/client-api-gateway');
    await clients.gateway.send(new DeleteApiKeyCommand({ apiKey: idOf(lost.id) }));
    expect((await chat(bound.key)).status).toBe(401);
    await moveClock(121);
    const { actions } = await reconcile();
    expect(actions).toContainEqual({ kind: 'bind', subject: bound.id });
    expect(actions).toContainEqual({ kind: 'end-broken', subject: lost.id });
    expect((await chat(bound.key)).status).toBe(200);
    expect((await call(runtime.edge, `/v1/api-keys/${lost.id}`, { token: person.token })).body.status).toBe(
      'revoked',
    );
  });

  test('removes keys of ours that have no record, and leaves those of others', async () => {
    await createKey(runtime, person.token);
    const [prefix] = (await gatewayKeyNames()).find((name) => name.startsWith('daypass-'))?.split('.') ?? [];
    const orphan = `${prefix}.nobody.key_${'0'.repeat(26)}.0123456789ab`;
    const otherDeployment = `daypass-00000000.nobody.key_${'0'.repeat(26)}.0123456789ab`;
    for (const name of [orphan, otherDeployment, 'someone-elses']) {
      await clients.gateway.send(new CreateApiKeyCommand({ name, enabled: true }));
    }
    await moveClock(121);
    const { actions } = await reconcile();
    expect(actions.map(({ kind }) => kind)).toContain('delete-orphan');
    const names = await gatewayKeyNames();
    expect(names).not.toContain(orphan);
    expect(names).toContain('someone-elses');
    expect(names).toContain(otherDeployment);
  });

  test('has nothing to finish where the user deletes the account again with the same token', async () => {
    await createKey(runtime, person.token);
    await setFaults([{ service: 'cognito-idp', operation: 'AdminDeleteUser', kind: 'error' }]);
    const deleteMe = () => call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token });
    expect((await deleteMe()).status).toBe(503);
    await setFaults([]);
    expect((await call(runtime.edge, '/v1/me', { token: person.token })).status).toBe(401);
    expect((await deleteMe()).status).toBe(200);
    await moveClock(121);
    expect((await reconcile()).actions.map(({ kind }) => kind)).not.toContain('finish-delete-user');
  });

  test('has nothing to do for 210 ended keys: their account is deleted at once, though API Gateway is slow', async () => {
    const { id } = await createKey(runtime, person.token);
    const userId = await ownerOf(id);
    await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    await endedKeys(userId, id, 209);
    expect(await tableText()).toContain('gone208');
    await setFaults([{ service: 'apigateway', operation: 'DeleteApiKey', kind: 'delay', delayMs: 4000 }]);
    expect(await deleteMe()).toMatchObject({ status: 200, body: { status: 'deleted' } });
    expect(await tableText()).not.toContain('gone208');
  });

  test('takes a deletion further that is slow, and finishes it', async () => {
    const { id } = await createKey(runtime, person.token);
    const userId = await ownerOf(id);
    await setFaults([{ service: 'apigateway', operation: 'DeleteApiKey', kind: 'error', status: 500 }]);
    await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    await endedKeys(userId, id, 4, { areSettled: false });
    await setFaults([{ service: 'apigateway', operation: 'DeleteApiKey', kind: 'delay', delayMs: 2500 }]);
    expect((await deleteMe()).status).toBe(503);
    await setFaults([]);
    await moveClock(121);
    expect((await reconcile()).actions).toContainEqual({ kind: 'finish-delete-user', subject: userId });
    expect(await tableText()).not.toContain(person.email);
  });

  test('finishes the deletion of an account that was cut off, and the login is gone', async () => {
    const { id } = await createKey(runtime, person.token);
    await setFaults([{ service: 'cognito-idp', operation: 'AdminDeleteUser', kind: 'error' }]);
    expect((await call(runtime.edge, '/v1/me', { method: 'DELETE', token: person.token })).status).toBe(503);
    await setFaults([]);
    await moveClock(121);
    expect((await reconcile()).actions.map(({ kind }) => kind)).toContain('finish-delete-user');
    expect((await gatewayKeyNames()).some((name) => name.includes(id))).toBe(false);
    const login = await call(runtime.edge, '/v1/login', {
      body: { email: person.email, password: person.password },
    });
    expect(login.status).toBe(401);
    expect(await tableText()).not.toContain(person.email);
  });

  test('parks a deletion that the directory refuses, though its user asks again before every pass', async () => {
    await createKey(runtime, person.token);
    await setFaults([
      {
        service: 'cognito-idp',
        operation: 'AdminDeleteUser',
        kind: 'error',
        error: 'InvalidParameterException',
        status: 400,
      },
    ]);
    for (let pass = 1; pass <= 3; pass += 1) {
      // Our failure, not the caller's.
      expect(await deleteMe()).toMatchObject({
        status: 503,
        body: {
          error: { code: 'service_unavailable', message: expect.stringContaining('is being deleted') },
        },
      });
      await moveClock(130 * pass);
      expect(await reconcile()).toMatchObject({ failures: 1, parked: pass < 3 ? 0 : 1 });
    }
    expect(await reconcile()).toMatchObject({ failures: 0, parked: 1 });
    expect(runtime.output()).toContain('intent parked');
    await setFaults([]);
    expect((await deleteMe()).status).toBe(200);
    expect(await reconcile()).toMatchObject({ failures: 0, parked: 0 });
  });

  test('parks what fails three times, tells so each pass, and goes on with the rest', async () => {
    const stuck = await createKey(runtime, person.token);
    const other = await createKey(runtime, person.token, { plan: '20-per-day' });
    await setFaults([
      {
        service: 'apigateway',
        operation: 'DeleteApiKey',
        kind: 'error',
        error: 'BadRequestException',
        status: 400,
      },
    ]);
    for (const { id } of [stuck, other]) {
      await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
    }
    await moveClock(121);
    for (let pass = 1; pass <= 3; pass += 1) expect((await reconcile()).failures).toBeGreaterThanOrEqual(2);
    await setFaults([]);
    const report = await reconcile();
    expect(report.parked).toBeGreaterThanOrEqual(2);
  });
});

test('the reconciler runs by itself: an hour later nothing of an expired key is left in API Gateway', async () => {
  const scheduled = await startRuntime();
  const { token } = await addPerson(scheduled);
  const { id } = await createKey(scheduled, token, { expiresIn: '30m' });
  const listed = () => call(scheduled.edge, `/v1/api-keys/${id}`, { token });
  expect((await listed()).body.status).toBe('activating');
  await fetch(`${scheduled.edge}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ offsetSeconds: 3000 }),
  });
  const gateway = new APIGatewayClient({
    endpoint: scheduled.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { items } = await gateway.send(new GetApiKeysCommand({}));
  gateway.destroy();
  expect(items).toEqual([]);
  expect((await listed()).body.status).toBe('expired');
  await scheduled.stop();
});
