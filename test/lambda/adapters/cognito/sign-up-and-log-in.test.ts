import { randomBytes, randomUUID } from 'node:crypto';
import type { Directory } from '../../../../core/accounts/ports.ts';
import { type CognitoIdp, createCognito } from '../../../../local/aws/cognito/cognito.ts';
import { silentLog } from '../../../../local/log.ts';
import { createMailbox, type Mailbox } from '../../../../local/mail/mail.ts';
import { openStore } from '../../../../local/state/store.ts';
import { cheapSecrets } from '../../../local/aws/cognito/cheap-secrets.ts';
import {
  clientId,
  clientProperties,
  poolArn,
  poolId,
  poolProperties,
} from '../../../local/aws/cognito/start-cognito.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

let aws: RunningAws;
let cognito: CognitoIdp;
let mailbox: Mailbox;
let directory: Directory;
let offsetMs = 0;

beforeAll(async () => {
  const clock = { now: () => Date.now() + offsetMs };
  const store = openStore(':memory:');
  mailbox = createMailbox({ store, clock, log: silentLog });
  cognito = createCognito({
    store,
    clock,
    mailbox,
    issuerBaseUrl: () => aws.url,
    ...cheapSecrets,
    region: 'us-east-1',
    accountId: '000000000000',
  });
  aws = await startAws([cognito]);
  cognito.definePool({ id: poolId, properties: poolProperties });
  cognito.defineClient({ id: clientId, properties: { ...clientProperties, GenerateSecret: true } });
  const { createCognitoDirectory } = await import(
    '../../../../lambda/adapters/cognito/sign-up-and-log-in.ts'
  );
  directory = createCognitoDirectory({ USER_POOL_ID: poolId, USER_POOL_CLIENT_ID: clientId });
});
afterAll(() => aws.close());
afterEach(() => {
  aws.faults.replace([]);
  offsetMs = 0;
});

const newEmail = () => `${randomBytes(6).toString('hex')}@example.com`;
const newPassword = () => `Aa1!${randomBytes(9).toString('base64url')}`;
const codeFor = (email: string) => mailbox.list(email)[0]?.code ?? 'no mail';
const wrongCodeFor = (email: string) => String((Number(codeFor(email)) + 1) % 1_000_000).padStart(6, '0');

async function signedUp() {
  const [email, password] = [newEmail(), newPassword()];
  const userId = (await directory.signUp(email, password)) ?? '';
  return { email, password, userId };
}
async function confirmed() {
  const user = await signedUp();
  await directory.confirm(user.userId, codeFor(user.email));
  return user;
}

/** Like the directory, with a client whose operator turned refresh token rotation on. */
async function rotatingDirectory(): Promise<Directory> {
  const id = 'rotatingexample';
  const RefreshTokenRotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 };
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH'];
  cognito.defineClient({
    id,
    properties: { ...clientProperties, GenerateSecret: true, ExplicitAuthFlows, RefreshTokenRotation },
  });
  const { createCognitoDirectory } = await import(
    '../../../../lambda/adapters/cognito/sign-up-and-log-in.ts'
  );
  return createCognitoDirectory({ USER_POOL_ID: poolId, USER_POOL_CLIENT_ID: id });
}

/** The refusal that a call ends in, in all that a caller would see. */
async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => 'not refused',
    (thrown: unknown) => thrown,
  );
  const { code, status, message, param, headers } = error as Record<string, unknown>;
  return { code, status, message, param, headers };
}

describe('sign-up', () => {
  test('makes a user and mails a code', async () => {
    const { email, userId } = await signedUp();
    expect(userId).toMatch(/^[0-9a-f-]{36}$/);
    expect(codeFor(email)).toMatch(/^\d{6}$/);
  });

  test('of a known address makes no user and does not throw', async () => {
    const { email } = await confirmed();
    expect(await directory.signUp(email, newPassword())).toBeUndefined();
  });

  test.each([
    ['Aa1!', 'long'],
    ['aa1!aa1!aa1!', 'uppercase'],
    ['AA1!AA1!AA1!', 'lowercase'],
    ['Aaa!Aaa!Aaa!', 'numeric'],
  ])('with a weak password says which rule: %s', async (password, rule) => {
    const refusal = await refusalOf(directory.signUp(newEmail(), password));
    expect(refusal).toMatchObject({ code: 'weak_password', status: 400, param: 'password' });
    expect(refusal.message).toMatch(new RegExp(rule));
    expect(refusal.message).not.toContain(password);
  });

  test('of an address that is too long for a user name names the field', async () => {
    const email = `${'a'.repeat(120)}@example.com`;
    expect(await refusalOf(directory.signUp(email, newPassword()))).toMatchObject({
      code: 'invalid_request',
      message: 'email was refused by the directory: it must have length less than or equal to 128.',
      param: 'email',
    });
  });

  test('in a pool closed to sign-up says so', async () => {
    cognito.definePool({
      id: poolId,
      properties: { ...poolProperties, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    });
    try {
      expect(await refusalOf(directory.signUp(newEmail(), newPassword()))).toMatchObject({
        code: 'sign_up_closed',
        status: 403,
      });
    } finally {
      cognito.definePool({ id: poolId, properties: poolProperties });
    }
  });

  test('without a code a user is confirmed, with an address that can recover the password', async () => {
    const { email, password, userId } = await signedUp();
    await directory.confirmWithoutCode(userId);
    expect((await directory.logIn(email, password)).token).toBeTruthy();
    await directory.forgotPassword(email);
    await directory.resetPassword(email, codeFor(email), newPassword());
  });
});

describe('confirmation', () => {
  test('with the code lets the user log in', async () => {
    const { email, password } = await confirmed();
    expect(await directory.logIn(email, password)).toEqual({
      token: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: expect.any(Number),
    });
  });

  test('a wrong code, a spent one, an old one and a stranger’s are refused alike', async () => {
    const waiting = await signedUp();
    const wrong = await refusalOf(directory.confirm(waiting.userId, wrongCodeFor(waiting.email)));
    expect(wrong).toMatchObject({ code: 'invalid_code', status: 400, param: 'code' });
    const done = await confirmed();
    expect(await refusalOf(directory.confirm(done.userId, codeFor(done.email)))).toEqual(wrong);
    expect(await refusalOf(directory.confirm(randomUUID(), '123456'))).toEqual(wrong);
    offsetMs = 25 * 3_600_000;
    expect(await refusalOf(directory.confirm(waiting.userId, codeFor(waiting.email)))).toEqual(wrong);
  });

  test.each([
    ['a user', async () => (await signedUp()).userId],
    ['nobody', async () => randomUUID()],
  ])('guessing the code of %s is stopped after some attempts', async (_whom, find) => {
    const userId = await find();
    let refusal = await refusalOf(directory.confirm(userId, 'x'));
    for (let guess = 0; guess < 30 && refusal.code === 'invalid_code'; guess += 1) {
      refusal = await refusalOf(directory.confirm(userId, 'x'));
    }
    expect(refusal).toMatchObject({
      code: 'too_many_attempts',
      status: 429,
      headers: { 'retry-after': '300' },
    });
  });

  test('a new code is sent only to a user waiting for one, and the answer is the same for all', async () => {
    const { email } = await signedUp();
    await directory.resendCode(email);
    expect(mailbox.list(email)).toHaveLength(2);
    const done = await confirmed();
    await directory.resendCode(done.email);
    expect(mailbox.list(done.email)).toHaveLength(1);
    await directory.resendCode(newEmail());
  });
});

describe('login', () => {
  test('returns a token that API Gateway accepts', async () => {
    const { email, password, userId } = await confirmed();
    const { token } = await directory.logIn(email, password);
    expect(await cognito.verifyIdToken(poolArn, token)).toMatchObject({ sub: userId, email });
  });

  test('a wrong password and an unknown address are refused alike', async () => {
    const { email } = await confirmed();
    const wrong = await refusalOf(directory.logIn(email, newPassword()));
    expect(wrong).toMatchObject({ code: 'invalid_credentials', status: 401 });
    expect(await refusalOf(directory.logIn(newEmail(), newPassword()))).toEqual(wrong);
  });

  test('before confirmation is refused as such only to those who know the password', async () => {
    const { email, password } = await signedUp();
    expect(await refusalOf(directory.logIn(email, password))).toMatchObject({
      code: 'email_not_confirmed',
      status: 401,
    });
    expect(await refusalOf(directory.logIn(email, newPassword()))).toMatchObject({
      code: 'invalid_credentials',
    });
  });
});

describe('a session', () => {
  test('is renewed with its refresh token, which stays the same', async () => {
    const { email, password } = await confirmed();
    const session = await directory.logIn(email, password);
    const renewed = await directory.refresh(session.refreshToken);
    expect(renewed.refreshToken).toBe(session.refreshToken);
    expect(await cognito.verifyIdToken(poolArn, renewed.token)).toBeDefined();
  });

  test('of a client that rotates refresh tokens is renewed with a new one', async () => {
    const rotating = await rotatingDirectory();
    const { email, password } = await confirmed();
    const session = await rotating.logIn(email, password);
    const renewed = await rotating.refresh(session.refreshToken);
    expect(renewed.refreshToken).not.toBe(session.refreshToken);
    expect((await rotating.refresh(renewed.refreshToken)).token).toBeTruthy();
    // Once the client's grace is over, a used one is a stolen one.
    offsetMs = 60_000;
    expect(await refusalOf(rotating.refresh(session.refreshToken))).toMatchObject(ended);
    expect(await refusalOf(rotating.refresh(renewed.refreshToken))).toMatchObject(ended);
  });

  const ended = { code: 'invalid_refresh_token', status: 401, param: 'refreshToken' };

  test.each(['', 'nonsense', 'a.b.c', 'x'.repeat(5000)])(
    'with a malformed token is refused: %.10j',
    async (token) => {
      expect(await refusalOf(directory.refresh(token))).toMatchObject(ended);
    },
  );

  test('once ended is not renewed, while the user’s others are', async () => {
    const { email, password } = await confirmed();
    const [one, other] = [await directory.logIn(email, password), await directory.logIn(email, password)];
    await directory.endSession(one.refreshToken);
    expect(await refusalOf(directory.refresh(one.refreshToken))).toMatchObject(ended);
    expect((await directory.refresh(other.refreshToken)).token).toBeTruthy();
  });

  test('a login token can’t be revoked in place of a refresh token', async () => {
    const { email, password } = await confirmed();
    const { token } = await directory.logIn(email, password);
    expect(await refusalOf(directory.endSession(token))).toMatchObject(ended);
  });

  test('all of a user’s end at once', async () => {
    const { email, password, userId } = await confirmed();
    const sessions = [await directory.logIn(email, password), await directory.logIn(email, password)];
    await directory.endAllSessions(userId);
    for (const { refreshToken } of sessions) {
      expect(await refusalOf(directory.refresh(refreshToken))).toMatchObject(ended);
    }
  });
});

describe('changing the password', () => {
  test('takes the current one, and the new one holds from then on', async () => {
    const { email, password } = await confirmed();
    const next = newPassword();
    await directory.changePassword(email, password, next);
    expect((await directory.logIn(email, next)).token).toBeTruthy();
    expect(await refusalOf(directory.logIn(email, password))).toMatchObject({ code: 'invalid_credentials' });
  });

  test('is refused with a wrong current one, and with a weak new one by its rule', async () => {
    const { email, password } = await confirmed();
    expect(await refusalOf(directory.changePassword(email, newPassword(), newPassword()))).toMatchObject({
      code: 'invalid_credentials',
    });
    expect(await refusalOf(directory.changePassword(email, password, 'short'))).toMatchObject({
      code: 'weak_password',
    });
    expect((await directory.logIn(email, password)).token).toBeTruthy();
  });

  test('succeeds if only the reply was lost', async () => {
    const { email, password } = await confirmed();
    const next = newPassword();
    aws.faults.replace([
      { service: 'cognito-idp', operation: 'ChangePassword', kind: 'drop-reply', times: 1 },
    ]);
    await directory.changePassword(email, password, next);
    expect((await directory.logIn(email, next)).token).toBeTruthy();
  });

  test('guessing the current one is stopped after some attempts', async () => {
    const { email } = await confirmed();
    const guess = () => refusalOf(directory.changePassword(email, newPassword(), newPassword()));
    let refusal = await guess();
    for (let at = 0; at < 15 && refusal.code === 'invalid_credentials'; at += 1) refusal = await guess();
    expect(refusal).toMatchObject({ code: 'too_many_attempts', status: 429 });
  });
});

test('a user’s id is found by the address', async () => {
  const { email, userId } = await confirmed();
  expect(await directory.userIdOf(email)).toBe(userId);
});

describe('a forgotten password', () => {
  test('is reset with the code', async () => {
    const { email, password } = await confirmed();
    const next = newPassword();
    await directory.forgotPassword(email);
    await directory.resetPassword(email, codeFor(email), next);
    expect((await directory.logIn(email, next)).token).toBeTruthy();
    expect(await refusalOf(directory.logIn(email, password))).toMatchObject({ code: 'invalid_credentials' });
  });

  test('asking for a code is answered alike for every address', async () => {
    await directory.forgotPassword(newEmail());
    const { email } = await signedUp();
    await directory.forgotPassword(email);
  });

  test('a wrong code, a spent one and a stranger’s are refused alike', async () => {
    const { email } = await confirmed();
    await directory.forgotPassword(email);
    const code = codeFor(email);
    const wrong = await refusalOf(directory.resetPassword(email, wrongCodeFor(email), newPassword()));
    expect(wrong).toMatchObject({ code: 'invalid_code', status: 400 });
    expect(await refusalOf(directory.resetPassword(newEmail(), '123456', newPassword()))).toEqual(wrong);
    const waiting = await signedUp();
    expect(await refusalOf(directory.resetPassword(waiting.email, '123456', newPassword()))).toEqual(wrong);
    await directory.resetPassword(email, code, newPassword());
    expect(await refusalOf(directory.resetPassword(email, code, newPassword()))).toEqual(wrong);
  });

  test('a weak new one is refused by its rule', async () => {
    const { email } = await confirmed();
    await directory.forgotPassword(email);
    expect(await refusalOf(directory.resetPassword(email, codeFor(email), 'short'))).toMatchObject({
      code: 'weak_password',
      param: 'password',
    });
  });

  test('a code that is none is refused by the name of its field', async () => {
    const { email } = await confirmed();
    expect(await refusalOf(directory.resetPassword(email, '12 34', newPassword()))).toMatchObject({
      code: 'invalid_request',
      param: 'code',
    });
  });
});

test('a user is deleted once, and a second time is a success', async () => {
  const { email, password, userId } = await confirmed();
  await directory.deleteUser(userId);
  await directory.deleteUser(userId);
  expect(await refusalOf(directory.logIn(email, password))).toMatchObject({ code: 'invalid_credentials' });
});

describe('Cognito’s own failures', () => {
  test.each([
    ['TooManyRequestsException', 'service_unavailable', 503],
    ['LimitExceededException', 'too_many_attempts', 429],
    ['TooManyFailedAttemptsException', 'too_many_attempts', 429],
    ['CodeDeliveryFailureException', 'service_unavailable', 503],
    ['PasswordResetRequiredException', 'invalid_credentials', 401],
    ['ExpiredCodeException', 'invalid_code', 400],
    ['AliasExistsException', 'invalid_code', 400],
  ])('%s is %s, %i', async (error, code, status) => {
    aws.faults.replace([{ service: 'cognito-idp', kind: 'error', error, message: 'internal' }]);
    const refusal = await refusalOf(directory.logIn(newEmail(), newPassword()));
    expect(refusal).toMatchObject({ code, status });
    expect(refusal.message).not.toContain('internal');
  });

  test('the pool’s daily e-mail limit is not reported as the caller’s attempts', async () => {
    const rule = {
      error: 'LimitExceededException',
      message: 'Exceeded daily email limit for the operation or the account.',
    };
    aws.faults.replace([{ service: 'cognito-idp', kind: 'error', ...rule }]);
    expect(await refusalOf(directory.forgotPassword(newEmail()))).toMatchObject({
      code: 'service_unavailable',
      headers: { 'retry-after': '3600' },
    });
  });

  test('a throttled deletion is a 503 that says when to retry', async () => {
    aws.faults.replace([{ service: 'cognito-idp', kind: 'throttle' }]);
    expect(await refusalOf(directory.deleteUser('someone'))).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
    });
  });

  test('too many wrong passwords are refused as such', async () => {
    const rule = { error: 'NotAuthorizedException', message: 'Password attempts exceeded' };
    aws.faults.replace([{ service: 'cognito-idp', kind: 'error', ...rule }]);
    expect(await refusalOf(directory.logIn(newEmail(), newPassword()))).toMatchObject({
      code: 'too_many_attempts',
      headers: { 'retry-after': '300' },
    });
  });

  test('an internal failure is reported as an unavailable part', async () => {
    const { toDaypassError } = await import('../../../../lambda/http/error-answer.ts');
    aws.faults.replace([{ service: 'cognito-idp', kind: 'error' }]);
    const error = await directory.logIn(newEmail(), newPassword()).catch((thrown: unknown) => thrown);
    expect(toDaypassError(error)).toMatchObject({ code: 'service_unavailable', status: 503 });
  });

  test('signing up an unconfirmed address again replaces the first password', async () => {
    const { email, password } = await signedUp();
    const second = newPassword();
    const userId = (await directory.signUp(email, second)) ?? '';
    await directory.confirm(userId, codeFor(email));
    expect((await directory.logIn(email, second)).token).toBeTruthy();
    expect(await refusalOf(directory.logIn(email, password))).toMatchObject({ code: 'invalid_credentials' });
  });

  test('a sign-up whose reply was lost ends in one user, who can confirm with the code sent last', async () => {
    const [email, password] = [newEmail(), newPassword()];
    aws.faults.replace([{ service: 'cognito-idp', operation: 'SignUp', kind: 'drop-reply', times: 1 }]);
    const userId = (await directory.signUp(email, password)) ?? '';
    await directory.confirm(userId, codeFor(email));
    expect((await directory.logIn(email, password)).token).toBeTruthy();
  });

  test('the code of a later sign-up does not confirm an earlier one, nor the reverse', async () => {
    const first = await signedUp();
    const firstCode = codeFor(first.email);
    const secondId = (await directory.signUp(first.email, newPassword())) ?? '';
    const invalid = { code: 'invalid_code' };
    expect(await refusalOf(directory.confirm(first.userId, codeFor(first.email)))).toMatchObject(invalid);
    expect(await refusalOf(directory.confirm(first.userId, firstCode))).toMatchObject(invalid);
    if (firstCode !== codeFor(first.email)) {
      expect(await refusalOf(directory.confirm(secondId, firstCode))).toMatchObject(invalid);
    }
  });
});

describe('Cognito’s refusal of our own calls is not the caller’s fault', () => {
  const own: [operation: string, call: (userId: string) => Promise<unknown>][] = [
    ['AdminDeleteUser', (userId) => directory.deleteUser(userId)],
    ['AdminUserGlobalSignOut', (userId) => directory.endAllSessions(userId)],
    ['AdminConfirmSignUp', (userId) => directory.confirmWithoutCode(userId)],
    ['AdminUpdateUserAttributes', (userId) => directory.confirmWithoutCode(userId)],
    ['AdminGetUser', (userId) => directory.userIdOf(userId)],
  ];
  test.each(
    own.flatMap(([operation, call]) =>
      ['InvalidParameterException', 'NotAuthorizedException', 'AliasExistsException'].map(
        (error) => [operation, error, call] as const,
      ),
    ),
  )('%s: %s is a 500', async (operation, error, call) => {
    const { toDaypassError } = await import('../../../../lambda/http/error-answer.ts');
    const { userId } = await signedUp();
    aws.faults.replace([{ service: 'cognito-idp', operation, kind: 'error', error }]);
    const thrown = await call(userId).catch((caught: unknown) => caught);
    expect(toDaypassError(thrown)).toMatchObject({ code: 'internal_error', status: 500 });
  });

  test.each(['AdminGetUser', 'AdminDeleteUser'])('during a sign-up too: %s', async (operation) => {
    const { email } = await signedUp();
    const error = 'InvalidParameterException';
    aws.faults.replace([{ service: 'cognito-idp', operation, kind: 'error', error }]);
    expect(await refusalOf(directory.signUp(email, newPassword()))).toMatchObject({
      code: 'internal_error',
    });
  });

  test('a throttled one is a 503 that says when to retry', async () => {
    const { userId } = await confirmed();
    aws.faults.replace([{ service: 'cognito-idp', operation: 'AdminUserGlobalSignOut', kind: 'throttle' }]);
    expect(await refusalOf(directory.endAllSessions(userId))).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
    });
  });

  test('ending the sessions of a deleted user succeeds', async () => {
    await directory.endAllSessions(randomUUID());
  });
});

describe('the app client’s secret', () => {
  const otherDirectory = async () => {
    const { createCognitoDirectory } = await import(
      '../../../../lambda/adapters/cognito/sign-up-and-log-in.ts'
    );
    return createCognitoDirectory({ USER_POOL_ID: poolId, USER_POOL_CLIENT_ID: clientId });
  };
  /** As if it were changed in Cognito: the stand-in makes a new one for a client that had none. */
  const changeSecret = () => {
    cognito.defineClient({ id: clientId, properties: { ...clientProperties, GenerateSecret: false } });
    cognito.defineClient({ id: clientId, properties: { ...clientProperties, GenerateSecret: true } });
  };
  const secretReads = { service: 'cognito-idp', operation: 'DescribeUserPoolClient' } as const;

  test('is read once for each environment', async () => {
    const { email, password } = await confirmed();
    const fresh = await otherDirectory();
    await fresh.logIn(email, password);
    aws.faults.replace([{ ...secretReads, kind: 'error' }]);
    expect((await fresh.logIn(email, password)).token).toBeTruthy();
  });

  test('that couldn’t be read is read again by the next call', async () => {
    const { email, password } = await confirmed();
    const fresh = await otherDirectory();
    aws.faults.replace([{ ...secretReads, kind: 'error', error: 'InvalidParameterException' }]);
    expect(await refusalOf(fresh.logIn(email, password))).toMatchObject({ code: 'internal_error' });
    aws.faults.replace([]);
    expect((await fresh.logIn(email, password)).token).toBeTruthy();
  });

  test('that was changed is read again, and every kind of call goes on', async () => {
    const { email, password, userId } = await confirmed();
    changeSecret();
    const session = await directory.logIn(email, password);
    changeSecret();
    expect((await directory.refresh(session.refreshToken)).token).toBeTruthy();
    changeSecret();
    await directory.endSession(session.refreshToken);
    changeSecret();
    await directory.resendCode(email);
    changeSecret();
    await directory.forgotPassword(email);
    changeSecret();
    await directory.resetPassword(email, codeFor(email), newPassword());
    changeSecret();
    expect(await refusalOf(directory.confirm(userId, '123456'))).toMatchObject({ code: 'invalid_code' });
    changeSecret();
    expect(await directory.signUp(newEmail(), newPassword())).toBeTruthy();
  });

  test.each([
    ['logIn', () => directory.logIn(newEmail(), newPassword())],
    ['resendCode', () => directory.resendCode(newEmail())],
    ['forgotPassword', () => directory.forgotPassword(newEmail())],
    ['refresh', () => directory.refresh('token')],
    ['endSession', () => directory.endSession('token')],
    ['confirm', () => directory.confirm(randomUUID(), '123456')],
  ])('that Cognito keeps refusing is our own failure, which %s doesn’t hide', async (_what, call) => {
    const { toDaypassError } = await import('../../../../lambda/http/error-answer.ts');
    const message = `Unable to verify secret hash for client ${clientId}`;
    aws.faults.replace([
      {
        service: 'cognito-idp',
        operation: 'InitiateAuth',
        kind: 'error',
        error: 'NotAuthorizedException',
        message,
      },
      ...[
        'ResendConfirmationCode',
        'ForgotPassword',
        'GetTokensFromRefreshToken',
        'RevokeToken',
        'ConfirmSignUp',
      ].map((operation) => ({
        service: 'cognito-idp',
        operation,
        kind: 'error' as const,
        error: 'NotAuthorizedException',
        message,
      })),
    ]);
    const thrown = await call().catch((caught: unknown) => caught);
    expect(toDaypassError(thrown)).toMatchObject({ code: 'internal_error', status: 500 });
  });
});

test('no answer holds an access token', async () => {
  const { email, password } = await confirmed();
  const session = await directory.logIn(email, password);
  for (const { token, ...others } of [session, await directory.refresh(session.refreshToken)]) {
    const { token_use: use } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(use).toBe('id');
    expect(Object.keys(others).sort()).toEqual(['expiresIn', 'refreshToken']);
  }
});
