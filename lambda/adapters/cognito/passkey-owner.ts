import {
  CompleteWebAuthnRegistrationCommand,
  DeleteWebAuthnCredentialCommand,
  GetTokensFromRefreshTokenCommand,
  ListWebAuthnCredentialsCommand,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { PasskeyOwner } from '../../../core/accounts/passkeys.ts';
import { DaypassError } from '../../../core/errors.ts';
import type { AppClient } from './app-client.ts';
import { refusalOf } from './refusals.ts';
import { refuseRefreshToken } from './sign-up-and-log-in.ts';

/** Cognito's limit: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html */
const mostPasskeys = 20;

/** The access token that Cognito asks for stays in the function. */
export async function passkeyOwner(
  { client, ClientId, proven }: AppClient,
  RefreshToken: string,
): Promise<PasskeyOwner> {
  const { AuthenticationResult: tokens } = await proven(({ clientSecret: ClientSecret }) =>
    client
      .send(new GetTokensFromRefreshTokenCommand({ ClientId, ClientSecret, RefreshToken }))
      .catch(refuseRefreshToken),
  ).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const { AccessToken, IdToken } = tokens ?? {};
  if (AccessToken === undefined || IdToken === undefined) throw new Error('Cognito answered no tokens');

  return {
    // Cognito has just sent it, so its signature needs no check.
    claims: JSON.parse(Buffer.from(IdToken.split('.')[1] ?? '', 'base64url').toString('utf8')),

    async list() {
      const command = new ListWebAuthnCredentialsCommand({ AccessToken, MaxResults: mostPasskeys });
      const { Credentials = [] } = await client.send(command).catch(refuse);
      return Credentials.map((one) => ({
        id: one.CredentialId ?? '',
        name: one.FriendlyCredentialName ?? '',
        kind: kindOf(one.AuthenticatorAttachment),
        createdAt: one.CreatedAt?.getTime() ?? 0,
      }));
    },

    async begin() {
      const command = new StartWebAuthnRegistrationCommand({ AccessToken });
      const { CredentialCreationOptions: options } = await client.send(command).catch(refuse);
      const { authenticatorSelection, ...rest } = options as Record<string, object>;
      // Logins name no passkeys, so each must be found by the browser, and be used by its owner alone.
      const selection = { residentKey: 'required', requireResidentKey: true, userVerification: 'required' };
      return { ...rest, authenticatorSelection: { ...authenticatorSelection, ...selection } };
    },

    async finish(credential) {
      const Credential = credential as Record<string, string>;
      await client.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential })).catch(refuse);
    },

    async remove(CredentialId) {
      const command = new DeleteWebAuthnCredentialCommand({ AccessToken, CredentialId });
      await client.send(command).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') refuse(error);
        throw new DaypassError('not_found', 'You have no such passkey.');
      });
    },
  };
}

function kindOf(attachment: string | undefined) {
  if (attachment === 'platform') return 'device';
  return attachment === 'cross-platform' ? 'key' : undefined;
}

const refusedCredentials: Record<string, string> = {
  WebAuthnChallengeNotFoundException: 'This took too long. Begin again.',
  WebAuthnOriginNotAllowedException: 'This passkey was made on another site.',
  WebAuthnRelyingPartyMismatchException: 'This passkey was made for another site.',
  WebAuthnCredentialNotSupportedException: 'This kind of passkey can’t be used here.',
  WebAuthnClientMismatchException: 'This passkey was begun in another way. Begin again.',
  InvalidParameterException: 'This passkey was not accepted.',
};

function refuse(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'LimitExceededException' && !/attempt/i.test(error.message)) {
    const message = `You have ${mostPasskeys} passkeys, and can’t have more. Remove one first.`;
    throw new DaypassError('invalid_request', message);
  }
  const message = refusedCredentials[error.name];
  if (message === undefined) throw refusalOf(error);
  throw new DaypassError('invalid_request', message, { param: 'credential', cause: error });
}
