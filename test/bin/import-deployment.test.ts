import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { connect } from '../../bin/connect.ts';
import { findDeployment } from '../../bin/deployment.ts';
import { contextOf, openProviderKey } from '../../bin/export/open-provider-key.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import {
  addAdmin,
  addPerson,
  call,
  chatBody,
  createKey,
  newestCode,
  newPassword,
  type Person,
} from '../e2e/client.ts';
import { type RunningRuntime, startRuntime } from '../e2e/runtime.ts';
import { runCommand } from './run-command.ts';

let old: RunningRuntime;
let here: RunningRuntime;
let folder: string;
const passphrase = 'correct horse battery staple';

beforeAll(async () => {
  const environment = { DAYPASS_SCHEDULES: 'off' };
  [old, here] = await Promise.all([startRuntime({ environment }), startRuntime({ environment })]);
  folder = mkdtempSync(join(tmpdir(), 'daypass-move-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([old.stop(), here.stop()]);
});

const exportTo = (file: string, ...args: string[]) =>
  runCommand('bin/export/export.ts', [file, ...args, '--local', '--port', String(old.port)], {
    DAYPASS_PASSPHRASE: passphrase,
  });
const importFrom = (file: string, args: string[] = [], words = passphrase) =>
  runCommand(
    'bin/import-deployment/import-deployment.ts',
    [file, ...args, '--local', '--port', String(here.port)],
    {
      DAYPASS_PASSPHRASE: words,
    },
  );
const setFaults = (faults: object[]) =>
  fetch(`${here.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify(faults) });
const chat = (at: RunningRuntime, key: string) =>
  call(at.edge, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });

/** As somebody who can't log in at the new place yet. */
async function setPassword({ email }: Person): Promise<Person> {
  const password = newPassword();
  expect((await call(here.edge, '/v1/password/forgot', { body: { email } })).status).toBe(200);
  const code = await newestCode(here, email);
  await call(here.edge, '/v1/password/reset', { body: { email, code, password } });
  const { body } = await call(here.edge, '/v1/login', { body: { email, password } });
  return { email, password, token: body.token, refreshToken: body.refreshToken };
}

test('users, keys, usage and provider keys move to another place, and what can’t move is named', async () => {
  const [ada, bob] = [await addAdmin(old), await addPerson(old)];
  const kept = await createKey(old, ada.token);
  for (const _call of [1, 2]) expect((await chat(old, kept.key)).status).toBe(200);
  const first = await createKey(old, bob.token);
  const rotated = await call(old.edge, `/v1/api-keys/${first.id}/rotate`, {
    token: bob.token,
    body: { graceSeconds: 3600 },
  });
  const providerKey = `sk-${'x'.repeat(40)}`;
  const { body: owner } = await call(old.edge, '/v1/me', { token: ada.token });
  await keepProviderKey(owner.id, providerKey);

  const file = join(folder, 'whole.jsonl');
  expect(await exportTo(file, '--with-secrets')).toMatchObject({ code: 0, errors: '' });
  for (const secret of [kept.key, first.key, rotated.body.key, providerKey, passphrase])
    expect(readFileSync(file, 'utf8')).not.toContain(secret);
  expect((await importFrom(file, [], 'another passphrase than it')).errors).toMatch(/not the passphrase/);
  const planned = await importFrom(file, ['--dry-run']);
  expect(planned).toMatchObject({ code: 0, errors: '' });
  expect(planned.output).toMatch(/2 of 2 users; 2 of 2 keys with their secrets\nNothing is changed/);

  // Its pause outlives a run that failed and ends with one that is done, and leaves that of an operator alone.
  const pauses = (event: object) => connect(here.port).invoke('Daypass-reconcile', event);
  await pauses({ pause: { id: 'operator:eve', by: 'operator:eve', reason: 'looking around' } });
  const refusal = { kind: 'error', error: 'InternalErrorException', status: 400 };
  await setFaults([{ service: 'cognito-idp', operation: 'AdminGetUser', ...refusal }]);
  const failed = await importFrom(file);
  expect(failed).toMatchObject({ code: 1, errors: expect.stringContaining('The reconciler stays paused') });
  await setFaults([]);
  const done = await importFrom(file);
  expect(done).toMatchObject({ code: 0, errors: '' });
  expect(done.output).toMatch(/^Another pause stands\. .* by operator:eve: looking around\.$/m);
  expect(await pauses({ resume: true })).toMatchObject({ ended: [{ id: 'operator:eve' }], standing: [] });
  expect(done.output).toMatch(/1 users made, 1 were here/);
  expect(done.output).toMatch(/2 keys work here as they did/);
  const again = await importFrom(file);
  expect(again).toMatchObject({ code: 0, errors: '' });
  expect(again.output).toMatch(/0 users made, 2 were here/);
  expect(again.output).toMatch(/^metering +(\d+) +\1 +\1 +0$/m);

  expect((await chat(here, kept.key)).status).toBe(200);
  expect((await call(here.edge, '/v1/api-key', { key: kept.key })).body.used).toBe(3);
  for (const secret of [first.key, rotated.body.key]) expect((await chat(here, secret)).status).toBe(200);
  const moved = await setPassword(ada);
  const { body: usage } = await call(here.edge, '/v1/usage', { token: moved.token });
  expect(usage.data).toMatchObject([{ keyId: kept.id, requests: 3 }]);
  const { body: calls } = await call(here.edge, '/v1/requests', { token: moved.token });
  expect(calls.data).toHaveLength(3);
  // She is an admin here, too, and the trail tells of both places.
  const { body: trail } = await call(here.edge, '/v1/admin/audit', { token: moved.token });
  expect(trail.data.map(({ action }: { action: string }) => action)).toContain('key.rotated');
  const { body: me } = await call(here.edge, '/v1/me', { token: moved.token });
  expect(await openedProviderKey(me.id)).toBe(providerKey);

  // Nothing of what moved is an orphan or broken here.
  const passAt = async (offsetSeconds: number) => {
    await fetch(`${here.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
    return (await runCommand('bin/reconcile.ts', ['--local', '--port', String(here.port)])).output;
  };
  expect(await passAt(130)).toBe('0 done, 0 failed, 0 parked\n');

  const late = await createKey(old, bob.token, { plan: '20-per-day', name: 'late' });
  const bare = join(folder, 'bare.jsonl');
  expect((await exportTo(bare)).output).toContain('without secrets');
  const partly = await importFrom(bare);
  expect(partly.output).toContain(`${late.id} (late) of ${bob.email}: to be made anew`);
  expect((await chat(here, late.key)).status).toBe(401);
  expect(await passAt(260)).toContain(`end-broken  ${late.id}`);
  const bobHere = await setPassword(bob);
  expect((await createKey(here, bobHere.token, { plan: '20-per-day' })).id).not.toBe(late.id);

  // What was ended here since doesn't come back with a further import.
  const ended = (path: string, more: object) => call(here.edge, `/v1/api-keys/${path}`, more);
  expect((await ended(kept.id, { method: 'DELETE', token: moved.token })).status).toBe(200);
  const anew = await ended(`${first.id}/rotate`, { token: bobHere.token, body: { graceSeconds: 0 } });
  expect(anew.status).toBe(200);
  const further = await importFrom(file);
  expect(further).toMatchObject({ code: 0, errors: '' });
  expect(further.output).toMatch(
    new RegExp(`^${kept.id} .*to be made anew, since it has ended here since$`, 'm'),
  );
  for (const gone of [kept.key, rotated.body.key]) expect((await chat(here, gone)).status).toBe(401);
  expect((await chat(here, anew.body.key)).status).toBe(200);
});

/** The settings of these places have no provider that takes keys of callers, so the table gets it as the route would put it. */
async function keepProviderKey(userId: string, secret: string): Promise<void> {
  const connection = connect(old.port);
  const { tableName, sealingKeyId } = await findDeployment(connection, 'Daypass');
  const name = { scope: 'account', provider: 'openai', host: 'api.openai.com' };
  const item = marshall({ ...itemKeys.providerKey(userId, name.scope, name.provider), ...name });
  const { CiphertextBlob = new Uint8Array() } = await connection.kms().send(
    new EncryptCommand({
      KeyId: sealingKeyId,
      Plaintext: Buffer.from(secret),
      EncryptionContext: contextOf(item),
    }),
  );
  const sealed = { S: Buffer.from(CiphertextBlob).toString('base64') };
  await connection.dynamoDb().send(new PutItemCommand({ TableName: tableName, Item: { ...item, sealed } }));
}

async function openedProviderKey(userId: string): Promise<string | undefined> {
  const connection = connect(here.port);
  const { tableName, sealingKeyId } = await findDeployment(connection, 'Daypass');
  const Key = marshall(itemKeys.providerKey(userId, 'account', 'openai'));
  const { Item = {} } = await connection.dynamoDb().send(new GetItemCommand({ TableName: tableName, Key }));
  const { KeyId } = await connection.kms().send(
    new DecryptCommand({
      CiphertextBlob: Buffer.from(Item.sealed?.S ?? '', 'base64'),
      EncryptionContext: contextOf(Item),
    }),
  );
  expect(KeyId).toContain(sealingKeyId);
  return openProviderKey(connection.kms(), Item);
}

test('an export of the deployment itself is refused, and npm run import names the right command', async () => {
  const file = join(folder, 'own.jsonl');
  await exportTo(file);
  const own = await runCommand('bin/import-deployment/import-deployment.ts', [
    file,
    '--local',
    '--port',
    String(old.port),
  ]);
  expect(own.errors).toContain('npm run restore -- --from');
  const asInvites = await runCommand('bin/import/import.ts', [file]);
  expect(asInvites).toMatchObject({ code: 2 });
  expect(asInvites.errors).toContain('npm run import-deployment');
});
