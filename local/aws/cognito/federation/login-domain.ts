import { createHash } from 'node:crypto';
import { asHtml, localPage } from '../../../http/local-page.ts';
import type { CognitoState } from '../shared-state.ts';
import { createAuthorizations } from './authorizations.ts';
import { userOfClaims } from './federated-user.ts';
import type { IdentityProvider } from './identity-providers.ts';
import { createOidcClient, type OidcClientDeps } from './oidc-client.ts';
import { createSamlClient } from './saml-client.ts';

export interface DomainRequest {
  method: string;
  /** Below the domain's root: `/oauth2/authorize`. */
  path: string;
  /** Of the query, or of a form. */
  parameters: URLSearchParams;
  authorization: string | undefined;
}

export type DomainAnswer =
  | { status: 302; location: string }
  | { status: number; html: string }
  | { status: number; json: object };

export interface LoginDomain {
  /** AWS::Cognito::UserPoolDomain, created or changed. */
  define(prefix: string, poolId: string): void;
  handle(request: DomainRequest): Promise<DomainAnswer>;
}

/**
 * A user pool's domain: the endpoints of managed login that federation uses. It keeps no session of its own, so each login goes to the
 * provider.
 * @param deps.url the domain's own, without a slash at its end
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function createLoginDomain(
  state: CognitoState,
  deps: { url: () => string } & Pick<OidcClientDeps, 'playedAt'> & {
      store: Parameters<typeof createAuthorizations>[0]['store'];
    },
): LoginDomain {
  const { logins, codes } = createAuthorizations({ ...state, store: deps.store });
  const oidc = createOidcClient({ clock: state.clock, playedAt: deps.playedAt });
  const saml = createSamlClient({ clock: state.clock, playedAt: deps.playedAt });
  const domains = deps.store.collection<{ poolId: string }>('cognito/domains');
  const redirectUri = () => `${deps.url()}/oauth2/idpresponse`;

  async function authorize(parameters: URLSearchParams): Promise<DomainAnswer> {
    const client = state.clients.find(parameters.get('client_id') ?? '');
    if (client === undefined || !domains.list().some(({ value }) => value.poolId === client.poolId)) {
      return fault('Client does not exist.');
    }
    const to = parameters.get('redirect_uri') ?? '';
    // Nothing may be sent to an address that the client has not registered.
    if (!client.properties.CallbackURLs?.includes(to)) return fault('redirect_mismatch');
    const appState = parameters.get('state') ?? undefined;
    const refuse = (error: string, description?: string) =>
      back(to, { error, error_description: description, state: appState });
    const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows, AllowedOAuthScopes } = client.properties;
    const type = parameters.get('response_type');
    if (type !== 'code' || !AllowedOAuthFlowsUserPoolClient || !AllowedOAuthFlows?.includes('code')) {
      return refuse('unauthorized_client');
    }
    const scope = parameters.get('scope') ?? AllowedOAuthScopes?.join(' ') ?? '';
    if (scope.split(' ').some((one) => !AllowedOAuthScopes?.includes(one))) return refuse('invalid_scope');
    const challenge = parameters.get('code_challenge') ?? undefined;
    if (challenge !== undefined && parameters.get('code_challenge_method') !== 'S256') {
      return refuse('invalid_request', 'code_challenge_method must be S256');
    }
    const offered = client.properties.SupportedIdentityProviders ?? [];
    const named = parameters.get('identity_provider') ?? (offered.length === 1 ? offered[0] : undefined);
    if (named === undefined) return chooser(offered, parameters);
    const provider = offered.includes(named) ? state.identityProviders.find(client.poolId, named) : undefined;
    if (provider === undefined) return fault('Identity provider is not enabled for this client.');
    const samlRequest = `_${state.randomness.bytes(16).toString('hex')}`;
    const login = logins.issue({
      poolId: client.poolId,
      clientId: client.id,
      redirectUri: to,
      scope,
      state: appState,
      nonce: parameters.get('nonce') ?? undefined,
      challenge,
      provider: named,
      samlRequest,
    });
    return { status: 302, location: await addressAt(provider, client.poolId, login, samlRequest) };
  }

  function addressAt(provider: IdentityProvider, poolId: string, login: string, samlRequest: string) {
    if (provider.ProviderType === 'OIDC') return oidc.authorizeUrl(provider, login, redirectUri());
    return saml.requestUrl(provider, expectedOf(poolId, samlRequest), login);
  }

  const expectedOf = (poolId: string, requestId: string) => ({
    replyUrl: `${deps.url()}/saml2/idpresponse`,
    audience: `urn:amazon:cognito:sp:${poolId}`,
    requestId,
  });

  /** Only logins that were begun here: the pool takes none that a provider begins. */
  async function samlResponse(form: URLSearchParams): Promise<DomainAnswer> {
    const login = logins.take(form.get('RelayState') ?? '');
    if (login?.samlRequest === undefined) {
      return fault('Invalid samlResponse or relayState from identity provider');
    }
    const answer = (pairs: Record<string, string | undefined>) =>
      back(login.redirectUri, { ...pairs, state: login.state });
    try {
      const { client, pool } = state.clients.inPool(login.poolId, login.clientId);
      const provider = state.identityProviders.find(pool.id, login.provider);
      if (provider?.ProviderType !== 'SAML') throw new Error(`no provider ${login.provider}`);
      const expected = expectedOf(pool.id, login.samlRequest);
      const claims = await saml.claimsOf(provider, expected, form.get('SAMLResponse') ?? '');
      const user = await userOfClaims(state, pool, client, provider, claims);
      return answer({ code: codes.issue({ authorization: login, sub: user.sub }) });
    } catch (error) {
      return answer({
        error: 'server_error',
        error_description: `Invalid SAML response received: ${(error as Error).message}`,
      });
    }
  }

  async function idpResponse(parameters: URLSearchParams): Promise<DomainAnswer> {
    const login = logins.take(parameters.get('state') ?? '');
    if (login === undefined) return fault('Invalid state: the login is unknown, used or too old.');
    const answer = (pairs: Record<string, string | undefined>) =>
      back(login.redirectUri, { ...pairs, state: login.state });
    const code = parameters.get('code');
    const refusal = parameters.get('error');
    if (refusal !== null || code === null) {
      return answer({
        error: refusal ?? 'invalid_request',
        error_description: parameters.get('error_description') ?? undefined,
      });
    }
    try {
      const { client, pool } = state.clients.inPool(login.poolId, login.clientId);
      const provider = state.identityProviders.find(pool.id, login.provider);
      if (provider?.ProviderType !== 'OIDC') throw new Error(`no provider ${login.provider}`);
      const claims = await oidc.claimsOfCode(provider, code, redirectUri());
      const user = await userOfClaims(state, pool, client, provider, claims);
      return answer({ code: codes.issue({ authorization: login, sub: user.sub }) });
    } catch (error) {
      return answer({ error: 'invalid_request', error_description: (error as Error).message });
    }
  }

  /** https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html */
  function token(form: URLSearchParams, authorization: string | undefined): DomainAnswer {
    const refuse = (error: string) => ({ status: 400, json: { error } });
    const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
    const [basicId, ...rest] =
      basic === undefined ? [] : Buffer.from(basic, 'base64').toString('utf8').split(':');
    const client = state.clients.find(basicId ?? form.get('client_id') ?? '');
    const secret = basicId === undefined ? form.get('client_secret') : rest.join(':');
    if (client === undefined || (client.secret !== undefined && client.secret !== secret)) {
      return refuse('invalid_client');
    }
    if (basicId !== undefined && (form.get('client_id') ?? basicId) !== basicId)
      return refuse('invalid_client');
    if (form.get('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type');
    const grant = codes.take(form.get('code') ?? '');
    if (grant?.authorization.clientId !== client.id) return refuse('invalid_grant');
    const { redirectUri: to, challenge, nonce, scope, poolId } = grant.authorization;
    if (form.get('redirect_uri') !== to) return refuse('invalid_grant');
    if (challenge !== undefined && challenge !== challengeOf(form.get('code_verifier') ?? '')) {
      return refuse('invalid_grant');
    }
    const user = state.users.bySub(poolId, grant.sub);
    if (!user?.enabled) return refuse('invalid_grant');
    const login = state.logins.start(client, user);
    const { pool } = state.clients.withPool(client.id);
    const tokens = state.tokens.issue(pool, client, user, login, { nonce, scope });
    return {
      status: 200,
      json: {
        id_token: tokens.IdToken,
        access_token: tokens.AccessToken,
        refresh_token: state.logins.issueRefreshToken(login),
        expires_in: tokens.ExpiresIn,
        token_type: tokens.TokenType,
      },
    };
  }

  function logout(parameters: URLSearchParams): DomainAnswer {
    const client = state.clients.find(parameters.get('client_id') ?? '');
    const to = parameters.get('logout_uri') ?? '';
    if (!client?.properties.LogoutURLs?.includes(to))
      return fault('Required String parameter logout_uri is not registered.');
    return { status: 302, location: to };
  }

  return {
    define(prefix, poolId) {
      domains.put(prefix, { poolId });
    },
    async handle({ method, path, parameters, authorization }) {
      switch (`${method} ${path}`) {
        case 'GET /oauth2/authorize':
        case 'GET /login':
          return authorize(parameters);
        case 'GET /oauth2/idpresponse':
          return idpResponse(parameters);
        case 'POST /saml2/idpresponse':
          return samlResponse(parameters);
        case 'POST /oauth2/token':
          return token(parameters, authorization);
        case 'GET /logout':
          return logout(parameters);
        default:
          return fault(`${method} ${path} is not supported by the local Cognito stand-in.`, 404);
      }
    },
  };
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

function back(to: string, pairs: Record<string, string | undefined>): DomainAnswer {
  const url = new URL(to);
  for (const [name, value] of Object.entries(pairs))
    if (value !== undefined) url.searchParams.set(name, value);
  return { status: 302, location: url.href };
}

function fault(text: string, status = 400): DomainAnswer {
  return { status, html: localPage('An error was encountered', `<p>${asHtml(text)}</p>`) };
}

/** Managed login's page, where a client has several providers. */
function chooser(names: readonly string[], parameters: URLSearchParams): DomainAnswer {
  const links = names.map((name) => {
    const search = new URLSearchParams([...parameters, ['identity_provider', name]]);
    return `<li><a href="authorize?${asHtml(search.toString())}">Continue with ${asHtml(name)}</a></li>`;
  });
  return { status: 200, html: localPage('Sign in', `<ul>${links.join('')}</ul>`) };
}
