import { randomUUID } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let person: Person;
let keyId: string;
let key: string;
/** Ids of the calls, in order. */
const ids: Record<string, string> = {};

const chat = (fields: Record<string, unknown> = {}, path = '/v1/chat/completions') =>
  call(runtime.edge, path, { key, body: chatBody(fields) });
const list = (search = '', token = person.token) => call(runtime.edge, `/v1/requests${search}`, { token });

/** Turns up in no row. */
const canary = `canary${randomUUID().replaceAll('-', '')}`;

beforeAll(async () => {
  runtime = await sharedRuntime();
  person = await addPerson(runtime);
  ({ id: keyId, key } = await createKey(runtime, person.token, { name: 'laptop' }));
  const messages = [{ role: 'user', content: `Say something of ${canary}` }];
  const calls: [string, () => ReturnType<typeof chat>][] = [
    ['whole', () => chat({ messages })],
    ['streamed', () => chat({ messages, model: 'nova-micro', stream: true })],
    ['unknown model', () => chat({ messages, model: canary })],
    ['unread', () => call(runtime.edge, '/v1/messages', { key, body: `{"${canary}` })],
    ['bad field', () => chat({ messages, max_tokens: canary })],
  ];
  for (const [name, make] of calls) ids[name] = (await make()).headers.get('x-request-id') ?? '';
});

test('calls and refusals are listed, newest first, each under the id of its answer', async () => {
  const { status, body } = await list();
  expect(status).toBe(200);
  expect(body.nextCursor).toBeNull();
  expect(body.data.map((row: { requestId: string }) => row.requestId)).toEqual(Object.values(ids).reverse());
  expect(body.data).toMatchObject([
    {
      code: 'invalid_request',
      status: 400,
      route: '/v1/chat/completions',
      model: null,
      mark: 'refused',
    },
    { code: 'invalid_json', status: 400, route: '/v1/messages', model: null, mark: 'refused' },
    { code: 'model_not_found', status: 404, model: null, mark: 'refused', totalMs: null, cost: 0 },
    { code: null, status: 200, route: '/v1/chat/completions', model: 'nova-micro', mark: 'metered' },
    { code: null, status: 200, route: '/v1/chat/completions', model: 'nova-lite', mark: 'metered', keyId },
  ]);
  const { firstTokenMs, totalMs, inputTokens, outputTokens, cost, keyName } = body.data[4];
  expect(firstTokenMs).toBeGreaterThanOrEqual(0);
  expect(totalMs).toBeGreaterThanOrEqual(firstTokenMs);
  expect(Math.min(inputTokens, outputTokens, cost)).toBeGreaterThan(0);
  expect(keyName).toBe('laptop');
});

test.each([
  ['?status=4xx', ['bad field', 'unread', 'unknown model']],
  ['?status=404', ['unknown model']],
  ['?status=2xx&model=nova-micro', ['streamed']],
  ['?model=nova-lite', ['whole']],
  ['?to=2020-01-01', []],
])('%s', async (search, expected) => {
  const { body } = await list(search);
  expect(body.data.map((row: { requestId: string }) => row.requestId)).toEqual(
    expected.map((name) => ids[name]),
  );
});

test('a cursor goes on where the page ended', async () => {
  const first = await list('?limit=2');
  const second = await list(`?limit=3&cursor=${encodeURIComponent(first.body.nextCursor)}`);
  const told = [...first.body.data, ...second.body.data].map((row) => row.requestId);
  expect(told).toEqual(Object.values(ids).reverse());
  expect(second.body.nextCursor).toBeNull();
});

test('somebody else sees nothing of it, and has no such key', async () => {
  const other = await addPerson(runtime);
  expect((await list('', other.token)).body.data).toEqual([]);
  expect(await list(`?keyId=${keyId}`, other.token)).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found' } },
  });
  expect((await list(`?keyId=${keyId}`)).body.data).toHaveLength(5);
});

test.each([
  ['status=42', 'status'],
  ['status=300', 'status'],
  ['from=yesterday', 'from'],
  ['to=2026-02-30', 'to'],
  ['from=2026-01-02&to=2026-01-01', 'from'],
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['cursor=nonsense', 'cursor'],
])('?%s is refused and names the field', async (search, param) => {
  expect(await list(`?${search}`)).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_request', param } },
  });
});

test('an unknown field is refused by name', async () => {
  expect(await list('?prompt=1')).toMatchObject({
    status: 400,
    body: { error: { code: 'unsupported_parameter', param: 'prompt' } },
  });
});

test('of what was said, and of the key, nothing is in the list or the table', async () => {
  const { text } = await list();
  const client = new DynamoDBClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames } = await client.send(new ListTablesCommand({}));
  const items: unknown[] = [];
  for await (const page of paginateScan({ client }, { TableName: TableNames?.[0] })) {
    items.push(...(page.Items ?? []));
  }
  client.destroy();
  const all = text + JSON.stringify(items);
  expect(all).toContain(ids.unread);
  for (const secret of [canary, key]) {
    for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')]) {
      expect(all.includes(form)).toBe(false);
    }
  }
});
