import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Client } from '../../../../local/aws/cognito/pools/clients.ts';
import { type Claims, signJwt } from '../../../../local/aws/cognito/tokens/jwt.ts';
import { createSigningKeys } from '../../../../local/aws/cognito/tokens/signing-keys.ts';
import { verifyIdToken } from '../../../../local/aws/cognito/tokens/verify-id-token.ts';
import { openStore } from '../../../../local/state/store.ts';
import {
  claimsOf,
  clientId,
  clientProperties,
  keySetOf,
  logIn,
  newPassword,
  poolArn,
  poolId,
  poolProperties,
  type RunningCognito,
  signUpConfirmed,
  startCognito,
  type TokenSet,
  tokensOf,
} from './start-cognito.ts';

const otherPool = 'us-east-1_Other0001';
const otherArn = poolArn.replace(poolId, otherPool);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

let running: RunningCognito;
let tokens: TokenSet;
let publicKey: KeyObject;
let header: Record<string, unknown>;
let claims: Record<string, unknown>;
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

beforeAll(async () => {
  running = await startCognito();
  running.cognito.definePool({ id: otherPool, properties: poolProperties });
  running.cognito.defineClient({
    id: 'otherclient',
    properties: { ...clientProperties, UserPoolId: otherPool },
  });
  const password = newPassword();
  await signUpConfirmed(running, 'ada@example.com', password);
  tokens = await tokensOf(logIn(running, 'ada@example.com', password));
  publicKey = createPublicKey({ key: { ...(await keySetOf(running)).keys[0] }, format: 'jwk' });
  header = JSON.parse(Buffer.from(tokens.id.split('.')[0] ?? '', 'base64url').toString());
  claims = claimsOf(tokens.id);
});
afterAll(() => running.close());

const parts = () => tokens.id.split('.') as [string, string, string];
const withParts = (change: (parts: [string, string, string]) => string[]) => change(parts()).join('.');
const withClaims = (change: object) =>
  withParts(([head, , signature]) => [head, encode({ ...claims, ...change }), signature]);
const withHeader = (change: object) =>
  withParts(([, payload, signature]) => [encode({ ...header, ...change }), payload, signature]);
const hmacSigned = (key: string | Buffer, alg = 'HS256') => {
  const signed = `${encode({ ...header, alg })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
};
const strangerSigned = (headChange: object, claimChange: object, digest = 'RSA-SHA256') => {
  const signed = `${encode({ ...header, ...headChange })}.${encode({ ...claims, ...claimChange })}`;
  return `${signed}.${sign(digest, Buffer.from(signed), stranger.privateKey).toString('base64url')}`;
};
const flipped = (text: string, at: number) => {
  const index = at < 0 ? text.length + at : at;
  return `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
};

/** Each makes one token that must be refused. */
const forgeries: [string, () => string][] = [
  ['nothing', () => ''],
  ['one dot', () => '.'],
  ['two dots', () => '..'],
  ['a word', () => 'token'],
  ['a Bearer prefix', () => `Bearer ${tokens.id}`],
  ['a space in front', () => ` ${tokens.id}`],
  ['a line end behind', () => `${tokens.id}\n`],
  ['no signature part', () => withParts(([head, payload]) => [head, payload])],
  ['an empty signature', () => withParts(([head, payload]) => [head, payload, ''])],
  ['an empty payload', () => withParts(([head, , signature]) => [head, '', signature])],
  ['an empty header', () => withParts(([, payload, signature]) => ['', payload, signature])],
  ['a fourth part', () => `${tokens.id}.AAAA`],
  ['parts in another order', () => withParts(([head, payload, signature]) => [payload, head, signature])],
  ['alg none without signature', () => `${encode({ ...header, alg: 'none' })}.${parts()[1]}.`],
  ['alg none with the old signature', () => withHeader({ alg: 'none' })],
  ['alg nOnE', () => `${encode({ ...header, alg: 'nOnE' })}.${parts()[1]}.`],
  ['no alg', () => withHeader({ alg: undefined })],
  ['alg RS384', () => withHeader({ alg: 'RS384' })],
  ['alg RS512 signed by a stranger', () => strangerSigned({ alg: 'RS512' }, {}, 'RSA-SHA512')],
  ['alg PS256', () => withHeader({ alg: 'PS256' })],
  ['alg ES256', () => withHeader({ alg: 'ES256' })],
  ['alg as a list', () => withHeader({ alg: ['RS256'] })],
  ['HS256 with the public key in PEM', () => hmacSigned(publicKey.export({ type: 'spki', format: 'pem' }))],
  ['HS256 with the public key in DER', () => hmacSigned(publicKey.export({ type: 'spki', format: 'der' }))],
  ['HS256 with the key id', () => hmacSigned(String(header.kid))],
  ['HS256 with an empty key', () => hmacSigned('')],
  ['an HMAC said to be RS256', () => hmacSigned(publicKey.export({ type: 'spki', format: 'pem' }), 'RS256')],
  ['another key id', () => withHeader({ kid: 'another' })],
  ['no key id', () => withHeader({ kid: undefined })],
  ['a critical extension', () => withHeader({ crit: ['exp'] })],
  [
    'a key of its own in the header',
    () => strangerSigned({ jwk: stranger.publicKey.export({ format: 'jwk' }) }, {}),
  ],
  ['a key set of its own', () => strangerSigned({ jku: 'http://127.0.0.1:1/jwks.json' }, {})],
  ["a stranger's signature", () => strangerSigned({}, {})],
  ["a stranger's signature and key id", () => strangerSigned({ kid: 'stranger' }, {})],
  ['another sub', () => withClaims({ sub: '00000000-0000-4000-8000-000000000000' })],
  ['an added group', () => withClaims({ 'cognito:groups': ['admins'] })],
  ['a later expiry', () => withClaims({ exp: Number(claims.exp) + 86_400 })],
  ['another issuer', () => withClaims({ iss: 'https://example.com' })],
  ['another audience', () => withClaims({ aud: 'otherclient' })],
  ['another use', () => withClaims({ token_use: 'access' })],
  ['a payload that is a list', () => withParts(([head, , signature]) => [head, encode([claims]), signature])],
  ['a payload that is null', () => withParts(([head, , signature]) => [head, encode(null), signature])],
  [
    'a header that is not JSON',
    () => withParts(([, payload, signature]) => ['bm90IGpzb24', payload, signature]),
  ],
  [
    'a deep header',
    () =>
      withParts(([, payload, signature]) => [
        Buffer.from('['.repeat(20_000)).toString('base64url'),
        payload,
        signature,
      ]),
  ],
  ['the header changed in its first character', () => flipped(tokens.id, 0)],
  ['the payload changed in the middle', () => flipped(tokens.id, Math.floor(tokens.id.length / 2))],
  [
    'the signature changed in its first character',
    () => withParts(([head, payload, signature]) => [head, payload, flipped(signature, 0)]),
  ],
  ['the signature changed in its last character', () => flipped(tokens.id, -1)],
  ['a shortened signature', () => tokens.id.slice(0, -8)],
  ['a padded signature', () => `${tokens.id}==`],
  ['stray characters in the signature', () => `${tokens.id.slice(0, -4)}*${tokens.id.slice(-4)}`],
  ['the access token', () => tokens.access],
  ['the refresh token', () => tokens.refresh],
];

describe('verifyIdToken', () => {
  test('accepts the genuine token', async () => {
    expect(await running.cognito.verifyIdToken(poolArn, tokens.id)).toEqual(claims);
  });

  test.each(forgeries)('refuses %s', async (_, forge) => {
    const forged = forge();
    expect(forged).not.toBe(tokens.id);
    expect(await running.cognito.verifyIdToken(poolArn, forged)).toBeUndefined();
  });

  test('refuses the token of another pool, and any token for a pool that doesn’t exist', async () => {
    expect(await running.cognito.verifyIdToken(otherArn, tokens.id)).toBeUndefined();
    expect(await running.cognito.verifyIdToken(`${poolArn}x`, tokens.id)).toBeUndefined();
    expect(await running.cognito.verifyIdToken('', tokens.id)).toBeUndefined();
  });

  test('refuses every one-character change of a token', async () => {
    for (let at = 0; at < tokens.id.length; at += 7) {
      expect(await running.cognito.verifyIdToken(poolArn, flipped(tokens.id, at))).toBeUndefined();
    }
  });

  test('refuses an expired token, by the runtime clock', async () => {
    running.clock.moveTo(46 * 60);
    const expired = await running.cognito.verifyIdToken(poolArn, tokens.id);
    running.clock.moveTo(0);
    expect(expired).toBeUndefined();
  });

  test('refuses a genuine token once its client belongs to another pool', async () => {
    const moved = { ...clientProperties, UserPoolId: otherPool };
    running.cognito.defineClient({ id: clientId, properties: moved });
    const answer = await running.cognito.verifyIdToken(poolArn, tokens.id);
    running.cognito.defineClient({ id: clientId, properties: clientProperties });
    expect(answer).toBeUndefined();
    expect(await running.cognito.verifyIdToken(poolArn, tokens.id)).toEqual(claims);
  });
});

describe("a token the pool's own key signed", () => {
  const store = openStore(':memory:');
  afterAll(() => store.close());
  const keys = createSigningKeys({ store });
  keys.ensure(poolId);
  const now = 1_800_000_000;
  const client = { id: clientId, poolId, properties: clientProperties, secret: undefined };
  const deps = {
    clock: { now: () => now * 1000 },
    keys,
    tokens: { issuer: (id: string) => `http://127.0.0.1/${id}` },
    clients: {
      find: (id: string) =>
        id === clientId ? ({ ...client, createdAt: 0, modifiedAt: 0 } as Client) : undefined,
    },
  };
  const good = {
    sub: 'a-sub',
    iss: `http://127.0.0.1/${poolId}`,
    aud: clientId,
    token_use: 'id',
    exp: now + 1,
    iat: now,
  };
  const verdictOn = (change: object) => {
    const key = keys.find(poolId);
    return key && verifyIdToken(deps, poolArn, signJwt(key, { ...good, ...change } as Claims));
  };

  test('is accepted with every claim right', () => {
    expect(verdictOn({})).toEqual(good);
  });

  test.each([
    ['another issuer', { iss: `http://127.0.0.1/${otherPool}` }],
    ['an issuer that only begins right', { iss: `${good.iss}/x` }],
    ['no issuer', { iss: undefined }],
    ['the audience of an unknown client', { aud: 'nobody' }],
    ['several audiences', { aud: [clientId, 'nobody'] }],
    ['no audience', { aud: undefined, client_id: clientId }],
    ['the use access', { token_use: 'access' }],
    ['no use', { token_use: undefined }],
    ['an expiry just now', { exp: now }],
    ['an expiry in text', { exp: String(now + 60) }],
    ['no expiry', { exp: undefined }],
    ['no time of issue', { iat: undefined }],
    ['no sub', { sub: undefined }],
  ])('is refused with %s', (_, change) => {
    expect(verdictOn(change)).toBeUndefined();
  });
});
