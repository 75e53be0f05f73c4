import {
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ProviderSessionPorts, ProviderTokens } from '../../../core/accounts/provider-session.ts';
import { loginFailed } from '../../../core/accounts/provider-session.ts';
import { createAppClient, type UserPoolEnvironment } from './app-client.ts';
import { ownFailure } from './refusals.ts';
import { createCognitoDirectory } from './sign-up-and-log-in.ts';

export interface LoginDomainEnvironment extends UserPoolEnvironment {
  /** Cognito's own domain of this pool, as a URL. */
  LOGIN_URL: string;
}

/** Cognito answers codes within a second. */
const tokenMs = 5000;

export function createProviderSessions(environment: LoginDomainEnvironment): ProviderSessionPorts {
  const { client, UserPoolId, ClientId, proven } = createAppClient(environment);
  const { refresh, endSession } = createCognitoDirectory(environment);
  return {
    clientId: ClientId,
    userPoolId: UserPoolId,
    refresh,
    endSession,
    redeem: ({ code, verifier, redirectUri }) =>
      proven(async ({ clientSecret }) => {
        const form = new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: ClientId,
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        });
        return askForTokens(`${environment.LOGIN_URL}/oauth2/token`, form, `${ClientId}:${clientSecret}`);
      }),
    async providersOf(userId) {
      const user = await client
        .send(new AdminGetUserCommand({ UserPoolId, Username: userId }))
        .catch((error: unknown) => {
          throw ownFailure(error);
        });
      const text = user.UserAttributes?.find(({ Name }) => Name === 'identities')?.Value ?? '[]';
      return (JSON.parse(text) as { providerName?: string }[]).map(({ providerName }) => providerName ?? '');
    },
    async vouchFor(userId) {
      const UserAttributes = [{ Name: 'email_verified', Value: 'true' }];
      const command = new AdminUpdateUserAttributesCommand({ UserPoolId, Username: userId, UserAttributes });
      await client.send(command).catch((error: unknown) => {
        throw ownFailure(error);
      });
    },
  };
}

/**
 * RFC 6749, 4.1.3. The access token of the answer is dropped here.
 * @throws DaypassError `provider_login_failed` for a code that Cognito refuses
 */
async function askForTokens(url: string, form: URLSearchParams, client: string): Promise<ProviderTokens> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },
    body: form,
    redirect: 'error',
    signal: AbortSignal.timeout(tokenMs),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.status === 400) {
    if (answer.error === 'invalid_client') throw clientRefused();
    throw loginFailed(new Error(`Cognito answered ${String(answer.error)}`));
  }
  if (!response.ok) throw new Error(`Cognito's token endpoint answered ${response.status}`);
  const { id_token: token, refresh_token: refreshToken, expires_in: expiresIn } = answer;
  if (typeof token !== 'string' || typeof refreshToken !== 'string' || typeof expiresIn !== 'number') {
    throw new Error('Cognito answered incomplete tokens');
  }
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  return { token, refreshToken, expiresIn, claims: JSON.parse(payload) as ProviderTokens['claims'] };
}

/** As the SDK names it, so that the secret is read again. */
function clientRefused(): Error {
  const error = new Error('The client secret was refused');
  error.name = 'NotAuthorizedException';
  return error;
}
