import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import { uncheckedClaims } from '../tokens/jwt.ts';
import type { OidcProvider } from './identity-providers.ts';

/** What is wrong with a provider or its answer, in the words that Cognito hands to the app. */
export class ProviderFault extends Error {
  override name = 'ProviderFault';
}

interface Discovery {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  userinfo_endpoint?: string;
  jwks_uri: string;
}

export interface OidcClientDeps {
  clock: Clock;
  /** Where the built-in provider plays this issuer; undefined: ask it itself. */
  playedAt(issuer: string): string | undefined;
}

/** Cognito's side of OpenID Connect: it has no PKCE and no nonce for providers, and authenticates by `client_secret_post`. */
export function createOidcClient({ clock, playedAt }: OidcClientDeps) {
  async function discover({ ProviderDetails: { oidc_issuer: issuer } }: OidcProvider): Promise<Discovery> {
    const url = `${playedAt(issuer) ?? issuer}/.well-known/openid-configuration`;
    const document = (await askJson(url)) as unknown as Discovery;
    if (document.issuer !== issuer) throw new ProviderFault(`Bad issuer ${document.issuer}`);
    return document;
  }

  return {
    async authorizeUrl(provider: OidcProvider, state: string, redirectUri: string): Promise<string> {
      const { authorization_endpoint } = await discover(provider);
      const { client_id, authorize_scopes } = provider.ProviderDetails;
      const search = new URLSearchParams({
        client_id,
        redirect_uri: redirectUri,
        scope: authorize_scopes,
        response_type: 'code',
        state,
      });
      return `${authorization_endpoint}?${search}`;
    },

    /** @throws ProviderFault @returns the user's claims, those of the ID token and of `userinfo` */
    async claimsOfCode(provider: OidcProvider, code: string, redirectUri: string) {
      const document = await discover(provider);
      const { client_id, client_secret, attributes_request_method } = provider.ProviderDetails;
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        client_id,
        client_secret,
      };
      const answer = await askJson(document.token_endpoint, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      const claims = await verified(document, String(answer.id_token), client_id);
      if (document.userinfo_endpoint === undefined) return claims;
      const more = await askJson(document.userinfo_endpoint, {
        method: attributes_request_method,
        headers: { authorization: `Bearer ${String(answer.access_token)}` },
      });
      if (more.sub !== claims.sub) throw new ProviderFault('userinfo is about another user');
      return { ...more, ...claims };
    },
  };

  async function verified(document: Discovery, token: string, clientId: string) {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as {
      alg?: string;
      kid?: string;
    };
    if (header.alg !== 'RS256') throw new ProviderFault(`Bad id_token algorithm ${header.alg}`);
    const { keys } = (await askJson(document.jwks_uri)) as { keys: (JsonWebKey & { kid?: string })[] };
    const jwk = keys.find(({ kid }) => kid === header.kid);
    if (jwk === undefined) throw new ProviderFault('Bad id_token key');
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${payload}`),
      key,
      Buffer.from(signature, 'base64url'),
    );
    if (!isSigned) throw new ProviderFault('Bad id_token signature');
    const claims = uncheckedClaims(token) ?? {};
    if (claims.iss !== document.issuer) throw new ProviderFault(`Bad id_token issuer ${String(claims.iss)}`);
    if (![claims.aud].flat().includes(clientId)) throw new ProviderFault('Bad id_token audience');
    if (!(Number(claims.exp) > clock.now() / 1000)) throw new ProviderFault('id_token is expired');
    if (typeof claims.sub !== 'string' || claims.sub === '') throw new ProviderFault('id_token has no sub');
    return claims as Record<string, unknown> & { sub: string };
  }
}

const patienceMs = 10_000;

async function askJson(url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  const body = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new ProviderFault(String(body.error ?? `status ${response.status}`));
  return body;
}
