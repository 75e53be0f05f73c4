import { randomBytes } from 'node:crypto';
import type { Authenticators } from '../../../../core/accounts/authenticator.ts';
import type { Passkeys } from '../../../../core/accounts/passkeys.ts';
import type { Directory } from '../../../../core/accounts/ports.ts';
import { createCognito } from '../../../../local/aws/cognito/cognito.ts';
import { silentLog } from '../../../../local/log.ts';
import { createMailbox, type Mailbox } from '../../../../local/mail/mail.ts';
import { openStore } from '../../../../local/state/store.ts';
import { type Changes, type SoftPasskey, softPasskey } from '../../../e2e/soft-passkey.ts';
import { totpCode } from '../../../e2e/totp-code.ts';
import { cheapSecrets } from '../../../local/aws/cognito/cheap-secrets.ts';
import {
  clientId,
  clientProperties,
  poolId,
  poolProperties,
} from '../../../local/aws/cognito/start-cognito.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

const origin = 'https://console.example.com';
let aws: RunningAws;
let mailbox: Mailbox;
let directory: Directory;
let passkeys: Passkeys;
let authenticators: Authenticators;
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
  cognito.definePool({
    id: poolId,
    properties: {
      ...poolProperties,
      MfaConfiguration: 'OPTIONAL',
      UserPoolTier: 'ESSENTIALS',
      Policies: {
        ...poolProperties.Policies,
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
      WebAuthnRelyingPartyID: 'example.com',
      WebAuthnUserVerification: 'required',
    },
  });
  const ExplicitAuthFlows = [...clientProperties.ExplicitAuthFlows, 'ALLOW_USER_AUTH'];
  cognito.defineClient({
    id: clientId,
    properties: { ...clientProperties, ExplicitAuthFlows, GenerateSecret: true },
  });
  const environment = { USER_POOL_ID: poolId, USER_POOL_CLIENT_ID: clientId };
  const { createCognitoDirectory } = await import(
    '../../../../lambda/adapters/cognito/sign-up-and-log-in.ts'
  );
  const { createAuthenticators } = await import('../../../../lambda/adapters/cognito/authenticators.ts');
  const { createPasskeys } = await import('../../../../lambda/adapters/cognito/passkeys.ts');
  directory = createCognitoDirectory(environment);
  authenticators = createAuthenticators(environment);
  passkeys = createPasskeys(environment);
});
afterAll(() => aws.close());

async function newUser() {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  const password = `Aa1!${randomBytes(9).toString('base64url')}`;
  const userId = (await directory.signUp(email, password)) ?? '';
  await directory.confirm(userId, mailbox.list(email)[0]?.code ?? '');
  const { refreshToken } = await directory.logIn(email, password);
  return { email, password, userId, owner: await passkeys.ownerOf(refreshToken) };
}

type Options = Parameters<SoftPasskey['create']>[0];
const add = async ({ owner }: Awaited<ReturnType<typeof newUser>>, changes: Changes = {}) => {
  const passkey = softPasskey(origin);
  await owner.finish(passkey.create((await owner.begin()) as unknown as Options, changes));
  return passkey;
};

async function userWithPasskey() {
  const user = await newUser();
  return { ...user, passkey: await add(user) };
}

const challengeOf = async (email: string) => {
  const { session, publicKey } = await passkeys.beginLogin(email);
  return { session, options: publicKey as { challenge: string; rpId: string } };
};
const notAccepted = { code: 'invalid_credentials', message: expect.stringContaining('not accepted') };
const refused = (message: string) => ({
  code: 'invalid_request',
  param: 'credential',
  message: expect.stringContaining(message),
});

test('a passkey that was added logs its user in, time after time', async () => {
  const { email, passkey, owner, userId } = await userWithPasskey();
  expect(await owner.list()).toEqual([
    { id: passkey.id, name: expect.any(String), kind: 'device', createdAt: now },
  ]);
  for (let turn = 0; turn < 2; turn += 1) {
    const { session, options } = await challengeOf(email);
    expect(options.rpId).toBe('example.com');
    const login = await passkeys.finishLogin(session, passkey.get(options));
    expect(login).toEqual({
      token: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: expect.any(Number),
    });
    const { claims } = await passkeys.ownerOf(login.refreshToken);
    expect(claims.sub).toBe(userId);
  }
});

test('what is answered says nothing of whether the address has a passkey, or an account', async () => {
  const { email } = await userWithPasskey();
  const { email: bare } = await newUser();
  const shapes = [];
  for (const who of [email, bare, 'nobody@example.com']) {
    const { session, publicKey } = await passkeys.beginLogin(who);
    const { challenge, ...rest } = publicKey as { challenge: string };
    shapes.push({ session: session.length, challenge: challenge.length, ...rest });
  }
  expect(shapes[1]).toEqual(shapes[0]);
  expect(shapes[2]).toEqual(shapes[0]);
  expect(shapes[0]).toMatchObject({ userVerification: 'required', rpId: 'example.com' });
});

test('a made-up challenge ends like a wrong passkey', async () => {
  const { passkey } = await userWithPasskey();
  for (const email of ['nobody@example.com', (await newUser()).email]) {
    const { session, options } = await challengeOf(email);
    await expect(passkeys.finishLogin(session, passkey.get(options))).rejects.toMatchObject(notAccepted);
  }
});

test.each<[string, Changes]>([
  ['another challenge', { challenge: randomBytes(16).toString('base64url') }],
  ['another origin', { origin: 'https://example.com.evil.test' }],
  ['an origin without TLS', { origin: 'http://console.example.com' }],
  ['another relying party', { rpId: 'evil.test' }],
  ['no user there', { flags: 0 }],
  ['a user whom the device did not verify', { flags: 1 }],
  ['a signature of a registration', { type: 'webauthn.create' }],
  ['a counter that went back, as of a copied device', { counter: 0 }],
  ['a forged signature', { signature: randomBytes(70) }],
  ['an id that nobody has', { id: randomBytes(32).toString('base64url') }],
])('%s logs nobody in', async (_what, changes) => {
  const { email, passkey } = await userWithPasskey();
  const once = await challengeOf(email);
  await passkeys.finishLogin(once.session, passkey.get(once.options));
  const { session, options } = await challengeOf(email);
  await expect(passkeys.finishLogin(session, passkey.get(options, changes))).rejects.toMatchObject(
    notAccepted,
  );
  // And the challenge is used up.
  await expect(passkeys.finishLogin(session, passkey.get(options))).rejects.toMatchObject(notAccepted);
});

test('a signature works once, and for the login that it was made for', async () => {
  const { email, passkey } = await userWithPasskey();
  const first = await challengeOf(email);
  const signed = passkey.get(first.options);
  const second = await challengeOf(email);
  await expect(passkeys.finishLogin(second.session, signed)).rejects.toMatchObject(notAccepted);
  await passkeys.finishLogin(first.session, signed);
  await expect(passkeys.finishLogin(first.session, signed)).rejects.toMatchObject(notAccepted);
});

test('one user’s passkey is not another’s', async () => {
  const [ada, eve] = [await userWithPasskey(), await userWithPasskey()];
  const { session, options } = await challengeOf(ada.email);
  await expect(passkeys.finishLogin(session, eve.passkey.get(options))).rejects.toMatchObject(notAccepted);
  const { options: again, session: next } = await challengeOf(ada.email);
  // Under the other's id.
  const stolen = eve.passkey.get(again, { id: ada.passkey.id });
  await expect(passkeys.finishLogin(next, stolen)).rejects.toMatchObject(notAccepted);
});

test('a login that waits over three minutes has ended', async () => {
  const { email, passkey } = await userWithPasskey();
  const { session, options } = await challengeOf(email);
  now += 181_000;
  await expect(passkeys.finishLogin(session, passkey.get(options))).rejects.toMatchObject(notAccepted);
});

test('a session that was made up or changed in one bit is refused', async () => {
  const { email, passkey } = await userWithPasskey();
  const { session, options } = await challengeOf(email);
  const flipped = Buffer.from(session, 'base64url');
  flipped[100] = (flipped[100] ?? 0) ^ 1;
  for (const wrong of ['x', 'eyJlbWFpbCI6ImFAYiJ9', flipped.toString('base64url')]) {
    await expect(passkeys.finishLogin(wrong, passkey.get(options))).rejects.toMatchObject(notAccepted);
  }
});

test('a passkey that was removed logs nobody in', async () => {
  const { email, passkey, owner } = await userWithPasskey();
  const { session, options } = await challengeOf(email);
  await owner.remove(passkey.id);
  await expect(passkeys.finishLogin(session, passkey.get(options))).rejects.toMatchObject(notAccepted);
  expect(await owner.list()).toEqual([]);
  await expect(owner.remove(passkey.id)).rejects.toMatchObject({ code: 'not_found' });
});

test.each<[string, Changes, string]>([
  ['on another site', { origin: 'https://example.org' }, 'on another site'],
  ['for another site', { rpId: 'example.org' }, 'for another site'],
  ['for another challenge', { challenge: randomBytes(16).toString('base64url') }, 'too long'],
  ['without the user’s check', { flags: 65 }, 'not accepted'],
  ['as a login', { type: 'webauthn.get' }, 'not accepted'],
])('a passkey made %s is not added', async (_what, changes, message) => {
  const user = await newUser();
  await expect(add(user, changes)).rejects.toMatchObject(refused(message));
  expect(await user.owner.list()).toEqual([]);
});

test('a passkey is added once, within a minute, and to one user', async () => {
  const [ada, eve] = [await newUser(), await newUser()];
  const passkey = softPasskey(origin);
  const begun = passkey.create((await ada.owner.begin()) as unknown as Options);
  await ada.owner.finish(begun);
  await expect(ada.owner.finish(begun)).rejects.toMatchObject(refused('too long'));
  const taken = passkey.create((await eve.owner.begin()) as unknown as Options);
  await expect(eve.owner.finish(taken)).rejects.toMatchObject(refused('not accepted'));
  const late = softPasskey(origin).create((await eve.owner.begin()) as unknown as Options);
  now += 61_000;
  await expect(eve.owner.finish(late)).rejects.toMatchObject(refused('too long'));
});

test('nobody has more than twenty', async () => {
  const user = await newUser();
  for (let turn = 0; turn < 20; turn += 1) await add(user);
  await expect(user.owner.begin()).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('20 passkeys'),
  });
});

test('the password is proven before, and an authenticator app stands in the way of passkeys', async () => {
  const user = await userWithPasskey();
  await passkeys.provePassword(user.email, user.password);
  await expect(passkeys.provePassword(user.email, 'wrong')).rejects.toMatchObject({
    code: 'invalid_credentials',
  });
  const secret = await authenticators.setUp(user.email, user.password);
  await authenticators.confirm(user.email, user.password, totpCode(secret, 0, now));
  await expect(passkeys.provePassword(user.email, user.password)).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('authenticator app first'),
  });
  const { session, options } = await challengeOf(user.email);
  await expect(passkeys.finishLogin(session, user.passkey.get(options))).rejects.toMatchObject(notAccepted);
});

test('a session that has ended looks after no passkeys', async () => {
  const { email, password } = await newUser();
  const { refreshToken } = await directory.logIn(email, password);
  await directory.endSession(refreshToken);
  await expect(passkeys.ownerOf(refreshToken)).rejects.toMatchObject({ code: 'invalid_refresh_token' });
});
