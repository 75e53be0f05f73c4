import { beginLogin, readBegunLogin, writeBegunLogin } from '../../../core/accounts/begun-login.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { type ProviderSessionPorts, sessionOfCode } from '../../../core/accounts/provider-session.ts';
import { readAuthorizationError, refusedLoginOf } from '../../../core/accounts/refused-login.ts';
import { DaypassError } from '../../../core/errors.ts';

const logIn = {
  passwords: 'on' as const,
  authenticator: 'off' as const,
  passkeys: 'off' as const,
  providers: [
    { name: 'acme', label: 'Acme', domains: ['acme.example'] },
    { name: 'partner', label: 'Partner', domains: [] },
  ],
};
const policies = { logIn, signUp: { confirmation: 'email' as const, allowedDomains: [] } };
const login = { provider: 'acme', nonce: 'n', verifier: 'v', redirectUri: 'https://x/cb' };

function portsWith(claims: Record<string, unknown>, providers: string[] = ['acme']) {
  const done: string[] = [];
  const ports: ProviderSessionPorts = {
    clientId: 'client',
    userPoolId: 'pool_1',
    redeem: async () => ({
      token: 'first',
      refreshToken: 'refresh',
      expiresIn: 3600,
      claims: {
        aud: 'client',
        iss: 'https://cognito/pool_1',
        token_use: 'id',
        nonce: 'n',
        sub: 'user',
        email: 'Ada@acme.example',
        email_verified: false,
        ...claims,
      },
    }),
    providersOf: async () => providers,
    vouchFor: async (userId) => void done.push(`vouch ${userId}`),
    refresh: async () => ({ token: 'second', refreshToken: 'refresh', expiresIn: 3600 }),
    endSession: async (token) => void done.push(`end ${token}`),
  };
  return { ports, done };
}

test('a provider’s own address is marked as verified before a token says so', async () => {
  const { ports, done } = portsWith({});
  expect(await sessionOfCode(ports, policies, login, 'c')).toMatchObject({ token: 'second' });
  expect(done).toEqual(['vouch user']);
});

test('a verified address needs nothing more', async () => {
  const { ports, done } = portsWith({ email_verified: true });
  expect(await sessionOfCode(ports, policies, login, 'c')).toMatchObject({ token: 'first' });
  expect(done).toEqual([]);
});

test.each<[what: string, claims: Record<string, unknown>, providers: string[]]>([
  ['another audience', { aud: 'other' }, ['acme']],
  ['another pool', { iss: 'https://cognito/pool_2' }, ['acme']],
  ['an access token', { token_use: 'access' }, ['acme']],
  ['another nonce', { nonce: 'm' }, ['acme']],
  ['no nonce', { nonce: undefined }, ['acme']],
  ['no address', { email: undefined }, ['acme']],
  ['identities of another provider', {}, ['partner']],
  ['identities of two providers', {}, ['acme', 'partner']],
  ['no identity', {}, []],
])('with %s there is no session, and what Cognito made is ended', async (_what, claims, providers) => {
  const { ports, done } = portsWith(claims, providers);
  const made = sessionOfCode(ports, policies, login, 'c');
  await expect(made).rejects.toMatchObject({ code: 'provider_login_failed' });
  expect(done).toEqual(['end refresh']);
});

test('a begun login is read back as it was written, and nothing else is', () => {
  const begun = beginLogin('acme', '/usage?x=1#y');
  expect(readBegunLogin(writeBegunLogin(begun))).toEqual(begun);
  for (const other of [
    { ...begun, state: 'short' },
    { ...begun, more: 1 },
    { ...begun, again: 'no' },
    [],
    null,
    'text',
  ]) {
    expect(readBegunLogin(Buffer.from(JSON.stringify(other)).toString('base64url'))).toBeUndefined();
  }
  expect(readBegunLogin('')).toBeUndefined();
});

test.each(['https://evil.example/x', '//evil.example', '/\\evil.example', 'keys', '', 'javascript:alert(1)'])(
  'a login never leads to %s',
  (next) => {
    const { next: path } = beginLogin('acme', next);
    expect(path).toBe('/keys');
    const forged = { ...beginLogin('acme', undefined), next };
    expect(readBegunLogin(writeBegunLogin(forged))?.next).toBe('/keys');
  },
);

test.each([
  ['PreSignUp failed with error daypass_linked.', 'linked'],
  ['Already found an entry for username acme_x', 'linked'],
  ['PreSignUp failed with error domain_not_allowed.', 'domain_not_allowed'],
  ['PreSignUp failed with error internal_error.', 'provider_login_failed'],
  ['PreSignUp failed with error constructor.', 'provider_login_failed'],
  ['Bad id_token issuer', 'provider_login_failed'],
  [undefined, 'provider_login_failed'],
])('Cognito’s %s is read as %s', (description, reason) => {
  expect(readAuthorizationError(description)).toBe(reason);
});

test('what is no refusal is a failure of ours', () => {
  expect(refusedLoginOf(new Error('x'))).toBe('service_unavailable');
  expect(refusedLoginOf(new DaypassError('invalid_refresh_token', 'x'))).toBe('provider_login_failed');
});

test('where there are no passwords, every address is told all ways in', () => {
  const off = { ...logIn, passwords: 'off' as const };
  expect(() => requirePasswordLogin(logIn, 'ada@example.com')).not.toThrow();
  expect(() => requirePasswordLogin(off, 'ada@example.com', 'https://x')).toThrow(
    'with Acme at https://x/v1/login/acme, or with Partner at https://x/v1/login/partner',
  );
  expect(() => requirePasswordLogin(off, 'ada@ACME.example')).toThrow('with Acme at /v1/login/acme.');
});
