import { randomBytes } from 'node:crypto';
import {
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { federationRoutes } from '../../core/contract/accounts/federation.ts';
import { addPerson, call, createKey, newestCode, newPassword } from './client.ts';
import { moveClock } from './local-switches.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';
import { samlAnswer, throughSamlProvider, toSamlCallback } from './saml-visit.ts';
import { describeAccess } from './section-access.ts';
import {
  type AtProvider,
  logInWith,
  newVisitor,
  throughProvider,
  toCallback,
  type Visitor,
} from './visitor.ts';

const provider = (name: string, rest = '') => `
    - name: ${name}
      type: oidc
      issuer: https://login.${name}.example
      clientId: daypass
      clientSecret: { secret: daypass/${name} }${rest}`;

let other: OtherAssembly;
let runtime: RunningRuntime;
let edge: string;

beforeAll(async () => {
  other = synthesizeWith(
    (shown) =>
      `${shown.replace('allowedDomains: []', 'allowedDomains: [acme.example, corp.example, example.com]')}
logIn:
  providers:${provider('acme', '\n      label: Acme Inc.\n      domains: [acme.example]')}${provider('partner')}${provider('misfit')}
    - name: corp
      type: saml
      metadataUrl: https://idp.corp.example/metadata
      domains: [corp.example]
`,
  );
  runtime = await startRuntime({
    assembly: other.assembly,
    environment: {
      DAYPASS_SECRETS: JSON.stringify({
        'daypass/acme': 'local-oidc-secret',
        'daypass/partner': 'local-oidc-secret',
        'daypass/misfit': 'another secret than the provider knows',
      }),
    },
  });
  edge = runtime.edge;
}, 240_000);

afterAll(async () => {
  await runtime?.stop();
  other?.remove();
});

describeAccess(() => runtime, ['logIn.providers']);

const at = (domain: string) => `User-${randomBytes(5).toString('hex')}@${domain}`;

/** The account of the session that this browser has. */
async function meOf(visitor: Visitor) {
  const cookie = [...visitor.cookies(new URL(edge).host)]
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const { status, body } = await call(edge, '/v1/session/refresh', {
    method: 'POST',
    headers: { cookie, 'x-daypass-session': 'refresh' },
  });
  if (status !== 200) return undefined;
  return { token: body.token as string, ...(await call(edge, '/v1/me', { token: body.token })).body };
}

async function logIn(name: string, who: AtProvider) {
  const visitor = newVisitor();
  const answer = await logInWith(visitor, edge, name, who);
  expect([answer.status, answer.location]).toEqual([302, `${edge}/keys`]);
  const me = await meOf(visitor);
  if (me === undefined) throw new Error('no session');
  return me;
}

describe('a login with a provider', () => {
  test('makes an account of a first one and finds it again, by the same id', async () => {
    const email = at('acme.example');
    const first = await logIn('acme', { email });
    // A provider may write it as it likes.
    expect(first).toMatchObject({ email: email.toLowerCase(), emailVerified: true, status: 'active' });
    const again = await logIn('acme', { email: email.toUpperCase() });
    expect(again).toMatchObject({ id: first.id, email: email.toLowerCase() });
    expect((await createKey(runtime, again.token)).key).toMatch(/^dpk/);
  });

  test('leads to the page that was wanted, and to none of another site', async () => {
    const opened = async (next: string) => {
      const visitor = newVisitor();
      const begun = await visitor.get(`${edge}/v1/login/acme?next=${encodeURIComponent(next)}`);
      const who = { email: 'landing@acme.example' };
      let answer = await visitor.get(await throughProvider(visitor, begun.location, who));
      if (answer.location.includes('/oauth2/')) {
        answer = await visitor.get(await throughProvider(visitor, answer.location, who));
      }
      return answer.location;
    };
    expect(await opened('/usage?from=2026-01-01')).toBe(`${edge}/usage?from=2026-01-01`);
    for (const elsewhere of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]) {
      expect(await opened(elsewhere)).toBe(`${edge}/keys`);
    }
  });

  test('is tied to the browser by state, nonce and PKCE, in a cookie that no script reads', async () => {
    const visitor = newVisitor();
    const { location, set, text } = await visitor.get(`${edge}/v1/login/acme`);
    const asked = Object.fromEntries(new URL(location).searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: `${edge}/v1/login/callback`,
      identity_provider: 'acme',
      code_challenge_method: 'S256',
    });
    for (const value of [asked.state, asked.nonce, asked.code_challenge])
      expect(value).toMatch(/^[\w-]{43}$/);
    expect(set).toEqual([
      expect.stringMatching(
        /^__Host-daypass_login=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=600$/,
      ),
    ]);
    const [value = ''] = visitor.cookies(new URL(edge).host).values();
    const { verifier } = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
    expect(`${location}${text}`).not.toContain(verifier);
  });

  test('ends in a session cookie for its own path alone, and hands out no token', async () => {
    const visitor = newVisitor();
    const { set, text, location } = await logInWith(visitor, edge, 'partner', { email: at('example.com') });
    expect(set).toEqual([
      expect.stringMatching(
        /^daypass_session=[\w.~-]+; Path=\/v1\/session; HttpOnly; Secure; SameSite=Strict; /,
      ),
      expect.stringMatching(/^__Host-daypass_login=; .*Max-Age=0$/),
    ]);
    expect(`${text}${location}`).not.toContain('eyJ');
  });

  test('of a provider that vouches for its domain counts as confirmed, whatever its tokens say', async () => {
    const me = await logIn('acme', { email: at('acme.example'), verified: false });
    expect(me.emailVerified).toBe(true);
  });

  test('is another way into an account whose address was confirmed, and its password stays', async () => {
    const person = await addPerson(runtime);
    const { id } = (await call(edge, '/v1/me', { token: person.token })).body;
    expect(await logIn('partner', { email: person.email })).toMatchObject({ id, emailVerified: true });
    const { status } = await call(edge, '/v1/login', {
      body: { email: person.email, password: person.password },
    });
    expect(status).toBe(200);
  });

  test('takes nothing over from a sign-up that was never confirmed: its password is void', async () => {
    const [email, password] = [at('example.com').toLowerCase(), newPassword()];
    const { body } = await call(edge, '/v1/register', { body: { email, password } });
    const code = await newestCode(runtime, email);
    await logIn('partner', { email });
    expect((await call(edge, '/v1/login', { body: { email, password } })).status).toBe(401);
    const late = { email, code, registration: body.registration };
    expect((await call(edge, '/v1/register/confirm', { body: late })).status).toBe(400);
  });

  test('of a suspended user shows that they are suspended; of one whom the directory has disabled, nothing', async () => {
    const who = { email: at('example.com') };
    const { id } = await logIn('partner', who);
    const cognito = new CognitoIdentityProviderClient({
      endpoint: runtime.aws,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    await cognito.send(new AdminDisableUserCommand({ UserPoolId: UserPools?.[0]?.Id, Username: id }));
    cognito.destroy();
    const visitor = newVisitor();
    expect((await logInWith(visitor, edge, 'partner', who)).location).toBe(
      `${edge}/sign-in?refused=provider_login_failed`,
    );
    expect(await meOf(visitor)).toBeUndefined();
  });

  test('by an unknown provider is refused', async () => {
    expect(await call(edge, '/v1/login/nobody')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', param: 'provider' } },
    });
  });
});

describe('a password', () => {
  test.each([
    ['/v1/login', { password: 'x' }],
    ['/v1/session', { password: 'x' }],
    ['/v1/register', { password: newPassword() }],
    ['/v1/password/forgot', {}],
    ['/v1/password/reset', { password: newPassword(), code: '123456' }],
  ])(
    'is refused by %s for an address of a provider’s domain, with or without an account',
    async (path, rest) => {
      const known = at('acme.example');
      await logIn('acme', { email: known });
      for (const email of [known, at('acme.example')]) {
        const { status, body } = await call(edge, path, { body: { email, ...rest } });
        expect([status, body.error]).toEqual([
          403,
          expect.objectContaining({
            code: 'provider_login_required',
            param: 'email',
            message: `This address logs in in a browser, with Acme Inc. at ${edge}/v1/login/acme.`,
          }),
        ]);
      }
    },
  );
});

/** What the log-in screen is told. */
const failed = 'provider_login_failed';

interface Attempt {
  visitor: Visitor;
  callback: URL;
  /** The cookie of the login that has begun. */
  cookie: { read(): Record<string, unknown>; write(text: string): void };
}

async function attempt(name = 'acme', who: AtProvider = { email: 'bad@acme.example' }): Promise<Attempt> {
  const visitor = newVisitor();
  const callback = new URL(await toCallback(visitor, edge, name, who));
  const jar = visitor.cookies(new URL(edge).host);
  const cookie = {
    read: () => JSON.parse(Buffer.from(jar.get('__Host-daypass_login') ?? '', 'base64url').toString('utf8')),
    write: (text: string) => void jar.set('__Host-daypass_login', text),
  };
  return { visitor, callback, cookie };
}

const encoded = (login: unknown) => Buffer.from(JSON.stringify(login)).toString('base64url');
const other43 = 'A'.repeat(43);

/** Opens the callback. @returns the word for the log-in screen; fails if anybody is logged in */
async function refusalOf({ visitor, callback }: Pick<Attempt, 'visitor' | 'callback'>): Promise<string> {
  const answer = await visitor.get(callback.href);
  expect(answer.status).toBe(302);
  expect(
    answer.set.filter((text) => text.startsWith('daypass_session=') && !text.includes('Max-Age=0')),
  ).toEqual([]);
  expect(await meOf(visitor)).toBeUndefined();
  const url = new URL(answer.location);
  expect(`${url.origin}${url.pathname}`).toBe(`${edge}/sign-in`);
  return url.searchParams.get('refused') ?? '';
}

describe('a bad callback logs nobody in', () => {
  beforeAll(async () => void (await logIn('acme', { email: 'bad@acme.example' })));
  afterEach(() => moveClock(runtime, 0));

  const spoilt: [string, (attempt: Attempt) => unknown][] = [
    ['the cookie is missing', ({ visitor }) => visitor.cookies(new URL(edge).host).clear()],
    ['the cookie is no text of ours', ({ cookie }) => cookie.write('e30')],
    ['the cookie is not even base64', ({ cookie }) => cookie.write('%%%')],
    [
      'there are two cookies',
      ({ cookie }) => cookie.write(`${encoded(cookie.read())}; __Host-daypass_login=x`),
    ],
    ['the state is another', ({ callback }) => callback.searchParams.set('state', other43)],
    [
      'the state is a part',
      ({ callback, cookie }) => callback.searchParams.set('state', String(cookie.read().state).slice(0, 20)),
    ],
    ['the state is missing', ({ callback }) => callback.searchParams.delete('state')],
    ['the code is missing', ({ callback }) => callback.searchParams.delete('code')],
    ['the code is made up', ({ callback }) => callback.searchParams.set('code', other43)],
    [
      'the verifier is another',
      ({ cookie }) => cookie.write(encoded({ ...cookie.read(), verifier: other43 })),
    ],
    ['the nonce is another', ({ cookie }) => cookie.write(encoded({ ...cookie.read(), nonce: other43 }))],
    [
      'the code is of another login',
      async ({ callback }) => {
        const { callback: foreign } = await attempt();
        callback.searchParams.set('code', foreign.searchParams.get('code') ?? '');
      },
    ],
    [
      'Cognito says it failed, beside a code',
      ({ callback }) => callback.searchParams.set('error', 'server_error'),
    ],
    ['the code is older than five minutes', () => moveClock(runtime, 301)],
  ];
  test.each(spoilt)('when %s', async (_what, spoil) => {
    const begun = await attempt();
    await spoil(begun);
    expect(await refusalOf(begun)).toBe(failed);
  });

  test('when another browser opens it', async () => {
    const { callback } = await attempt();
    expect(await refusalOf({ visitor: newVisitor(), callback })).toBe(failed);
    const elsewhere = await attempt();
    expect(await refusalOf({ visitor: elsewhere.visitor, callback })).toBe(failed);
  });

  test('when it is opened again, even with the cookie that was cleared', async () => {
    const { visitor, callback, cookie } = await attempt();
    const login = encoded(cookie.read());
    expect((await visitor.get(callback.href)).location).toBe(`${edge}/keys`);
    const fresh = newVisitor();
    expect(await refusalOf({ visitor: fresh, callback })).toBe(failed);
    fresh.cookies(new URL(edge).host).set('__Host-daypass_login', login);
    expect(await refusalOf({ visitor: fresh, callback })).toBe(failed);
  });

  test('when the stage is called instead of the console', async () => {
    const { visitor, callback } = await attempt();
    const answer = await visitor.get(`${runtime.stage}/v1/login/callback${callback.search}`);
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([401, failed]);
  });

  test.each([
    'access_denied',
    'stale-code',
    'wrong-issuer',
    'wrong-audience',
    'expired',
    'wrong-key',
    'unsigned',
    'no-email',
  ])('when the provider’s answer is wrong: %s', async (fault) => {
    expect(await refusalOf(await attempt('acme', { email: 'bad@acme.example', fault }))).toBe(failed);
  });

  test('when Cognito’s own secret is not the one that the provider knows', async () => {
    expect(await refusalOf(await attempt('misfit', { email: at('example.com') }))).toBe(failed);
  });

  test.each([
    ['email_not_confirmed', 'partner', { email: at('example.com'), verified: false }],
    ['domain_not_allowed', 'partner', { email: at('elsewhere.example') }],
    ['domain_not_allowed', 'acme', { email: at('sub.acme.example') }],
    ['provider_login_required', 'partner', { email: at('acme.example') }],
    ['provider_login_required', 'partner', { email: at('acme.example'), verified: false }],
  ])('with %s, from %s as %o', async (reason, name, who) => {
    expect(await refusalOf(await attempt(name, who))).toBe(reason);
  });

  test('when the address has become another’s at the provider since the first login', async () => {
    const subject = `s-${randomBytes(6).toString('hex')}`;
    await logIn('partner', { email: at('example.com'), subject });
    const asOther = (who: AtProvider) => attempt('partner', { ...who, subject });
    expect(await refusalOf(await asOther({ email: at('example.com'), verified: false }))).toBe(
      'email_not_confirmed',
    );
    expect(await refusalOf(await asOther({ email: at('acme.example') }))).toBe('provider_login_required');
    expect(await refusalOf(await asOther({ email: at('elsewhere.example') }))).toBe('domain_not_allowed');
  });

  test('when the browser was sent to another provider than the login began with', async () => {
    const subject = `s-${randomBytes(6).toString('hex')}`;
    await logIn('partner', { email: at('example.com'), subject });
    const visitor = newVisitor();
    const { location } = await visitor.get(`${edge}/v1/login/acme`);
    const turned = new URL(location);
    turned.searchParams.set('identity_provider', 'partner');
    const who = { email: at('acme.example'), verified: false, subject };
    const callback = new URL(await throughProvider(visitor, turned.href, who));
    expect(await refusalOf({ visitor, callback })).toBe(failed);
  });
});

describe('Cognito’s domain', () => {
  test('sends nothing to an address that the client has not registered', async () => {
    const visitor = newVisitor();
    const { location } = await visitor.get(`${edge}/v1/login/acme`);
    const asked = new URL(location);
    for (const to of ['https://evil.example/v1/login/callback', `${edge}/keys`, '']) {
      asked.searchParams.set('redirect_uri', to);
      expect(await visitor.get(asked.href)).toMatchObject({ status: 400, location: '' });
    }
  });

  test.each([
    ['response_type', 'token', 'unauthorized_client'],
    ['scope', 'openid aws.cognito.signin.user.admin', 'invalid_scope'],
    ['code_challenge_method', 'plain', 'invalid_request'],
  ])('refuses %s=%s', async (name, value, error) => {
    const visitor = newVisitor();
    const { location } = await visitor.get(`${edge}/v1/login/acme`);
    const asked = new URL(location);
    asked.searchParams.set(name, value);
    const answer = new URL((await visitor.get(asked.href)).location);
    expect([answer.pathname, answer.searchParams.get('error')]).toEqual(['/v1/login/callback', error]);
  });

  test('gives tokens for a code to the client alone that proves itself, once', async () => {
    const { callback, cookie } = await attempt();
    const url = `http://127.0.0.1:${runtime.port}/_local/login/oauth2/token`;
    const ask = async (fields: Record<string, string>, authorization?: string) => {
      const form = {
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code') ?? '',
        redirect_uri: `${edge}/v1/login/callback`,
        code_verifier: String(cookie.read().verifier),
        ...fields,
      };
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
      return [response.status, ((await response.json()) as { error?: string }).error];
    };
    expect(await ask({})).toEqual([400, 'invalid_client']);
    expect(await ask({}, `Basic ${Buffer.from('daypass:wrong').toString('base64')}`)).toEqual([
      400,
      'invalid_client',
    ]);
  });
});

describe('whoever calls the routes is sent on, and no answer names them', () => {
  test.each(Object.values(federationRoutes).map(({ path }) => [path]))('GET %s: anyone', async (path) => {
    const person = await addPerson(runtime);
    const { key } = await createKey(runtime, person.token);
    const url = path.replace('{provider}', 'acme');
    for (const credentials of [{}, { token: person.token }, { key }]) {
      const headers = {
        ...('token' in credentials && { authorization: `Bearer ${credentials.token}` }),
        ...('key' in credentials && { 'x-api-key': String(credentials.key) }),
      };
      const response = await fetch(`${edge}${url}`, { redirect: 'manual', headers });
      expect(response.status).toBe(302);
      expect(response.headers.get('x-request-id')).not.toBeNull();
      expect(`${await response.text()}${response.headers.get('location')}`).not.toContain(person.email);
    }
    const preflight = await fetch(`${runtime.stage}${url}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com' },
    });
    expect(preflight.status).toBe(204);
  });
});

describe('a login by SAML', () => {
  const samlLogin = async (visitor: Visitor, who: { email: string; fault?: string }) => {
    const first = await visitor.get(await toSamlCallback(visitor, edge, 'corp', who));
    if (!first.location.includes('/oauth2/authorize')) return first;
    // A new link is taken up at the second attempt.
    return visitor.get(await throughSamlProvider(visitor, first.location, who));
  };

  test('makes a session, again and again of the same account', async () => {
    const email = `${randomBytes(6).toString('hex')}@corp.example`;
    const ids = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const visitor = newVisitor();
      await samlLogin(visitor, { email });
      ids.push(await meOf(visitor));
    }
    expect(ids[0]).toMatchObject({ email });
    expect(ids[1]?.id).toBe(ids[0]?.id);
  });

  // The others: test/local/aws/cognito/saml-client.test.ts.
  test.each(['denied', 'tampered', 'no-email'])('with the fault %s logs nobody in', async (fault) => {
    const visitor = newVisitor();
    const email = `${randomBytes(6).toString('hex')}@corp.example`;
    const { location } = await samlLogin(visitor, { email, fault });
    expect(location).toBe(`${edge}/sign-in?refused=provider_login_failed`);
    expect(await meOf(visitor)).toBeUndefined();
  });

  test('takes an answer once, and none that was not asked for', async () => {
    const visitor = newVisitor();
    const { location } = await visitor.get(`${edge}/v1/login/corp`);
    const { action, form } = await samlAnswer(visitor, location, { email: 'ada@corp.example' });
    expect((await visitor.post(action, form)).status).toBe(302);
    expect(await visitor.post(action, form)).toMatchObject({
      status: 400,
      text: expect.stringContaining('relayState'),
    });
    expect((await visitor.post(action, { ...form, RelayState: 'mine' })).status).toBe(400);
  });
});
