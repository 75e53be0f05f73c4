import {
  AdminGetUserCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Authenticators } from '../../../core/accounts/authenticator.ts';
import { DaypassError } from '../../../core/errors.ts';
import { answerCode } from './answer-code.ts';
import { createAppClient, type UserPoolEnvironment } from './app-client.ts';
import { ownFailure, refusalOf } from './refusals.ts';

/** The access tokens that Cognito asks for stay in these functions. */
export function createAuthenticators(environment: UserPoolEnvironment): Authenticators {
  const { client, UserPoolId, ClientId, proven } = createAppClient(environment);

  /** @throws DaypassError `invalid_credentials` @returns tokens, or a challenge */
  const authenticate = (email: string, password: string) =>
    proven(async ({ hashFor }) => {
      const AuthParameters = { USERNAME: email, PASSWORD: password, SECRET_HASH: hashFor(email) };
      const command = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
      return client.send(command);
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });

  /** @throws DaypassError `invalid_code` if codes are asked for already */
  const accessTokenOf = async (email: string, password: string) => {
    const { AuthenticationResult } = await authenticate(email, password);
    if (AuthenticationResult?.AccessToken !== undefined) return AuthenticationResult.AccessToken;
    throw new DaypassError('invalid_code', 'An authenticator app is set up already. Remove it first.');
  };

  const prefer = (AccessToken: string, isOn: boolean) =>
    client.send(
      new SetUserMFAPreferenceCommand({
        AccessToken,
        SoftwareTokenMfaSettings: { Enabled: isOn, PreferredMfa: isOn },
      }),
    );

  return {
    async isOn(userId) {
      const user = await client
        .send(new AdminGetUserCommand({ UserPoolId, Username: userId }))
        .catch((error: unknown) => {
          throw ownFailure(error);
        });
      return user.UserMFASettingList?.includes('SOFTWARE_TOKEN_MFA') === true;
    },
    async setUp(email, password) {
      const AccessToken = await accessTokenOf(email, password);
      const { SecretCode } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
      if (SecretCode === undefined) throw new Error('Cognito answered no secret');
      return SecretCode;
    },
    async confirm(email, password, code) {
      const AccessToken = await accessTokenOf(email, password);
      await answerCode(async () => {
        await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: code }));
      });
      await prefer(AccessToken, true);
    },
    async remove(email, password, code) {
      const { Session, ChallengeName } = await authenticate(email, password);
      if (ChallengeName !== 'SOFTWARE_TOKEN_MFA') return;
      const answer = await answerCode(() =>
        proven(({ hashFor }) =>
          client.send(
            new RespondToAuthChallengeCommand({
              ClientId,
              ChallengeName,
              Session,
              ChallengeResponses: {
                USERNAME: email,
                SOFTWARE_TOKEN_MFA_CODE: code,
                SECRET_HASH: hashFor(email),
              },
            }),
          ),
        ),
      );
      const token = answer.AuthenticationResult?.AccessToken;
      if (token === undefined) throw new Error('Cognito answered no tokens');
      await prefer(token, false);
    },
  };
}
