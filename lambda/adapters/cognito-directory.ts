import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
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

  const signIn = async (email: string, password: string) => {
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return requireResult((await client.send(command)).AuthenticationResult);
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
    logIn: (email, password) => ask(async () => toSession(await signIn(email, password))),
    refresh: (refreshToken) =>
      ask(async () => {
        // Unlike InitiateAuth, it also works where the operator has turned refresh token rotation on.
        const answer = await client
          .send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: refreshToken }))
          .catch(refuseRefreshToken);
        return toSession(requireResult(answer.AuthenticationResult), refreshToken);
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
      }),
    changePassword: (email, currentPassword, newPassword) =>
      ask(async () => {
        const { AccessToken } = await signIn(email, currentPassword);
        const passwords = { PreviousPassword: currentPassword, ProposedPassword: newPassword };
        try {
          await client.send(new ChangePasswordCommand({ AccessToken, ...passwords }));
        } catch (error) {
          // The current one was right a moment ago: an attempt whose reply was lost may have changed it.
          if (!(error instanceof Error && error.name === 'NotAuthorizedException')) throw error;
          await signIn(email, newPassword);
        }
      }),
    userIdOf: (email) =>
      ask(async () => {
        const user = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
        const sub = user.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
        if (sub === undefined) throw new Error('Cognito told no sub of a user');
        return sub;
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

const endsOfASession = new Set([
  'NotAuthorizedException',
  'InvalidParameterException',
  'UnsupportedTokenTypeException',
  'RefreshTokenReuseException',
  'UserNotFoundException',
]);

function refuseRefreshToken(error: unknown): never {
  if (!(error instanceof Error && endsOfASession.has(error.name))) throw error;
  throw new DaypassError('invalid_refresh_token', 'This session has ended. Log in again.', {
    param: 'refreshToken',
  });
}

function requireResult(result: AuthenticationResultType | undefined): AuthenticationResultType {
  if (result !== undefined) return result;
  throw new DaypassError(
    'invalid_credentials',
    'This account needs a further step to log in, which this API does not offer. Ask the operator.',
  );
}

function toSession(result: AuthenticationResultType, knownRefreshToken?: string): Session {
  const { IdToken: token, ExpiresIn: expiresIn, RefreshToken: refreshToken = knownRefreshToken } = result;
  if (token === undefined || expiresIn === undefined || refreshToken === undefined) {
    throw new Error('Cognito left out a part of the session');
  }
  return { token, refreshToken, expiresIn };
}
