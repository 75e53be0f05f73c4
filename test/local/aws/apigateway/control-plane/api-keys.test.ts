import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  type GetApiKeysCommandInput,
  GetUsagePlanKeysCommand,
  paginateGetApiKeys,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { startControlPlane } from './start-control-plane.ts';

let started: Awaited<ReturnType<typeof startControlPlane>>;
const value = 'a1B2'.repeat(8);

beforeEach(async () => {
  started = await startControlPlane();
});
afterEach(() => started.close());

const create = (input: ConstructorParameters<typeof CreateApiKeyCommand>[0] = {}) =>
  started.client.send(new CreateApiKeyCommand(input));
const rejected = (name: string, status: number, message: unknown = expect.any(String)) => ({
  name,
  message,
  $metadata: expect.objectContaining({ httpStatusCode: status }),
});

/** A key on a plan of the stage, and its calls on the data plane. */
async function boundKey() {
  const key = await create({ value, enabled: true });
  const apiStages = [{ apiId: started.apiId, stage: 'prod' }];
  const plan = await started.client.send(new CreateUsagePlanCommand({ name: 'plan', apiStages }));
  const binding = { usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' };
  await started.client.send(new CreateUsagePlanKeyCommand(binding));
  const chat = async () =>
    (await fetch(`${started.url}/v1/chat`, { method: 'POST', headers: { 'x-api-key': value } })).status;
  return { key, plan, chat };
}

describe('CreateApiKey', () => {
  test('makes a key with the value, name, tags and stages asked for', async () => {
    const stageKeys = [{ restApiId: started.apiId, stageName: 'prod' }];
    const made = await create({
      name: 'n',
      description: 'd',
      customerId: 'c',
      enabled: true,
      value,
      tags: { team: 'a' },
      stageKeys,
    });
    expect(made).toMatchObject({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      value,
      name: 'n',
      description: 'd',
      customerId: 'c',
      enabled: true,
      tags: { team: 'a' },
      stageKeys: [`${started.apiId}/prod`],
    });
    expect(made.createdDate).toBeInstanceOf(Date);
    expect(made.$metadata.httpStatusCode).toBe(201);
  });

  test('makes up a value when none is given, and leaves the key disabled unless told otherwise', async () => {
    const made = await create({ name: 'n' });
    expect(made.value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(made.enabled).toBe(false);
  });

  test('a value that is taken is a 409, which distinguishes a repeat from a failure', async () => {
    await create({ value });
    await expect(create({ value })).rejects.toMatchObject(
      rejected('ConflictException', 409, 'API Key already exists'),
    );
  });

  test.each([
    ['too short', 'a'.repeat(19), 'API Key value should be at least 20 characters'],
    ['too long', 'a'.repeat(129), 'API Key value exceeds maximum size of 128 characters'],
    ['with a dash', `${'a'.repeat(20)}-`, 'API Key value should only contain alphanumeric characters'],
    ['with an underscore', `${'a'.repeat(20)}_`, 'API Key value should only contain alphanumeric characters'],
  ])('a value %s is refused', async (_case, wrong, message) => {
    await expect(create({ value: wrong })).rejects.toMatchObject(
      rejected('BadRequestException', 400, message),
    );
  });

  test('values of 20 and of 128 characters are taken', async () => {
    expect((await create({ value: 'a'.repeat(20) })).value).toHaveLength(20);
    expect((await create({ value: 'a'.repeat(128) })).value).toHaveLength(128);
  });

  test('an unknown stage and a reserved tag are refused', async () => {
    const stageKeys = [{ restApiId: started.apiId, stageName: 'nope' }];
    await expect(create({ stageKeys })).rejects.toMatchObject(rejected('NotFoundException', 404));
    await expect(create({ tags: { 'aws:x': 'y' } })).rejects.toMatchObject(
      rejected('BadRequestException', 400),
    );
  });
});

describe('GetApiKey', () => {
  test('shows the value only when asked', async () => {
    const { id } = await create({ value, enabled: true });
    expect((await started.client.send(new GetApiKeyCommand({ apiKey: id }))).value).toBeUndefined();
    expect((await started.client.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }))).value).toBe(
      value,
    );
  });

  test('an unknown id is 404', async () => {
    await expect(started.client.send(new GetApiKeyCommand({ apiKey: 'nope' }))).rejects.toMatchObject(
      rejected('NotFoundException', 404, 'Invalid API Key identifier specified'),
    );
  });
});

describe('GetApiKeys', () => {
  test('pages through every key once, 25 at a time unless told otherwise', async () => {
    for (let made = 0; made < 30; made += 1) await create({ name: `key-${made}` });
    expect((await started.client.send(new GetApiKeysCommand({}))).items).toHaveLength(25);
    const names: (string | undefined)[] = [];
    const pages: number[] = [];
    for await (const { items = [] } of paginateGetApiKeys({ client: started.client, pageSize: 7 }, {})) {
      pages.push(items.length);
      names.push(...items.map(({ name }) => name));
    }
    expect(pages).toEqual([7, 7, 7, 7, 2]);
    expect(new Set(names).size).toBe(30);
  });

  test('filters by the beginning of the name and by customer, with values on request', async () => {
    await create({ name: 'alpha-1', customerId: 'c1', value });
    await create({ name: 'alpha-2', customerId: 'c2' });
    await create({ name: 'beta-alpha' });
    const list = (input: GetApiKeysCommandInput) =>
      started.client.send(new GetApiKeysCommand(input)).then(({ items = [] }) => items);
    expect((await list({ nameQuery: 'alpha' })).map(({ name }) => name).sort()).toEqual([
      'alpha-1',
      'alpha-2',
    ]);
    const [one, ...more] = await list({ customerId: 'c1', includeValues: true });
    expect([one?.value, more]).toEqual([value, []]);
    expect((await list({ customerId: 'c1' }))[0]?.value).toBeUndefined();
  });

  test.each([0, -1, 501])('a limit of %i is refused', async (limit) => {
    await expect(started.client.send(new GetApiKeysCommand({ limit }))).rejects.toMatchObject(
      rejected('BadRequestException', 400),
    );
  });

  test('a position that was never issued is refused', async () => {
    await expect(started.client.send(new GetApiKeysCommand({ position: 'made up' }))).rejects.toMatchObject(
      rejected('BadRequestException', 400),
    );
  });
});

describe('UpdateApiKey', () => {
  const patch = (
    apiKey: string | undefined,
    ...patchOperations: [op: 'add' | 'remove' | 'replace', path: string, value?: string][]
  ) =>
    started.client.send(
      new UpdateApiKeyCommand({
        apiKey,
        patchOperations: patchOperations.map(([op, path, to]) => ({ op, path, value: to })),
      }),
    );

  test('changes name, description, customer, labels and stages', async () => {
    const { id } = await create({ value });
    const updated = await patch(
      id,
      ['replace', '/name', 'new'],
      ['replace', '/description', 'text'],
      ['replace', '/customerId', 'c9'],
      ['replace', '/enabled', 'true'],
      ['add', '/labels', 'x'],
      ['remove', '/labels', 'x'],
      ['add', '/stages', `${started.apiId}/prod`],
    );
    expect(updated).toMatchObject({
      id,
      name: 'new',
      description: 'text',
      customerId: 'c9',
      enabled: true,
      stageKeys: [`${started.apiId}/prod`],
    });
    expect((await patch(id, ['remove', '/stages', `${started.apiId}/prod`])).stageKeys).toEqual([]);
  });

  test('an unknown path is refused by name, and nothing is changed', async () => {
    const { id } = await create({ name: 'old' });
    await expect(patch(id, ['replace', '/name', 'new'], ['replace', '/value', 'x'])).rejects.toMatchObject(
      rejected(
        'BadRequestException',
        400,
        expect.stringContaining(
          "Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/name, /description",
        ),
      ),
    );
    expect((await started.client.send(new GetApiKeyCommand({ apiKey: id }))).name).toBe('old');
  });

  test('disabling a key refuses it at once', async () => {
    const { key, chat } = await boundKey();
    expect(await chat()).toBe(200);
    await patch(key.id, ['replace', '/enabled', 'false']);
    expect(await chat()).toBe(403);
    await patch(key.id, ['replace', '/enabled', 'true']);
    expect(await chat()).toBe(200);
  });
});

describe('DeleteApiKey', () => {
  test('refuses the key at once, unbinds it and frees its value', async () => {
    const { key, plan, chat } = await boundKey();
    expect(await chat()).toBe(200);
    const deleted = await started.client.send(new DeleteApiKeyCommand({ apiKey: key.id }));
    expect(deleted.$metadata.httpStatusCode).toBe(202);
    expect(await chat()).toBe(403);
    const left = await started.client.send(new GetUsagePlanKeysCommand({ usagePlanId: plan.id }));
    expect(left.items).toEqual([]);
    await create({ value, enabled: true });
    expect(await chat()).toBe(403);
  });

  test('an unknown id is 404', async () => {
    await expect(started.client.send(new DeleteApiKeyCommand({ apiKey: 'nope' }))).rejects.toMatchObject(
      rejected('NotFoundException', 404),
    );
  });
});

test('an unsupported operation is refused by name', async () => {
  const response = await fetch(`${started.endpoint}/vpclinks`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    __type: 'UnknownOperationException',
    message: expect.stringMatching(
      /^GET \/vpclinks is not supported by the local API Gateway\. It has: .*CreateApiKey/,
    ),
  });
});
