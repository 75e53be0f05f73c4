import {
  CognitoIdentityProviderClient,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CancelKeyDeletionCommand,
  EnableKeyCommand,
  EncryptCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Connection, connect } from '../../bin/connect.ts';
import { type Deployment, findDeployment } from '../../bin/deployment.ts';
import { contextOf } from '../../bin/export/open-provider-key.ts';
import { rotateClientSecret } from '../../bin/rotate/rotate-client-secret.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import { addPerson, call, chatBody, createKey } from '../e2e/client.ts';
import { type RunningRuntime, sharedRuntime } from '../e2e/runtime.ts';
import { captureOutput } from '../lambda/http/capture-output.ts';
import { runCommand } from './run-command.ts';

let runtime: RunningRuntime;
let connection: Connection;
let deployment: Deployment;

beforeAll(async () => {
  runtime = await sharedRuntime();
  connection = connect(runtime.port);
  deployment = await findDeployment(connection, 'Daypass');
});

const rotate = (...args: string[]) =>
  runCommand('bin/rotate/rotate.ts', [...args, '--local', '--port', String(runtime.port)]);

test('the app client gets another secret, and no login or refresh is refused meanwhile', async () => {
  const person = await addPerson(runtime);
  const { email, password, refreshToken } = person;
  expect((await rotate('client-secret', '--dry-run')).output).toMatch(/^Would add a new secret/);
  let isOver = false;
  const statuses: number[] = [];
  const users = [0, 1].map(async () => {
    while (!isOver)
      statuses.push((await call(runtime.edge, '/v1/login', { body: { email, password } })).status);
  });
  const done = await rotate('client-secret');
  isOver = true;
  await Promise.all(users);
  expect(done).toMatchObject({ code: 0, errors: '' });
  expect(done.output).toMatch(/^Added .*\nDeleted /);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await call(runtime.edge, '/v1/login', { body: { email, password } })).status).toBe(200);
  expect((await call(runtime.edge, '/v1/login/refresh', { body: { refreshToken } })).status).toBe(200);
});

/** What a client without retries sees when a call or its reply is lost is what an operator sees after a cut. */
describe('a change of the secret that was cut off', () => {
  const client = (maxAttempts: number) =>
    new CognitoIdentityProviderClient({
      endpoint: runtime.aws,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts,
    });
  const secrets = async () => {
    const { userPoolId: UserPoolId, userPoolClientId: ClientId } = deployment;
    const command = new ListUserPoolClientSecretsCommand({ UserPoolId, ClientId });
    const { ClientSecrets = [] } = await client(3).send(command);
    return ClientSecrets.map(({ ClientSecretId }) => ClientSecretId);
  };
  const setFault = (fault?: object) =>
    call(runtime.edge, '/_local/faults', {
      method: 'PUT',
      body: { faults: fault === undefined ? [] : [{ service: 'cognito-idp', times: 1, ...fault }] },
    });
  /** @returns how many secrets there were at each wait */
  const run = async ({ maxAttempts = 1, cutWait = false } = {}) => {
    const seen: number[] = [];
    const wait = async () => {
      seen.push((await secrets()).length);
      if (cutWait) throw new Error('cut off');
    };
    const aws = { cognito: () => client(maxAttempts), isLocal: false };
    await rotateClientSecret(aws, deployment, false, wait);
    return seen;
  };
  let output: ReturnType<typeof captureOutput>;
  beforeEach(() => {
    output = captureOutput();
  });
  afterEach(async () => {
    output.restore();
    await setFault();
  });

  test.each([
    ['ListUserPoolClientSecrets', 'error'],
    ['AddUserPoolClientSecret', 'error'],
    ['AddUserPoolClientSecret', 'drop-reply'],
    ['the wait', 'cut'],
    ['DeleteUserPoolClientSecret', 'error'],
    ['DeleteUserPoolClientSecret', 'drop-reply'],
  ])('at %s (%s) is ended by the next run, which waits again before it deletes', async (operation, kind) => {
    const before = await secrets();
    if (kind !== 'cut') await setFault({ operation, kind });
    await expect(run({ cutWait: kind === 'cut' })).rejects.toThrow();
    expect(await run()).toEqual([2]);
    const after = await secrets();
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
  });

  test.each(['AddUserPoolClientSecret', 'DeleteUserPoolClientSecret'])(
    'only by the loss of the reply to %s goes on in the same run',
    async (operation) => {
      const before = await secrets();
      await setFault({ operation, kind: 'drop-reply' });
      expect(await run({ maxAttempts: 3 })).toEqual([2]);
      const after = await secrets();
      expect(after).toHaveLength(1);
      expect(before).not.toContain(after[0]);
    },
  );
});

/** A provider key in the table, sealed by this key for its user. */
async function keep(userId: string, KeyId: string) {
  const name = { scope: 'account', provider: 'openai', host: 'api.openai.com' };
  const item = marshall({ ...itemKeys.providerKey(userId, name.scope, name.provider), ...name });
  const { CiphertextBlob = new Uint8Array() } = await connection
    .kms()
    .send(
      new EncryptCommand({ KeyId, Plaintext: Buffer.from('sk-kept'), EncryptionContext: contextOf(item) }),
    );
  const sealed = { S: Buffer.from(CiphertextBlob).toString('base64') };
  const Item = { ...item, sealed };
  await connection.dynamoDb().send(new PutItemCommand({ TableName: deployment.tableName, Item }));
  return itemKeys.providerKey(userId, name.scope, name.provider);
}

test('what is sealed by the key in use is left as it is', async () => {
  const { token } = await addPerson(runtime);
  const { body: me } = await call(runtime.edge, '/v1/me', { token });
  const Key = marshall(await keep(me.id, deployment.sealingKeyId));
  const read = async () =>
    (await connection.dynamoDb().send(new GetItemCommand({ TableName: deployment.tableName, Key }))).Item;
  const before = await read();
  const ran = await rotate('sealing-key');
  expect(ran.output).toMatch(/sealed records: 0 sealed anew, [1-9]\d* of the key in use, 0 that can't/);
  expect(await read()).toEqual(before);
});

test('a record whose key was deleted is named, and the rest goes on', async () => {
  const { token } = await addPerson(runtime);
  const { body: me } = await call(runtime.edge, '/v1/me', { token });
  const { pk } = await keep(me.id, deployment.sealingKeyId);
  const message =
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';
  const fault = { service: 'kms', operation: 'ReEncrypt', kind: 'error', error: 'AccessDeniedException' };
  const setFaults = (faults: object[]) =>
    call(runtime.edge, '/_local/faults', { method: 'PUT', body: { faults } });
  await setFaults([{ ...fault, message }]);
  const ran = await rotate('sealing-key');
  // Rights that are missing are another matter: nothing is tried further.
  await setFaults([{ ...fault, message: 'User: ada is not authorized to perform: kms:ReEncryptFrom' }]);
  const refused = await rotate('sealing-key');
  await setFaults([]);
  expect(ran.code).toBe(1);
  expect(ran.output).toContain(`provider key ${pk} /`);
  expect(ran.output).toMatch(/0 sealed anew, 0 of the key in use, [1-9]\d* that can't be opened/);
  expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('not authorized') });
});

test('without its sealing key the product refuses clearly what needs it, and goes on with the rest', async () => {
  const person = await addPerson(runtime);
  const { token } = person;
  const { key } = await createKey(runtime, token);
  const written = await call(runtime.edge, '/v1/secrets', { body: { message: 'hello' } });
  const kms = connection.kms();
  const KeyId = deployment.sealingKeyId;
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  try {
    const { id } = written.body;
    const refused = [
      await call(runtime.edge, '/v1/secrets', { body: { message: 'hello' } }),
      await call(runtime.edge, `/v1/secrets/${id}/reveal`, { method: 'POST' }),
    ];
    for (const { status, body } of refused) {
      expect(status).toBe(503);
      expect(body.error.code).toBe('service_unavailable');
    }
    // Chats need no sealing key, and count as they did.
    const chat = await call(runtime.edge, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2 }) });
    expect(chat.status).toBe(200);
    expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(1);
    const made = await call(runtime.edge, '/v1/api-keys', {
      token,
      body: { name: 'new', plan: '20-per-day' },
      headers: { 'idempotency-key': `k-${Date.now()}` },
    });
    // The key works; what can't be kept is only its answer for a repetition.
    expect(made.status).toBe(201);
    const ran = await rotate('sealing-key');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.errors + ran.output).toMatch(/KMSInvalidStateException|pending deletion/);
  } finally {
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    await kms.send(new EnableKeyCommand({ KeyId }));
  }
  // Nothing was lost by asking meanwhile.
  const shown = await call(runtime.edge, `/v1/secrets/${written.body.id}/reveal`, { method: 'POST' });
  expect(shown.body.message).toBe('hello');
});

test.each([
  [['--help'], 0, /sealing-key/],
  [[], 2, /sealing-key or client-secret is missing/],
  [['edge'], 2, /'edge' is not sealing-key or client-secret/],
])('rotate %j ends with %i', async (args, code, words) => {
  const ran = await rotate(...args);
  expect(ran.code).toBe(code);
  expect(ran.output + ran.errors).toMatch(words);
});
