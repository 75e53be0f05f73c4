import { createHash, randomBytes } from 'node:crypto';
import { signJwt } from '../aws/cognito/tokens/jwt.ts';
import { createSigningKeys, publicJwk } from '../aws/cognito/tokens/signing-keys.ts';
import type { Clock } from '../clock.ts';
import { localPage, providerPage } from '../http/local-page.ts';
import type { Store } from '../state/store.ts';

/** The one client that it knows. */
export const registered = { id: 'daypass', secret: 'local-oidc-secret' } as const;

const codeSeconds = 60;
const tokenSeconds = 3600;

/** What its page lets go wrong. */
const faults = {
  '': 'Nothing goes wrong',
  access_denied: 'The user refuses',
  'stale-code': 'The code has expired',
  'wrong-issuer': 'The token is of another issuer',
  'wrong-audience': 'The token is for another client',
  expired: 'The token has expired',
  'wrong-key': 'The token is signed with another key',
  unsigned: 'The token is not signed',
  'no-email': 'There is no address in the token',
} as const;

interface Grant {
  issuer: string;
  redirectUri: string;
  challenge: string | undefined;
  nonce: string | undefined;
  email: string;
  emailVerified: boolean;
  subject: string;
  fault: string;
  expiresAt: number;
}

export interface OidcRequest {
  method: string;
  /** The host of the issuer that it plays. */
  host: string;
  /** Below the issuer: `/authorize`. */
  path: string;
  parameters: URLSearchParams;
  authorization: string | undefined;
}

export type OidcAnswer =
  | { status: 302; location: string }
  | { status: number; html: string }
  | { status: number; xml: string }
  | { status: number; json: object };

/**
 * Plays every OIDC provider whose issuer is `https://….example`: names of that kind never exist.
 * @param deps.baseOf where an issuer's endpoints are on this machine
 * @param deps.redirectUri the only one that its client has registered
 */
export function createOidcProvider(deps: {
  store: Store;
  clock: Clock;
  baseOf: (host: string) => string;
  redirectUri: () => string;
}) {
  const keys = createSigningKeys({ store: deps.store });
  const grants = new Map<string, Grant>();
  const bearers = new Map<string, Grant>();
  const keyOf = (name: string) => {
    keys.ensure(name);
    const key = keys.find(name);
    if (key === undefined) throw new Error('the OIDC provider has no key');
    return key;
  };

  function discovery(host: string): OidcAnswer {
    const base = deps.baseOf(host);
    return {
      status: 200,
      json: {
        issuer: `https://${host}`,
        authorization_endpoint: `${base}/authorize`,
        token_endpoint: `${base}/token`,
        userinfo_endpoint: `${base}/userinfo`,
        jwks_uri: `${base}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        code_challenge_methods_supported: ['S256'],
      },
    };
  }

  /** Before an address is shown, nothing is sent back to a client that isn't known. */
  function authorizeFault(parameters: URLSearchParams): string | undefined {
    if (parameters.get('client_id') !== registered.id) return 'This client is not registered.';
    if (parameters.get('redirect_uri') !== deps.redirectUri()) return 'This redirect URI is not registered.';
    if (parameters.get('response_type') !== 'code') return 'Only codes are given.';
    if (!(parameters.get('scope') ?? '').split(' ').includes('openid')) return 'The scope openid is missing.';
    const challenge = parameters.get('code_challenge');
    if (challenge !== null && parameters.get('code_challenge_method') !== 'S256')
      return 'Only S256 is supported.';
    return undefined;
  }

  function form(host: string, parameters: URLSearchParams): OidcAnswer {
    const verified = `<label class="check"><input name="verified" type="checkbox" value="true" checked> The address is verified</label>\n`;
    return { status: 200, html: providerPage(host, 'authorize', parameters, faults, verified) };
  }

  function decide(host: string, parameters: URLSearchParams): OidcAnswer {
    const fault = parameters.get('fault') ?? '';
    const email = parameters.get('email') ?? '';
    const back = new URL(deps.redirectUri());
    const state = parameters.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (fault === 'access_denied') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user refused.');
      return { status: 302, location: back.href };
    }
    const code = randomBytes(24).toString('base64url');
    const now = deps.clock.now();
    grants.set(code, {
      issuer: `https://${host}`,
      redirectUri: deps.redirectUri(),
      challenge: parameters.get('code_challenge') ?? undefined,
      nonce: parameters.get('nonce') ?? undefined,
      email,
      emailVerified: parameters.get('verified') === 'true',
      subject: parameters.get('subject') || subjectOf(host, email),
      fault,
      expiresAt: fault === 'stale-code' ? now : now + codeSeconds * 1000,
    });
    back.searchParams.set('code', code);
    return { status: 302, location: back.href };
  }

  function token(host: string, parameters: URLSearchParams, authorization: string | undefined): OidcAnswer {
    const refuse = (status: number, error: string) => ({ status, json: { error } });
    if (!isRegistered(parameters, authorization)) return refuse(401, 'invalid_client');
    if (parameters.get('grant_type') !== 'authorization_code') return refuse(400, 'unsupported_grant_type');
    const code = parameters.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const isGood =
      grant !== undefined &&
      grant.issuer === `https://${host}` &&
      grant.redirectUri === parameters.get('redirect_uri') &&
      deps.clock.now() < grant.expiresAt &&
      (grant.challenge === undefined ||
        grant.challenge === challengeOf(parameters.get('code_verifier') ?? ''));
    if (!isGood) return refuse(400, 'invalid_grant');
    const accessToken = randomBytes(24).toString('base64url');
    bearers.set(accessToken, grant);
    return {
      status: 200,
      json: {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: tokenSeconds,
        id_token: idTokenOf(grant),
      },
    };
  }

  function idTokenOf(grant: Grant): string {
    const now = Math.floor(deps.clock.now() / 1000);
    const key = keyOf(grant.fault === 'wrong-key' ? 'oidc-other' : 'oidc');
    const signed = signJwt(grant.fault === 'wrong-key' ? { ...key, kid: keyOf('oidc').kid } : key, {
      iss: grant.fault === 'wrong-issuer' ? 'https://other.example' : grant.issuer,
      aud: grant.fault === 'wrong-audience' ? 'other-client' : registered.id,
      exp: grant.fault === 'expired' ? now - 60 : now + tokenSeconds,
      iat: now,
      ...(grant.nonce !== undefined && { nonce: grant.nonce }),
      ...claimsOf(grant),
    });
    if (grant.fault !== 'unsigned') return signed;
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    return `${header}.${signed.split('.')[1]}.`;
  }

  return {
    async handle({ method, host, path, parameters, authorization }: OidcRequest): Promise<OidcAnswer> {
      switch (`${method} ${path}`) {
        case 'GET /.well-known/openid-configuration':
          return discovery(host);
        case 'GET /jwks':
          return { status: 200, json: { keys: [publicJwk(keyOf('oidc'))] } };
        case 'GET /authorize':
        case 'POST /authorize': {
          const fault = authorizeFault(parameters);
          if (fault !== undefined) return { status: 400, html: localPage('Not possible', `<p>${fault}</p>`) };
          return method === 'GET' ? form(host, parameters) : decide(host, parameters);
        }
        case 'POST /token':
          return token(host, parameters, authorization);
        case 'GET /userinfo': {
          const grant = bearers.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
          if (grant === undefined) return { status: 401, json: { error: 'invalid_token' } };
          return { status: 200, json: claimsOf(grant) };
        }
        default:
          return { status: 404, json: { error: 'not_found' } };
      }
    },
  };
}

function claimsOf({ subject, email, emailVerified, fault }: Grant) {
  return { sub: subject, ...(fault !== 'no-email' && { email, email_verified: emailVerified }) };
}

/** The same for an address, whatever its case, and in upper and lower case itself. */
function subjectOf(host: string, email: string): string {
  return createHash('sha256').update(`${host}\n${email.toLowerCase()}`).digest('base64url').slice(0, 22);
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

function isRegistered(parameters: URLSearchParams, authorization: string | undefined): boolean {
  const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [parameters.get('client_id'), parameters.get('client_secret')]
      : Buffer.from(basic, 'base64').toString('utf8').split(':');
  return id === registered.id && secret === registered.secret;
}
