import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  ChangePasswordCommand,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  keySetOf,
  latestCode,
  logIn,
  newPassword,
  poolArn,
  refusalOf,
  signUpConfirmed,
  startCognito,
  tokensOf,
} from './start-cognito.ts';

// The runtime keeps its port over a restart; the tests' servers get a new one, so the issuer is fixed.
const issuerBaseUrl = 'http://127.0.0.1:4566';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cognito-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('users, tokens, codes and signing keys outlive a restart', async () => {
  const storePath = join(folder, 'state.db');
  const password = newPassword();
  const first = await startCognito({ storePath, issuerBaseUrl });
  const sub = await signUpConfirmed(first, 'ada@example.com', password);
  const tokens = await tokensOf(logIn(first, 'ada@example.com', password));
  const bob = { ClientId: clientId, Username: 'bob@example.com' };
  await first.client.send(new SignUpCommand({ ...bob, Password: password }));
  const keys = await keySetOf(first);
  await first.close();

  // Hashes that were made cheaply are known where new ones are not.
  const second = await startCognito({ storePath, issuerBaseUrl, ownSecrets: true });
  expect(await keySetOf(second)).toEqual(keys);
  expect(await second.cognito.verifyIdToken(poolArn, tokens.id)).toMatchObject({ sub });
  const same = { AccessToken: tokens.access, PreviousPassword: password, ProposedPassword: password };
  expect(await refusalOf(second.client.send(new ChangePasswordCommand(same)))).toBe('answered');
  const AuthParameters = { REFRESH_TOKEN: tokens.refresh };
  const refresh = { ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH' as const, AuthParameters };
  expect(await refusalOf(second.client.send(new InitiateAuthCommand(refresh)))).toBe('answered');
  expect(await refusalOf(logIn(second, 'ada@example.com', password))).toBe('answered');
  const ConfirmationCode = latestCode(second, 'bob@example.com');
  await second.client.send(new ConfirmSignUpCommand({ ...bob, ConfirmationCode }));
  expect(await refusalOf(logIn(second, 'bob@example.com', password))).toBe('answered');
  await second.close();
});

test('the stored state holds no password, token or code', async () => {
  const storePath = join(folder, 'state.db');
  const password = newPassword();
  const running = await startCognito({ storePath, ownSecrets: true });
  await signUpConfirmed(running, 'ada@example.com', password);
  const tokens = await tokensOf(logIn(running, 'ada@example.com', password));
  const bob = { ClientId: clientId, Username: 'bob@example.com', Password: password };
  await running.client.send(new SignUpCommand(bob));
  const code = latestCode(running, 'bob@example.com');
  await running.close();

  const bytes = (await readFile(storePath)).toString('latin1');
  for (const secret of [password, ...Object.values(tokens)]) {
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes(Buffer.from(secret).toString('base64'))).toBe(false);
  }
  const database = new DatabaseSync(storePath);
  const kept = database.prepare("SELECT value FROM records WHERE collection = 'cognito/codes'").all();
  database.close();
  expect(kept).toHaveLength(1);
  const hash = JSON.parse(String(kept[0]?.value));
  expect(Object.values(hash)).not.toContain(code);
  expect(hash.cost).toBe(2 ** 14);
});

test('each installation makes its own signing key', async () => {
  const [one, two] = [await startCognito({ ownSecrets: true }), await startCognito({ ownSecrets: true })];
  expect(await keySetOf(one)).not.toEqual(await keySetOf(two));
  await Promise.all([one.close(), two.close()]);
});
