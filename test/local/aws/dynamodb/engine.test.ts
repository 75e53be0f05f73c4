import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { findEngine } from '../../../../local/aws/dynamodb/find-engine.ts';
import { keyedTable, removeDirectory, serveDynamoDb, temporaryDirectory } from './serve.ts';

const TableName = 'kept';
const Item = { pk: 'a', sk: 'b', text: 'kept' };
const Key = { pk: 'a', sk: 'b' };
let dataDirectory: string;

beforeEach(async () => {
  dataDirectory = await temporaryDirectory();
});
afterEach(() => removeDirectory(dataDirectory));

test('items outlive a stop and a start', async () => {
  const first = await serveDynamoDb({ dataDirectory });
  await first.dynamoDb.defineTable(TableName, keyedTable);
  await first.documents.send(new PutCommand({ TableName, Item }));
  await first.close();

  const second = await serveDynamoDb({ dataDirectory });
  await second.dynamoDb.defineTable(TableName, keyedTable);
  expect((await second.documents.send(new GetCommand({ TableName, Key }))).Item).toEqual(Item);
  await second.close();
});

test('kill -9 on the runtime loses no answered write and leaves no engine behind', async () => {
  const program = fileURLToPath(new URL('./put-then-wait.ts', import.meta.url));
  const runtime = spawn(process.execPath, [program, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const engineUrl = await firstLine(runtime);
  expect((await fetch(engineUrl)).status).toBe(200);
  runtime.kill('SIGKILL');
  await once(runtime, 'close');

  let answers = true;
  for (let tries = 0; answers && tries < 600; tries += 1) {
    answers = await fetch(engineUrl).then(
      () => true,
      () => false,
    );
    if (answers) await sleep(50);
  }
  expect(answers).toBe(false);
  const after = await serveDynamoDb({ dataDirectory });
  expect((await after.documents.send(new GetCommand({ TableName, Key }))).Item).toEqual(Item);
  await after.close();
});

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

test('an engine that dies is restarted with its items, and calls meanwhile get InternalServerError', async () => {
  const warnings: string[] = [];
  const log = {
    info() {},
    detail() {},
    warn: (_tag: string, message: string) => void warnings.push(message),
  };
  const served = await serveDynamoDb({ dataDirectory, log });
  await served.dynamoDb.defineTable(TableName, keyedTable);
  await served.documents.send(new PutCommand({ TableName, Item }));
  const get = () => served.documents.send(new GetCommand({ TableName, Key }));

  process.kill(engineProcessId(dataDirectory), 'SIGKILL');
  const names = new Set<string>();
  let found: unknown;
  // The test's own limit ends it.
  while (found === undefined) {
    found = await get().then(
      (answer) => (names.size > 0 ? answer.Item : undefined),
      (error: Error) => void names.add(error.name),
    );
    await sleep(10);
  }
  expect(found).toEqual(Item);
  expect([...names]).toEqual(['InternalServerError']);
  expect(warnings[0]).toMatch(/engine ended .*starting it again/);
  await served.close();
});

/** The engine itself, not the shell that watches it: the process whose own arguments name the file. */
function engineProcessId(directory: string): number {
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const engine = processes.find((line) => line.includes(directory) && !line.includes('/bin/sh'));
  return Number.parseInt(engine ?? '', 10);
}

test('a corrupt database file stops the start with its name and --fresh', async () => {
  await writeFile(join(dataDirectory, 'dynamodb.sqlite'), 'this is no database '.repeat(500));
  await expect(serveDynamoDb({ dataDirectory })).rejects.toThrow(/dynamodb\.sqlite.*--fresh/);
});

const noPackage = () => {
  throw new Error('MODULE_NOT_FOUND');
};

test('without an engine the error says one command and the setting', () => {
  expect(() => findEngine({ PATH: '' }, noPackage)).toThrow(
    /brew install nubo-db\/tap\/dynoxide[\s\S]*DAYPASS_DYNAMODB_ENDPOINT/,
  );
});

test('an installed engine is used where the package is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daypass-path-'));
  await writeFile(join(folder, 'dynoxide'), '#!/bin/sh\n');
  await chmod(join(folder, 'dynoxide'), 0o755);
  const PATH = `/nowhere:${folder}`;
  expect(findEngine({ PATH }, noPackage)).toEqual({ kind: 'binary', path: join(folder, 'dynoxide') });
  await removeDirectory(folder);
});

test('DAYPASS_DYNAMODB_ENDPOINT takes precedence, and must be a URL', () => {
  const endpoint = 'http://localhost:8000';
  expect(findEngine({ DAYPASS_DYNAMODB_ENDPOINT: endpoint })).toEqual({
    kind: 'endpoint',
    url: new URL(endpoint),
  });
  expect(() => findEngine({ DAYPASS_DYNAMODB_ENDPOINT: 'localhost' })).toThrow(/'localhost'/);
});

test('a server of one’s own is used through DAYPASS_DYNAMODB_ENDPOINT', async () => {
  const own = await serveDynamoDb({ inMemory: true });
  const endpoint = await own.client.config.endpoint?.();
  const environment = { DAYPASS_DYNAMODB_ENDPOINT: `http://${endpoint?.hostname}:${endpoint?.port}` };
  const served = await serveDynamoDb({ inMemory: true, environment });
  await served.dynamoDb.defineTable(TableName, keyedTable);
  await served.documents.send(new PutCommand({ TableName, Item }));
  expect((await own.documents.send(new GetCommand({ TableName, Key }))).Item).toEqual(Item);
  await served.close();
  await own.close();
});

// Other systems have no loopback address but 127.0.0.1.
const onLinux = process.platform === 'linux' ? test : () => {};

onLinux('the engine, which answers any page, listens where no page finds it', async () => {
  const program = fileURLToPath(new URL('./put-then-wait.ts', import.meta.url));
  const runtime = spawn(process.execPath, [program, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { hostname, port } = new URL(await firstLine(runtime));
  expect(hostname).toMatch(/^127\.\d+\.\d+\.\d+$/);
  expect(hostname).not.toBe('127.0.0.1');
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  runtime.kill('SIGKILL');
  await once(runtime, 'close');
});

test('an operation that the engine does not have is refused by name', async () => {
  const served = await serveDynamoDb({ dataDirectory });
  await expect(served.client.send(new DescribeContinuousBackupsCommand({ TableName }))).rejects.toMatchObject(
    {
      name: 'UnknownOperationException',
      message: expect.stringContaining('DescribeContinuousBackups'),
    },
  );
  await served.close();
});
