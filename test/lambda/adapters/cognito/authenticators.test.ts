import { randomBytes } from 'node:crypto';
import type { Authenticators } from '../../../../core/accounts/authenticator.ts';
import type { Directory } from '../../../../core/accounts/ports.ts';
import { createCognito } from '../../../../local/aws/cognito/cognito.ts';
import { silentLog } from '../../../../local/log.ts';
import { createMailbox, type Mailbox } from '../../../../local/mail/mail.ts';
import { openStore } from '../../../../local/state/store.ts';
import { totpCode } from '../../../e2e/totp-code.ts';
import { cheapSecrets } from '../../../local/aws/cognito/cheap-secrets.ts';
import {
  clientId,
  clientProperties,
  poolId,
  poolProperties,
} from '../../../local/aws/cognito/start-cognito.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

let aws: RunningAws;
let mailbox: Mailbox;
let directory: Directory;
let authenticators: Authenticators;
/** Stands still at the beginning of a half minute, so that a code is what it is. */
let now = 1_800_000_000_000;

beforeAll(async () => {
  const clock = { now: () => now };
  const store = openStore(':memory:');
  mailbox = createMailbox({ store, clock, log: silentLog });
  const cognito = createCognito({
    store,
    clock,
    mailbox,
    issuerBaseUrl: () => aws.url,
    ...cheapSecrets,
    region: 'us-east-1',
    accountId: '000000000000',
  });
  aws = await startAws([cognito]);
  cognito.definePool({ id: poolId, properties: { ...poolProperties, MfaConfiguration: 'OPTIONAL' } });
  cognito.defineClient({ id: clientId, properties: { ...clientProperties, GenerateSecret: true } });
  const environment = { USER_POOL_ID: poolId, USER_POOL_CLIENT_ID: clientId };
  const { createCognitoDirectory } = await import(
    '../../../../lambda/adapters/cognito/sign-up-and-log-in.ts'
  );
  const { createAuthenticators } = await import('../../../../lambda/adapters/cognito/authenticators.ts');
  directory = createCognitoDirectory(environment);
  authenticators = createAuthenticators(environment);
});
afterAll(() => aws.close());

const codeOf = (secret: string, steps = 0) => totpCode(secret, steps, now);

async function newUser() {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  const password = `Aa1!${randomBytes(9).toString('base64url')}`;
  const userId = (await directory.signUp(email, password)) ?? '';
  await directory.confirm(userId, mailbox.list(email)[0]?.code ?? '');
  return { email, password, userId };
}

async function protectedUser() {
  const user = await newUser();
  const secret = await authenticators.setUp(user.email, user.password);
  await authenticators.confirm(user.email, user.password, codeOf(secret));
  return { ...user, secret };
}

async function challengeOf({ email, password }: { email: string; password: string }): Promise<string> {
  const login = await directory.beginLogin(email, password);
  if (!('challenge' in login)) throw new Error('no code was asked for');
  return login.session;
}

test('an app counts once its first code is confirmed', async () => {
  const { email, password, userId } = await newUser();
  const secret = await authenticators.setUp(email, password);
  expect(await authenticators.isOn(userId)).toBe(false);
  await expect(authenticators.confirm(email, password, codeOf(secret, 9))).rejects.toMatchObject({
    code: 'invalid_code',
    param: 'code',
  });
  expect(await directory.beginLogin(email, password)).toHaveProperty('token');
  await authenticators.confirm(email, password, codeOf(secret));
  expect(await authenticators.isOn(userId)).toBe(true);
});

test('from then on a login needs a code, each of which works once', async () => {
  const user = await protectedUser();
  const session = await challengeOf(user);
  const code = codeOf(user.secret, 1);
  expect(await directory.answerChallenge(session, code)).toEqual({
    token: expect.any(String),
    refreshToken: expect.any(String),
    expiresIn: expect.any(Number),
  });
  await expect(directory.answerChallenge(session, codeOf(user.secret, 1))).rejects.toMatchObject({
    code: 'invalid_credentials',
    param: 'session',
  });
  await expect(directory.answerChallenge(await challengeOf(user), code)).rejects.toMatchObject({
    code: 'invalid_code',
  });
});

test('a wrong code leaves the challenge open, for three minutes', async () => {
  const user = await protectedUser();
  const session = await challengeOf(user);
  await expect(directory.answerChallenge(session, '000000')).rejects.toMatchObject({ code: 'invalid_code' });
  now += 181_000;
  const late = directory.answerChallenge(session, codeOf(user.secret));
  await expect(late).rejects.toMatchObject({ code: 'invalid_credentials', param: 'session' });
  const again = await challengeOf(user);
  expect(await directory.answerChallenge(again, codeOf(user.secret))).toHaveProperty('token');
});

test('guessing codes locks like guessing passwords', async () => {
  const session = await challengeOf(await protectedUser());
  for (let guess = 0; guess < 5; guess += 1) {
    await expect(directory.answerChallenge(session, `00000${guess}`)).rejects.toMatchObject({
      code: 'invalid_code',
    });
  }
  await expect(directory.answerChallenge(session, '000009')).rejects.toMatchObject({
    code: 'too_many_attempts',
  });
});

test.each(['', 'e30', '%%%', 'bnVsbA'])('a session that nobody was given is refused: %s', async (session) => {
  await expect(directory.answerChallenge(session, '123456')).rejects.toMatchObject({
    code: 'invalid_credentials',
    param: 'session',
  });
});

test('an app is removed with password and code, and not replaced unseen', async () => {
  const { email, password, secret, userId } = await protectedUser();
  await expect(authenticators.setUp(email, password)).rejects.toMatchObject({ code: 'invalid_code' });
  await expect(authenticators.remove(email, 'wrong', codeOf(secret, 1))).rejects.toMatchObject({
    code: 'invalid_credentials',
  });
  await expect(authenticators.remove(email, password, '000000')).rejects.toMatchObject({
    code: 'invalid_code',
  });
  await authenticators.remove(email, password, codeOf(secret, 1));
  expect(await authenticators.isOn(userId)).toBe(false);
  expect(await directory.beginLogin(email, password)).toHaveProperty('token');
});

test('with an app, a password is not changed without saying so', async () => {
  const { email, password } = await protectedUser();
  await expect(directory.changePassword(email, password, `${password}x`)).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('Remove the authenticator app first'),
  });
});
