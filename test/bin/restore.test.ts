import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { addPerson, call, chatBody, createKey, type Person } from '../e2e/client.ts';
import { type RunningRuntime, startRuntime } from '../e2e/runtime.ts';
import { runCommand } from './run-command.ts';

let runtime: RunningRuntime;
let clients: { table: DynamoDBClient; gateway: APIGatewayClient };
let folder: string;
let tableName: string;

beforeAll(async () => {
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
  const settings = {
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  clients = { table: new DynamoDBClient(settings), gateway: new APIGatewayClient(settings) };
  folder = mkdtempSync(join(tmpdir(), 'daypass-restore-'));
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  rmSync(folder, { recursive: true, force: true });
  await runtime.stop();
});

const run = (name: string, ...args: string[]) =>
  runCommand(`bin/${name}.ts`, [...args, '--local', '--port', String(runtime.port)]);
const restore = (...args: string[]) => run('restore/restore', ...args);
const chat = (key: string) =>
  call(runtime.edge, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });
const used = async (key: string) => (await call(runtime.edge, '/v1/api-key', { key })).body.used;

/** An hour of tomorrow, so that no day begins while the test runs. */
async function goTo(hour: number): Promise<void> {
  const midnight = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
  const offsetSeconds = Math.round((midnight + hour * 3_600_000 - Date.now()) / 1000);
  await fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
}

async function itemsOf(table: string): Promise<Record<string, AttributeValue>[]> {
  const pages = await Array.fromAsync(paginateScan({ client: clients.table }, { TableName: table }));
  return pages.flatMap(({ Items = [] }) => Items);
}

/** As DynamoDB restores a table: the same items, in another. */
async function copyTable(to: string): Promise<void> {
  await clients.table.send(
    new CreateTableCommand({
      TableName: to,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  for (const Item of await itemsOf(tableName))
    await clients.table.send(new PutItemCommand({ TableName: to, Item }));
}

async function damage(isLost: (pk: string) => boolean = () => true): Promise<void> {
  for (const { pk, sk } of await itemsOf(tableName)) {
    if (!pk || !sk || !isLost(pk.S ?? '')) continue;
    await clients.table.send(new DeleteItemCommand({ TableName: tableName, Key: { pk, sk } }));
  }
}

const gatewayKeys = async () =>
  (await clients.gateway.send(new GetApiKeysCommand({ limit: 500 }))).items?.map(({ id }) => id).sort();
const manage = (person: Person, path: string, method: string) =>
  call(runtime.edge, path, { method, token: person.token, ...(method === 'POST' && { body: {} }) });

test('records that were lost come back, keys answer with the day’s counts, and the reconciler loses none', async () => {
  await goTo(8);
  const [ada, bob] = [await addPerson(runtime), await addPerson(runtime)];
  const kept = await createKey(runtime, ada.token);
  const revoked = await createKey(runtime, ada.token, { plan: '20-per-day' });
  const rotated = await createKey(runtime, bob.token);
  const gone = await addPerson(runtime);
  await createKey(runtime, gone.token);
  for (const _call of [1, 2, 3]) expect((await chat(kept.key)).status).toBe(200);
  tableName = (await run('export/export', join(folder, 'early.jsonl'))).output
    ? (JSON.parse(readFileSync(join(folder, 'early.jsonl'), 'utf8').split('\n')[0] ?? '{}')
        .tableName as string)
    : '';
  await copyTable('Restored');

  // What happens between the backup and the damage.
  expect((await chat(kept.key)).status).toBe(200);
  await manage(ada, `/v1/api-keys/${revoked.id}`, 'DELETE');
  const fresh = (await manage(bob, `/v1/api-keys/${rotated.id}/rotate`, 'POST')).body as { key: string };
  await manage(gone, '/v1/me', 'DELETE');
  const late = await createKey(runtime, bob.token, { plan: '20-per-day' });

  await damage();
  await goTo(10);
  const keysBefore = await gatewayKeys();
  expect((await chat(kept.key)).status).toBe(401);
  const blind = await run('reconcile');
  expect(blind.output).not.toMatch(/delete-orphan|end-/);
  expect(blind.output.match(/^keep-unknown {2}/gm)).toHaveLength(keysBefore?.length ?? 0);

  const planned = await restore('--from', 'Restored', '--dry-run');
  expect(planned).toMatchObject({ code: 0, errors: '' });
  expect(planned.output).toContain('Nothing is changed');
  expect(await itemsOf(tableName).then((items) => items.map(({ pk }) => pk?.S))).toEqual(['RECONCILER']);

  const done = await restore('--from', 'Restored');
  expect(done).toMatchObject({ code: 0, errors: '' });
  expect(done.output).toMatch(/its user was deleted since/);
  expect(done.output).toContain(`npm run reconcile -- --resume --local --port ${runtime.port}\n`);
  expect(done.output).toContain(`${revoked.id} of ${ada.email}: API Gateway no longer has it.`);
  expect(done.output).toContain(`${late.id} of ${bob.email}: API Gateway has it`);
  expect((await run('reconcile')).errors).toContain('paused');

  // The call after the backup is the only one that is lost.
  expect(await used(kept.key)).toBe(3);
  expect((await chat(kept.key)).status).toBe(200);
  expect(await used(kept.key)).toBe(4);
  expect((await chat(late.key)).status).toBe(401);
  expect((await chat(fresh.key)).status).toBe(401);

  expect((await restore('--from', 'Restored')).output).toMatch(/^keys +4 +3 +3 +1$/m);
  await run('reconcile', '--resume');
  const pass = await run('reconcile');
  expect(pass.output).toContain(`end-broken  ${revoked.id}`);
  expect(pass.output).not.toContain('delete-orphan');
  expect(await gatewayKeys()).toEqual(keysBefore);
  expect((await chat(kept.key)).status).toBe(200);

  // A file does as well, also for what a backup before the rotation can't have.
  const file = join(folder, 'later.jsonl');
  expect(await run('export/export', file)).toMatchObject({ code: 0 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const { key } of [kept, late, fresh]) expect(readFileSync(file, 'utf8')).not.toContain(key);
  await damage((pk) => /^(HASH|LIVE|APIKEY)#/.test(pk));
  expect((await chat(kept.key)).status).toBe(401);
  expect(await restore('--from', file)).toMatchObject({ code: 0 });
  expect(await used(kept.key)).toBe(5);

  const lines = readFileSync(file, 'utf8').split('\n');
  const damaged = join(folder, 'damaged.jsonl');
  lines[2] = (lines[2] ?? '').replace('"email"', '"emial"');
  writeFileSync(damaged, lines.join('\n'));
  const refused = await restore('--from', damaged);
  expect(refused).toMatchObject({ code: 1, output: '' });
  expect(refused.errors).toBe(`${damaged}, line 3, is damaged: its checksum does not fit.\n`);
});

test.each([
  [['--help'], 0, /npm run restore -- --from TABLE_OR_FILE/],
  [[], 2, /--from TABLE_OR_FILE/],
  [['--from', 'Nowhere'], 1, /no file Nowhere, and no table/],
  [['--from', 'package.json'], 1, /package\.json is not an export of Daypass/],
])('restore %j ends with %i and says why', async (args, code, words) => {
  const ran = await restore(...args);
  expect(ran.code).toBe(code);
  expect(ran.output + ran.errors).toMatch(words);
});
