import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateApiKeyCommand, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { gatewayKeyPrefix } from '../../../../../lambda/adapters/api-gateway/key-prefix.ts';
import { startControlPlane } from './start-control-plane.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../../docs/operations.md'), 'utf8');

/** Stands for the AWS CLI, which is no dependency: it notes each of its calls, and lists two ids as text. */
const fakeAws = `#!/bin/bash
printf '%s\\n' "$*" >> "$CALLS"
[ "$2" = get-api-keys ] && printf 'id1\\tid2\\n'
exit 0
`;

let started: Awaited<ReturnType<typeof startControlPlane>>;
let directory: string;
beforeAll(async () => {
  started = await startControlPlane();
  directory = mkdtempSync(join(tmpdir(), 'daypass-clean-up-'));
  writeFileSync(join(directory, 'aws'), fakeAws);
  chmodSync(join(directory, 'aws'), 0o755);
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await started.close();
});

/** Runs the commands of the page for this table. @returns the calls they make */
async function cleanUp(tableName: string): Promise<string[]> {
  const commands = /```\n(PREFIX=.+?)```/s.exec(page)?.[1] ?? '';
  expect(commands).toContain('TABLE');
  const calls = join(directory, `${tableName}.calls`);
  await promisify(execFile)('bash', ['-ec', commands.replace('TABLE', tableName)], {
    env: { PATH: `${directory}:${process.env.PATH}`, CALLS: calls },
  });
  return readFileSync(calls, 'utf8').trim().split('\n');
}

test('the documented clean-up finds the keys of its own deployment only', async () => {
  const create = (tableName: string, name: string) =>
    started.client.send(new CreateApiKeyCommand({ name: `${gatewayKeyPrefix(tableName)}${name}` }));
  const own = [await create('Daypass-Table-1', 'key_1'), await create('Daypass-Table-1', 'key_2')];
  await create('Daypass-dev-Table-2', 'key_3');
  await started.client.send(new CreateApiKeyCommand({ name: 'of somebody else' }));

  const [listing = ''] = await cleanUp('Daypass-Table-1');
  const nameQuery = /--name-query (\S+)/.exec(listing)?.[1];
  const found = await started.client.send(new GetApiKeysCommand({ nameQuery }));
  expect(found.items?.map(({ id }) => id).toSorted()).toEqual(own.map(({ id }) => id).toSorted());
});

test('it deletes each key found', async () => {
  const [, ...deletions] = await cleanUp('Daypass-Table-1');
  expect(deletions.slice(-2)).toEqual([
    'apigateway delete-api-key --api-key id1',
    'apigateway delete-api-key --api-key id2',
  ]);
});
