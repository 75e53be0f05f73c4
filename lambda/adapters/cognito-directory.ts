import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Directory, Session } from '../../core/accounts.ts';
import { DaypassError } from '../../core/errors.ts';
import { awsClientSettings, boundedHandler } from './aws-client.ts';
import { endingInTime } from './call-time.ts';
import { invalidCode, refusalOf } from './cognito-refusals.ts';

export interface UserPoolEnvironment {
  USER_POOL_ID: string;
  USER_POOL_CLIENT_ID: string;
}

export function createCognitoDirectory(environment: UserPoolEnvironment): Directory {
  const { USER_POOL_ID: UserPoolId, USER_POOL_CLIENT_ID: ClientId } = environment;
  const client = endingInTime(
    new CognitoIdentityProviderClient({ ...awsClientSettings, requestHandler: boundedHandler(8000) }),
  );
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw refusalOf(error);
    }
  };

  const signUp = async (email: string, password: string) => {
    const UserAttributes = [{ Name: 'email', Value: email }];
    const command = new SignUpCommand({ ClientId, Username: email, Password: password, UserAttributes });
    return (await client.send(command)).UserSub;
  };

  /**
   * An address that was signed up but never confirmed belongs to nobody yet. Its owner must not confirm a
   * stranger's password, so the last sign-up counts, with a code of its own.
   */
  const signUpAgain = async (email: string, password: string) => {
    const user = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
    if (user.UserStatus !== 'UNCONFIRMED') return undefined;
    await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: email }));
    return signUp(email, password);
  };

  return {
    signUp: (email, password) =>
      ask(async () => {
        try {
          return await signUp(email, password);
        } catch (error) {
          if (!(error instanceof Error && error.name === 'UsernameExistsException')) throw error;
          return signUpAgain(email, password);
        }
      }),
    confirmWithoutCode: (email) =>
      ask(async () => {
        await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: email }));
        // A forgotten password can be reset only through a verified address.
        const verified = [{ Name: 'email_verified', Value: 'true' }];
        await client.send(
          new AdminUpdateUserAttributesCommand({ UserPoolId, Username: email, UserAttributes: verified }),
        );
      }),
    confirm: (email, code) =>
      ask(async () => {
        try {
          await client.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code }));
        } catch (error) {
          // An unknown or already confirmed address: like a wrong code, so that the answer does not tell.
          if (error instanceof Error && isAboutTheUser(error.name)) throw invalidCode();
          throw error;
        }
      }),
    resendCode: (email) =>
      ask(async () => {
        try {
          await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
        } catch (error) {
          // Unknown or already confirmed: the answer must not tell.
          if (!(error instanceof Error && isAboutTheUser(error.name))) throw error;
        }
      }),
    logIn: (email, password) =>
      ask(async () => {
        const answer = await client.send(
          new InitiateAuthCommand({
            ClientId,
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: email, PASSWORD: password },
          }),
        );
        return toSession(answer.AuthenticationResult);
      }),
    refresh: (refreshToken) =>
      ask(async () => {
        const answer = await client
          .send(
            new InitiateAuthCommand({
              ClientId,
              AuthFlow: 'REFRESH_TOKEN_AUTH',
              AuthParameters: { REFRESH_TOKEN: refreshToken },
            }),
          )
          .catch(refuseRefreshToken);
        return toSession(answer.AuthenticationResult, refreshToken);
      }),
    endSession: (refreshToken) =>
      ask(
        async () =>
          void (await client
            .send(new RevokeTokenCommand({ ClientId, Token: refreshToken }))
            .catch(refuseRefreshToken)),
      ),
    endAllSessions: (userId) =>
      ask(
        async () =>
          void (await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: userId }))),
      ),
    forgotPassword: (email) =>
      ask(async () => {
        try {
          await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
        } catch (error) {
          // An unconfirmed or disabled user can't get a code; the answer must not tell.
          if (!(error instanceof Error && isAboutTheUser(error.name))) throw error;
        }
      }),
    resetPassword: (email, code, password) =>
      ask(async () => {
        const proof = { ConfirmationCode: code, Password: password };
        await client.send(new ConfirmForgotPasswordCommand({ ClientId, Username: email, ...proof }));
        // Whoever knew the old password may be logged in with it.
        await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: email }));
      }),
    deleteUser: (userId) =>
      ask(async () => {
        try {
          await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: userId }));
        } catch (error) {
          if (!(error instanceof Error && error.name === 'UserNotFoundException')) throw error;
        }
      }),
  };
}

function isAboutTheUser(errorName: string): boolean {
  return ['UserNotFoundException', 'InvalidParameterException', 'NotAuthorizedException'].includes(errorName);
}

function refuseRefreshToken(error: unknown): never {
  const names = ['NotAuthorizedException', 'InvalidParameterException', 'UnsupportedTokenTypeException'];
  if (!(error instanceof Error && names.includes(error.name))) throw error;
  throw new DaypassError('invalid_refresh_token', 'This session has ended. Log in again.', {
    param: 'refreshToken',
  });
}

function toSession(result: AuthenticationResultType | undefined, knownRefreshToken?: string): Session {
  const refreshToken = result?.RefreshToken ?? knownRefreshToken;
  if (result?.IdToken === undefined || result.ExpiresIn === undefined || refreshToken === undefined) {
    throw new DaypassError(
      'invalid_credentials',
      'This account needs a further step to log in, which this API does not offer. Ask the operator.',
    );
  }
  return { token: result.IdToken, refreshToken, expiresIn: result.ExpiresIn };
}
