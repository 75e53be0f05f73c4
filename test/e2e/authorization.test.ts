import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { RouteAccess, RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { createSigningKeys } from '../../local/aws/cognito/tokens/signing-keys.ts';
import { openStore } from '../../local/state/store.ts';
import {
  type Answer,
  addPerson,
  call,
  chatBody,
  createKey,
  newEmail,
  newestCode,
  newPassword,
  type Person,
} from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';
import { suiteOf } from './section-access.ts';

/** Last, so that nothing of A's is gone while the others try to reach it. */
const callers = ['nobody', 'key', 'user B', 'suspended', 'suspended’s key', 'admin', 'user A'] as const;
type CallerName = (typeof callers)[number];

/** No login token; no key. What else a caller meets is spelled out: a status alone is success. */
const L = '401 unauthorized';
const K = '401 invalid_api_key';
const S = '403 user_suspended';
const N = '404 not_found';
const F = '403 forbidden';
const M = '503 mail_not_set_up';

/**
 * Who may do what, in the order of `callers`. `key` is a key of user A's. User B, the admin and callers without a login
 * act on user A's ids, the suspended user on their own, and the admin, on the routes for admins, on a user made for it.
 */
type Row = readonly [string, string, string, string, string, string, string];

/** By the contract's access, of a route that succeeds with this status. */
// biome-ignore format: a table is read in columns
const rowOf: Record<RouteAccess, (success: string) => Row> = {
  //                nobody  key  user B  susp.  ’s key  admin  user A
  public:  (ok) => [ok,     ok,  ok,     ok,    ok,     ok,    ok],
  // The cookie that is sent says nothing of who calls.
  session: (ok) => [ok,     ok,  ok,     ok,    ok,     ok,    ok],
  login:   (ok) => [L,      L,   ok,     S,     L,      ok,    ok],
  admin:   (ok) => [L,      L,   F,      S,     L,      ok,    F],
  key:     (ok) => [K,      ok,  K,      K,     K,      K,     K],
};

/** Where it also matters whose the key is, and whether the user is suspended. */
// biome-ignore format: a table is read in columns
const otherRows: Record<string, Row> = {
  //                               nobody  key     user B  susp.   ’s key  admin   user A
  'POST /v1/api-keys':             [L,      L,      '201',  S,      L,      '201',  '201'],
  'GET /v1/api-keys/{id}':         [L,      L,      N,      S,      L,      N,      '200'],
  'POST /v1/api-keys/{id}/rotate': [L,      L,      N,      S,      L,      N,      '200'],
  'PATCH /v1/api-keys/{id}':       [L,      L,      N,      S,      L,      N,      '200'],
  'DELETE /v1/api-keys/{id}':      [L,      L,      N,      S,      L,      N,      '200'],
  'POST /v1/console/chat/completions': [L, L,    N,      S,      L,      N,      '200'],
  // How users learn that they are suspended, and what only ends sessions.
  'GET /v1/me':                    [L,      L,      '200',  '200',  L,      '200',  '200'],
  'POST /v1/logout':               [L,      L,      '200',  '200',  L,      '200',  '200'],
  'DELETE /v1/me/sessions':        [L,      L,      '200',  '200',  L,      '200',  '200'],
  // daypass.yml sets no mail; other-settings.test.ts has some.
  'POST /v1/feedback':             [L,      L,      M,      S,      L,      M,      M],
  // The id is a key's, so nobody has such a session; sessions.test.ts has some that are somebody's.
  'DELETE /v1/me/sessions/{id}':   [L,      L,      N,      S,      L,      N,      N],
  // No provider takes keys by daypass.yml; upstreams.test.ts has some that do.
  'PUT /v1/provider-keys/{provider}':    [L, L, N, S, L, N, N],
  'GET /v1/provider-keys/{provider}':    [L, L, N, S, L, N, N],
  'DELETE /v1/provider-keys/{provider}': [L, L, N, S, L, N, N],
};

/** What daypass.yml turns on; for the rest see section-access.ts. */
const contract = Object.values<RouteContract>(routes)
  .filter(({ onlyWhere }) => onlyWhere === undefined)
  .map((route) => ({
    ...route,
    name: `${route.method.toUpperCase()} ${route.path}`,
  }));
const matrix = contract.map(({ name, access, answers }) => {
  const [success = ''] = Object.keys(answers);
  return { name, access, row: otherRows[name] ?? rowOf[access](success) };
});

/** What is read of a method's or resource's properties. */
interface MethodProperties {
  HttpMethod?: string;
  ResourceId?: { Ref?: string };
  ParentId?: { Ref?: string };
  PathPart?: string;
  Integration?: { Type: string };
}

interface Method {
  name: string;
  verb: string;
  path: string;
  integration: string;
}

const methods = readMethods();
const preflights = methods.filter(({ verb }) => verb === 'OPTIONS');

interface Member extends Person {
  /** One key to call with, another to act on. */
  key: string;
  keyId: string;
  targetId: string;
}

let runtime: RunningRuntime;
let cognito: CognitoIdentityProviderClient;
let userPoolId: string;
let cast: Record<'A' | 'B' | 'suspended' | 'admin', Member>;

beforeAll(async () => {
  runtime = await sharedRuntime();
  const settings = {
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  cognito = new CognitoIdentityProviderClient(settings);
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  userPoolId = UserPools?.[0]?.Id ?? '';
  const admin = await makeAdmin(await newMember());
  const [A, B, suspended] = [await newMember(), await newMember(), await newMember()];
  cast = { A, B, suspended, admin };
  await suspend(suspended);
  const said = await call(runtime.stage, '/v1/chat/completions', { key: cast.A.key, body: chatBody() });
  expect(said.status).toBe(200);
});

afterAll(() => cognito.destroy());

test('every method of the template has a row, and every row a method', () => {
  const calls = methods.filter(({ verb }) => verb !== 'OPTIONS');
  expect(calls.map(({ name }) => name).sort()).toEqual(contract.map(({ name }) => name).sort());
  expect(contract.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(otherRows)));
});

test('every route that only other settings have is asked for in the suite that has them', () => {
  const sections = Object.values<RouteContract>(routes).flatMap(({ onlyWhere }) => onlyWhere ?? []);
  expect(new Set(sections)).toEqual(new Set(Object.keys(suiteOf)));
  for (const [section, suite] of Object.entries(suiteOf)) {
    const text = readFileSync(join(import.meta.dirname, suite), 'utf8');
    const asked = /describeAccess\(\(\) => runtime, \[(.+?)\]\)/.exec(text)?.[1] ?? '';
    expect(asked.split(', ')).toContain(`'${section}'`);
  }
});

test('every preflight is answered by API Gateway itself, so that no function runs for it', () => {
  expect(preflights.length).toBeGreaterThan(0);
  expect(preflights.filter(({ integration }) => integration !== 'MOCK')).toEqual([]);
});

test('the suspended user and the admin are what they are called', async () => {
  expect((await asMember(cast.suspended, 'GET', '/v1/me')).body.status).toBe('suspended');
  expect((await asMember(cast.admin, 'GET', '/v1/me')).body.groups).toEqual(['admins']);
  expect((await asMember(cast.B, 'GET', '/v1/me')).body).toMatchObject({ status: 'active', groups: [] });
});

describe.each(callers)('%s', (caller) => {
  // What one row leaves as it was is what the next one finds.
  let before: unknown;
  beforeAll(async () => {
    before = await stateOf(cast.A);
  });

  // In the table's order: a key is rotated before it is revoked.
  test.each(matrix.map(({ name, row }) => [name, row[callers.indexOf(caller)] ?? ''] as const))(
    '%s → %s',
    async (name, expected) => {
      const [method = '', path = ''] = name.split(' ');
      const request = await prepare(name, path, caller);
      const answer = await call(runtime.stage, request.path, {
        method,
        ...(request.body !== undefined && { body: request.body }),
        headers: request.headers,
      });
      expect(outcomeOf(answer)).toBe(expected);
      if (caller === 'user A' || caller === 'key') return;
      // Whatever others may do, they neither see nor change what is A's.
      const isOfAdmins = caller === 'admin' && path.startsWith('/v1/admin/');
      for (const secret of isOfAdmins ? [cast.A.key] : [cast.A.email, cast.A.targetId, cast.A.key]) {
        expect(answer.text).not.toContain(secret);
      }
      const found = before;
      before = await stateOf(cast.A);
      expect(before).toEqual(found);
    },
  );

  test.each(preflights.map(({ path }) => [path]))('OPTIONS %s → 204', async (path) => {
    const response = await fetch(`${runtime.stage}${path.replace('{id}', 'x')}`, {
      method: 'OPTIONS',
      headers: { ...headersOf(caller), origin: 'https://example.com' },
    });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});

// A token lives for up to an hour after its account is gone.
test('an account that was deleted while suspended does not come back with the token in hand', async () => {
  const person = await addPerson(runtime);
  await asMember(person, 'GET', '/v1/me');
  await suspend(person);
  // Else whoever is suspended would only have to sign up again.
  expect(outcomeOf(await asMember(person, 'DELETE', '/v1/me'))).toBe(S);
  const path = `/v1/admin/users/${claimsOf(person.token).sub}`;
  expect(outcomeOf(await asMember(cast.admin, 'DELETE', path))).toBe('200');
  const body = { name: 'after', plan: '10-per-day' };
  expect(outcomeOf(await call(runtime.stage, '/v1/api-keys', { token: person.token, body }))).toBe(L);
});

const namesBy = (access: RouteAccess) =>
  contract.filter((route) => route.access === access).map(({ name }) => name);
const loginRoutes = [...namesBy('login'), ...namesBy('admin')];

/** A login route with a body that is right, and the token that the member still has. */
async function enter(name: string, member: Member): Promise<Answer> {
  const [method = '', path = ''] = name.split(' ');
  const body =
    name === 'POST /v1/me/password'
      ? { currentPassword: member.password, newPassword: newPassword() }
      : await bodies[name]?.();
  return call(runtime.stage, path.replace('{id}', member.targetId), {
    method,
    token: member.token,
    ...(body !== undefined && { body }),
  });
}

describe('a token of before all sessions were ended', () => {
  let member: Member;

  beforeAll(async () => {
    member = await newMember();
    const { auth_time: loggedInAt } = claimsOf(member.token);
    // Cognito tells the login to the second: one in the very second of the end is taken for a later one.
    while (Math.floor(Date.now() / 1000) <= Number(loggedInAt))
      await new Promise((done) => setTimeout(done, 50));
    expect(outcomeOf(await asMember(member, 'DELETE', '/v1/me/sessions'))).toBe('200');
  });

  test.each(loginRoutes)('opens no route: %s', async (name) => {
    expect(outcomeOf(await enter(name, member))).toBe(L);
  });

  test('gives way to that of a new login', async () => {
    const body = { email: member.email, password: member.password };
    const { token } = (await call(runtime.edge, '/v1/login', { body })).body;
    expect((await call(runtime.edge, '/v1/api-keys', { token })).body.data).toHaveLength(2);
  });
});

describe('a token of an account that was deleted', () => {
  let member: Member;

  beforeAll(async () => {
    member = await newMember();
    expect(outcomeOf(await asMember(member, 'DELETE', '/v1/me'))).toBe('200');
  });

  test.each(loginRoutes.filter((name) => name !== 'DELETE /v1/me'))('opens no route: %s', async (name) => {
    expect(outcomeOf(await enter(name, member))).toBe(L);
  });

  test('deletes it again, which changes nothing', async () => {
    expect(outcomeOf(await asMember(member, 'DELETE', '/v1/me'))).toBe('200');
    expect(outcomeOf(await asMember(member, 'GET', '/v1/me'))).toBe(L);
  });
});

describe('a credential of the other kind', () => {
  const keyRoutes = namesBy('key');
  let before: unknown;
  beforeAll(async () => {
    before = await stateOf(cast.B);
  });

  test.each(loginRoutes)('a key opens no login route: %s', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const key = cast.B.key;
    for (const base of [runtime.edge, runtime.stage]) {
      for (const headers of [
        { authorization: `Bearer ${key}` },
        { authorization: key },
        { 'x-api-key': key },
        { authorization: `Bearer ${key}`, 'x-api-key': key },
      ]) {
        const answer = await call(base, path.replace('{id}', cast.B.targetId), { method, headers });
        expect(outcomeOf(answer)).toBe(L);
      }
    }
    const found = before;
    before = await stateOf(cast.B);
    expect(before).toEqual(found);
  });

  test.each(keyRoutes)('a login token opens no key route: %s', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const { token } = cast.B;
    for (const base of [runtime.edge, runtime.stage]) {
      for (const headers of [
        { authorization: `Bearer ${token}` },
        { 'x-api-key': token },
        { authorization: `Bearer ${token}`, 'x-api-key': token },
        { authorization: `Bearer ${token}`, 'x-api-key': `Bearer ${cast.B.key}` },
      ]) {
        const answer = await call(base, path, {
          method,
          headers,
          ...(method === 'POST' && { body: chatBody() }),
        });
        expect(outcomeOf(answer)).toBe(K);
      }
    }
  });
});

describe('a bad login token', () => {
  const otherPool = 'us-east-1_Other0001';
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let own: { privateKey: KeyObject; publicKey: KeyObject };
  let token: string;
  let accessToken: string;
  let header: Record<string, unknown>;
  let claims: Record<string, unknown>;

  beforeAll(async () => {
    ({ token } = cast.A);
    header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    claims = claimsOf(token);
    own = poolKeys();
    accessToken = await accessTokenOf(cast.A);
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const parts = () => token.split('.') as [string, string, string];
  const signedBy = (key: KeyObject, headChange: object, claimChange: object, digest = 'RSA-SHA256') => {
    const signed = `${encode({ ...header, ...headChange })}.${encode({ ...claims, ...claimChange })}`;
    return `${signed}.${sign(digest, Buffer.from(signed), key).toString('base64url')}`;
  };
  /** Nothing wrong but what is changed: the signature is the pool's own. */
  const claiming = (change: object) => () => signedBy(own.privateKey, {}, change);
  const heading =
    (change: object, digest = 'RSA-SHA256') =>
    () =>
      signedBy(own.privateKey, change, {}, digest);
  const forged =
    (headChange: object, claimChange: object = {}) =>
    () =>
      signedBy(stranger.privateKey, headChange, claimChange);
  const unsigned = (alg: string, signature = '') =>
    `${encode({ ...header, alg })}.${parts()[1]}.${signature}`;
  const hmac = (secret: () => string | Buffer, alg = 'HS256', hash = 'sha256') => {
    const signed = `${encode({ ...header, alg })}.${encode(claims)}`;
    return `${signed}.${createHmac(hash, secret()).update(signed).digest('base64url')}`;
  };
  const pem = () => own.publicKey.export({ type: 'spki', format: 'pem' });
  const cut = (part: 0 | 1 | 2, change: (text: string) => string) =>
    parts()
      .map((text, index) => (index === part ? change(text) : text))
      .join('.');
  const flip = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

  const badTokens: [what: string, make: () => string][] = [
    ['a word', () => 'token'],
    ['two dots', () => '..'],
    ['a name and password', () => Buffer.from('ada:secret').toString('base64')],
    ['alg none', () => unsigned('none')],
    ['alg none with the old signature', () => unsigned('none', parts()[2])],
    ['alg nOnE', () => unsigned('nOnE')],
    ['an empty alg', () => unsigned('')],
    ['no alg', heading({ alg: undefined })],
    ['alg as a list', heading({ alg: ['RS256'] })],
    ['HS256 with the public key in PEM as secret', () => hmac(pem)],
    ['HS256 with the trimmed PEM', () => hmac(() => String(pem()).trim())],
    [
      'HS256 with the public key in DER',
      () => hmac(() => own.publicKey.export({ type: 'spki', format: 'der' })),
    ],
    ['HS256 with the modulus', () => hmac(() => String(own.publicKey.export({ format: 'jwk' }).n))],
    ['HS256 with an empty secret', () => hmac(() => '')],
    ['HS512 with the public key in PEM', () => hmac(pem, 'HS512', 'sha512')],
    ['an HMAC that says RS256', () => hmac(pem, 'RS256')],
    ['RS512, signed by the pool', heading({ alg: 'RS512' }, 'RSA-SHA512')],
    ['ES256 by a key of its own', () => signedBy(elliptic.privateKey, { alg: 'ES256' }, {}, 'sha256')],
    ['a stranger’s signature', forged({})],
    ['a stranger’s signature and key id', forged({ kid: 'stranger' })],
    [
      'a key of its own in the header',
      () =>
        signedBy(stranger.privateKey, { kid: 'own', jwk: stranger.publicKey.export({ format: 'jwk' }) }, {}),
    ],
    ['a key set of its own', forged({ kid: 'own', jku: 'http://127.0.0.1:1/jwks.json' })],
    ['a critical extension', heading({ crit: ['exp'] })],
    ['another key id', heading({ kid: 'another' })],
    ['no key id', heading({ kid: undefined })],
    [
      'another pool’s token',
      forged({ kid: 'other-pool' }, { iss: `https://cognito-idp.us-east-1.amazonaws.com/${otherPool}` }),
    ],
    ['another pool as issuer', claiming({ iss: `https://cognito-idp.us-east-1.amazonaws.com/${otherPool}` })],
    ['another Region’s issuer', () => claiming({ iss: String(claims.iss).replace('us-', 'eu-') })()],
    ['an issuer that only begins right', () => claiming({ iss: `${claims.iss}/x` })()],
    ['no issuer', claiming({ iss: undefined })],
    ['another audience', claiming({ aud: 'anotherclient' })],
    ['several audiences', () => claiming({ aud: [claims.aud, 'anotherclient'] })()],
    ['no audience', claiming({ aud: undefined })],
    ['token_use access', claiming({ token_use: 'access' })],
    ['an unknown token_use', claiming({ token_use: 'refresh' })],
    ['no token_use', claiming({ token_use: undefined })],
    ['an expiry that has passed', claiming({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['an expiry in text', claiming({ exp: '99999999999' })],
    ['no expiry', claiming({ exp: undefined })],
    ['no subject', claiming({ sub: undefined })],
    ['someone else’s subject under the old signature', () => cut(1, () => encode({ ...claims, sub: 'x' }))],
    [
      'an added group under the old signature',
      () => cut(1, () => encode({ ...claims, 'cognito:groups': ['admins'] })),
    ],
    ['the header cut short', () => cut(0, (text) => text.slice(0, -2))],
    ['the header gone', () => cut(0, () => '')],
    ['the payload cut short', () => cut(1, (text) => text.slice(0, -2))],
    ['the payload gone', () => cut(1, () => '')],
    ['a payload that is a list', () => cut(1, () => encode([claims]))],
    ['the signature cut short', () => cut(2, (text) => text.slice(0, -2))],
    ['the signature empty', () => cut(2, () => '')],
    ['the signature left away', () => parts().slice(0, 2).join('.')],
    ['the signature changed in one character', () => cut(2, flip)],
    ['padding', () => `${token}==`],
    ['a fourth part', () => `${token}.AAAA`],
    ['a genuine access token', () => accessToken],
    ['a genuine refresh token', () => cast.A.refreshToken],
  ];

  test('there are forty or more of them, all different from the genuine token', () => {
    const tokens = badTokens.map(([, make]) => make());
    expect(new Set(tokens).size).toBe(badTokens.length);
    expect(tokens.length).toBeGreaterThanOrEqual(40);
    expect(tokens).not.toContain(token);
  });

  test('signing with the pool’s own key as these do makes a good token when nothing is changed', async () => {
    const answer = await call(runtime.stage, '/v1/me', { token: claiming({})() });
    expect(answer).toMatchObject({ status: 200, body: { email: cast.A.email } });
  });

  test.each(badTokens)('%s is 401 in the one error shape', async (_what, make) => {
    expectLoginRefusal(await call(runtime.stage, '/v1/me', { token: make() }));
  });

  test('a genuine token is 401 once it has expired', async () => {
    const moveClock = (offsetSeconds: number) =>
      fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
    expect((await call(runtime.stage, '/v1/me', { token })).status).toBe(200);
    await moveClock(3_660);
    try {
      expectLoginRefusal(await call(runtime.stage, '/v1/me', { token }));
    } finally {
      await moveClock(0);
    }
    expect((await call(runtime.stage, '/v1/me', { token })).status).toBe(200);
  });

  test.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['Bearer alone', { authorization: 'Bearer' }],
    ['basic credentials', { authorization: 'Basic YWRhOnNlY3JldA==' }],
    ['the token in a header of another name', { 'x-authorization': 'Bearer x' }],
  ])('%s is 401 in the one error shape', async (_what, headers) => {
    expectLoginRefusal(await call(runtime.stage, '/v1/me', { headers: headers as Record<string, string> }));
  });
});

function expectLoginRefusal(answer: Answer): void {
  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({
    error: {
      message: expect.any(String),
      type: 'authentication_error',
      code: 'unauthorized',
      param: null,
      docs: '/docs#error-unauthorized',
    },
    type: 'error',
    request_id: answer.headers.get('x-request-id'),
  });
  expect(answer.headers.get('x-request-id')).toMatch(/\S/);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
}

/** What ends the caller's login is asked for by somebody of the same kind, whose account may go. */
const endings = ['POST /v1/logout', 'DELETE /v1/me', 'POST /v1/me/password', 'DELETE /v1/me/sessions'];

/** What the call needs for its caller: a path with ids in it, a body that would be accepted, credentials. */
async function prepare(name: string, path: string, caller: CallerName) {
  if (endings.includes(name)) return { path, ...(await prepareEnding(name, caller)) };
  const headers: Record<string, string> = { ...headersOf(caller), ...(await sessionHeaders(name)) };
  const acting = caller === 'suspended' ? cast.suspended : cast.A;
  if (path.startsWith('/v1/admin/')) return { ...(await prepareAdmin(name, path, caller)), headers };
  if (name === 'GET /v1/usage') return { path: `${path}?keyId=${acting.targetId}`, headers };
  if (path.startsWith('/v1/secrets/{id}')) {
    const { receipt, ...message } = await newMessage(name, path);
    return { ...message, headers: { ...headers, 'x-daypass-receipt': receipt } };
  }
  if (path === '/v1/models/{id}') return { path: path.replace('{id}', 'nova-lite'), headers };
  if (name === 'POST /v1/console/chat/completions') headers['x-daypass-key-id'] = acting.keyId;
  const body = await bodies[name]?.();
  return { path: path.replace('{id}', acting.targetId), headers, ...(body !== undefined && { body }) };
}

/** Whoever has a message's id may read it, and its receipt burns it, with or without a login. */
async function newMessage(name: string, path: string): Promise<{ path: string; receipt: string }> {
  const write = async () =>
    (await call(runtime.edge, '/v1/secrets', { body: { message: 'for your eyes' } })).body;
  const { id, receipt } = lastMessage ?? (await write());
  // An address may write only so many, and all suites are one address.
  lastMessage = name.startsWith('GET ') ? { id, receipt } : undefined;
  return { path: path.replace('{id}', id), receipt };
}
let lastMessage: { id: string; receipt: string } | undefined;

/** The admin acts on a user made for it, everyone else on A. */
async function prepareAdmin(name: string, path: string, caller: CallerName) {
  const target = caller === 'admin' && path.includes('{id}') ? await newMember() : cast.A;
  const id = path.includes('/users/') ? claimsOf(target.token).sub : target.targetId;
  const body = await bodies[name]?.();
  return { path: path.replace('{id}', String(id)), ...(body !== undefined && { body }) };
}

async function prepareEnding(name: string, caller: CallerName) {
  const person = await throwawayOf(caller);
  const headers: Record<string, string> =
    person === undefined ? headersOf(caller) : { authorization: `Bearer ${person.token}` };
  if (name !== 'POST /v1/me/password') return { headers };
  const currentPassword = person?.password ?? newPassword();
  return { headers, body: { currentPassword, newPassword: newPassword() } };
}

/** A cookie of B's; it says nothing of who calls. */
async function sessionHeaders(name: string): Promise<Record<string, string>> {
  if (name !== 'POST /v1/session/refresh' && name !== 'DELETE /v1/session') return {};
  const body = { email: cast.B.email, password: cast.B.password };
  const { headers } = await call(runtime.edge, '/v1/session', { body });
  const [cookie = ''] = headers.getSetCookie();
  return { cookie: cookie.split(';')[0] ?? '', 'x-daypass-session': 'refresh' };
}

const bodies: Record<string, () => unknown> = {
  'POST /v1/register': () => ({ email: newEmail(), password: newPassword() }),
  'POST /v1/register/confirm': async () => {
    const person = { email: newEmail(), password: newPassword() };
    await call(runtime.edge, '/v1/register', { body: person });
    return { email: person.email, code: await newestCode(runtime, person.email) };
  },
  'POST /v1/register/resend': () => ({ email: newEmail() }),
  'POST /v1/login': () => ({ email: cast.B.email, password: cast.B.password }),
  'POST /v1/session': () => ({ email: cast.B.email, password: cast.B.password }),
  'POST /v1/login/refresh': async () => {
    const body = { email: cast.B.email, password: cast.B.password };
    const { refreshToken } = (await call(runtime.edge, '/v1/login', { body })).body;
    return { refreshToken };
  },
  'POST /v1/password/forgot': () => ({ email: newEmail() }),
  'POST /v1/password/reset': async () => {
    const { email } = await addPerson(runtime);
    await call(runtime.edge, '/v1/password/forgot', { body: { email } });
    return { email, code: await newestCode(runtime, email), password: newPassword() };
  },
  // No mail is set up, so that they can only be turned off.
  'PATCH /v1/me': () => ({ spendWarnings: false }),
  'POST /v1/api-keys': () => ({ name: 'matrix', plan: '30-per-day' }),
  'POST /v1/admin/users': () => ({ email: newEmail() }),
  'PATCH /v1/admin/users/{id}': () => ({ allowedPlans: ['30-per-day'], suspended: true }),
  'PATCH /v1/api-keys/{id}': () => ({ name: 'renamed', plan: '20-per-day' }),
  'POST /v1/chat/completions': () => chatBody(),
  'POST /v1/console/chat/completions': () => chatBody(),
  'POST /v1/messages': () => chatBody(),
  'POST /v1/messages/count_tokens': () => {
    const { max_tokens: _, ...counted } = chatBody({ model: 'claude-haiku-4-5' });
    return counted;
  },
  'POST /v1/responses': () => ({ model: 'nova-lite', input: 'Say something.', max_output_tokens: 12 }),
  'PUT /v1/provider-keys/{provider}': () => ({ key: 'sk-own-1234' }),
  'POST /v1/feedback': () => ({ message: 'I like it.' }),
  'POST /v1/secrets': () => ({ message: 'for your eyes' }),
  'POST /v1/embeddings': () => ({ model: 'titan-embed-text-v2', input: 'a text' }),
};

function headersOf(caller: CallerName): Record<string, string> {
  const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });
  switch (caller) {
    case 'nobody':
      return {};
    case 'key':
      return { 'x-api-key': cast.A.key };
    case 'suspended’s key':
      return { 'x-api-key': cast.suspended.key };
    case 'user A':
      return bearer(cast.A);
    case 'user B':
      return bearer(cast.B);
    case 'suspended':
      return bearer(cast.suspended);
    case 'admin':
      return bearer(cast.admin);
  }
}

async function throwawayOf(caller: CallerName): Promise<Person | undefined> {
  if (!headersOf(caller).authorization) return undefined;
  const person = await addPerson(runtime);
  await asMember(person, 'GET', '/v1/me');
  if (caller === 'suspended') await suspend(person);
  return caller === 'admin' ? makeAdmin(person) : person;
}

function outcomeOf({ status, body }: Answer): string {
  if (status < 300) return String(status);
  // Anthropic's shape has types alone.
  const byType: Record<string, string> = { authentication_error: 'invalid_api_key' };
  return `${status} ${body?.error?.code ?? byType[body?.error?.type]}`;
}

/** All that a user sees. A new key turns from activating to active by itself, whoever calls what. */
async function stateOf(member: Member) {
  const paths = ['/v1/me', '/v1/api-keys', '/v1/usage'];
  const answers = await Promise.all(paths.map(async (path) => (await asMember(member, 'GET', path)).body));
  return JSON.parse(JSON.stringify(answers), (name, value) =>
    name === 'activation' ? null : value === 'activating' ? 'active' : value,
  );
}

function asMember(person: Person, method: string, path: string): Promise<Answer> {
  return call(runtime.stage, path, { method, token: person.token });
}

async function newMember(): Promise<Member> {
  const person = await addPerson(runtime);
  const { key, id: keyId } = await createKey(runtime, person.token);
  const { id } = await createKey(runtime, person.token, { plan: '20-per-day' });
  return { ...person, key, keyId, targetId: id };
}

async function suspend<P extends Person>(person: P): Promise<P> {
  const path = `/v1/admin/users/${claimsOf(person.token).sub}`;
  const body = { suspended: true };
  const { status } = await call(runtime.stage, path, { method: 'PATCH', token: cast.admin.token, body });
  expect(status).toBe(200);
  return person;
}

/** Groups are in the token, so it takes a new login. */
async function makeAdmin<P extends Person>(person: P): Promise<P> {
  await cognito.send(
    new AdminAddUserToGroupCommand({
      UserPoolId: userPoolId,
      Username: person.email,
      GroupName: 'admins',
    }),
  );
  const body = { email: person.email, password: person.password };
  const { token, refreshToken } = (await call(runtime.edge, '/v1/login', { body })).body;
  return { ...person, token, refreshToken };
}

async function accessTokenOf({ email, password }: Person): Promise<string> {
  const { UserPoolClients } = await cognito.send(
    new ListUserPoolClientsCommand({ UserPoolId: userPoolId, MaxResults: 1 }),
  );
  const ClientId = UserPoolClients?.[0]?.ClientId ?? '';
  const { UserPoolClient: client } = await cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId }),
  );
  const hash = createHmac('sha256', client?.ClientSecret ?? '').update(`${email}${ClientId}`);
  const AuthParameters = { USERNAME: email, PASSWORD: password, SECRET_HASH: hash.digest('base64') };
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters }),
  );
  return AuthenticationResult?.AccessToken ?? '';
}

/** The pool's own key pair: with it a token can be wrong in one claim and right in everything else. */
function poolKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  const store = openStore(join(runtime.dataDirectory, 'state.sqlite'));
  try {
    const key = createSigningKeys({ store }).find(userPoolId);
    if (key === undefined) throw new Error(`no signing key of ${userPoolId}`);
    return { privateKey: key.privateKey, publicKey: createPublicKey(key.privateKey) };
  } finally {
    store.close();
  }
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** Every method of the synthesized template, by verb and path. */
function readMethods(): Method[] {
  const file = resolve(import.meta.dirname, '../../cdk.out/Daypass.template.json');
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: MethodProperties }>;
  };
  const pathOf = (reference: { Ref?: string } = {}): string => {
    const resource = Resources[reference.Ref ?? '']?.Properties;
    return resource === undefined ? '' : `${pathOf(resource.ParentId)}/${resource.PathPart}`;
  };
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
    .map(({ Properties: { HttpMethod: verb = '', ResourceId, Integration } }) => {
      const path = pathOf(ResourceId) || '/';
      return { name: `${verb} ${path}`, verb, path, integration: Integration?.Type ?? '' };
    });
}
