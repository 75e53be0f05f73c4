import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Directory, Session } from '../../../core/accounts/accounts.ts';
import { invalidCode } from '../../../core/accounts/confirm-registration.ts';
import { DaypassError } from '../../../core/errors.ts';
import { createAppClient, type Proof, type UserPoolEnvironment } from './app-client.ts';
import { failureOfOurs, isAboutTheSecret, refusalOf } from './refusals.ts';

export function createCognitoDirectory(environment: UserPoolEnvironment): Directory {
  const { client, UserPoolId, ClientId, proven } = createAppClient(environment);
  /** Calls with what the caller gave: what Cognito refuses of it is told. */
  const ask = async <T>(work: (proof: Proof) => Promise<T>): Promise<T> => {
    try {
      return await proven(work);
    } catch (error) {
      throw refusalOf(error);
    }
  };
  /** Calls in our own right. What Cognito refuses there is no fault of the caller's. */
  const manage = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw failureOfOurs(error);
    }
  };

  const signUp = async (proof: Proof, email: string, password: string) => {
    const command = new SignUpCommand({
      ClientId,
      SecretHash: proof.hashFor(email),
      Username: email,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: email }],
    });
    return (await client.send(command)).UserSub;
  };

  const signIn = async (proof: Proof, email: string, password: string) => {
    const AuthParameters = { USERNAME: email, PASSWORD: password, SECRET_HASH: proof.hashFor(email) };
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return requireResult((await client.send(command)).AuthenticationResult);
  };

  /**
   * An address that was signed up but never confirmed belongs to nobody yet: the last sign-up counts, with a user
   * and a code of its own. @returns whether the address is free now
   */
  const dropUnconfirmed = (email: string) =>
    manage(async () => {
      const user = await client
        .send(new AdminGetUserCommand({ UserPoolId, Username: email }))
        .catch(unlessGone);
      if (user === undefined) return true;
      if (user.UserStatus !== 'UNCONFIRMED' || user.Username === undefined) return false;
      // By its id: a user who signed the address up meanwhile stays.
      await client
        .send(new AdminDeleteUserCommand({ UserPoolId, Username: user.Username }))
        .catch(unlessGone);
      return true;
    });

  return {
    signUp: (email, password) =>
      ask(async (proof) => {
        try {
          return await signUp(proof, email, password);
        } catch (error) {
          if (!isNamed(error, 'UsernameExistsException')) throw error;
          if (!(await dropUnconfirmed(email))) return undefined;
          return await signUp(proof, email, password);
        }
      }),
    confirmWithoutCode: (userId) =>
      manage(async () => {
        await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: userId }));
        // A forgotten password can be reset only through a verified address.
        const verified = [{ Name: 'email_verified', Value: 'true' }];
        await client.send(
          new AdminUpdateUserAttributesCommand({ UserPoolId, Username: userId, UserAttributes: verified }),
        );
      }),
    confirm: (userId, code) =>
      ask(async (proof) => {
        const user = { Username: userId, SecretHash: proof.hashFor(userId) };
        try {
          await client.send(new ConfirmSignUpCommand({ ClientId, ...user, ConfirmationCode: code }));
        } catch (error) {
          // An unknown or already confirmed user: like a wrong code, so that the answer does not tell.
          throw isAboutTheUser(error) ? invalidCode() : error;
        }
      }),
    resendCode: (email) =>
      ask(async (proof) => {
        const user = { Username: email, SecretHash: proof.hashFor(email) };
        try {
          await client.send(new ResendConfirmationCodeCommand({ ClientId, ...user }));
        } catch (error) {
          // Unknown or already confirmed: the answer must not tell.
          if (!isAboutTheUser(error)) throw error;
        }
      }),
    logIn: (email, password) => ask(async (proof) => toSession(await signIn(proof, email, password))),
    refresh: (refreshToken) =>
      ask(async ({ clientSecret }) => {
        const session = { ClientId, ClientSecret: clientSecret, RefreshToken: refreshToken };
        // Unlike InitiateAuth, it also works where the operator has turned refresh token rotation on.
        const answer = await client
          .send(new GetTokensFromRefreshTokenCommand(session))
          .catch(refuseRefreshToken);
        return toSession(requireResult(answer.AuthenticationResult), refreshToken);
      }),
    endSession: (refreshToken) =>
      ask(async ({ clientSecret }) => {
        const session = { ClientId, ClientSecret: clientSecret, Token: refreshToken };
        await client.send(new RevokeTokenCommand(session)).catch(refuseRefreshToken);
      }),
    endAllSessions: (userId) =>
      manage(async () => {
        // Whoever is gone has no sessions.
        await client
          .send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: userId }))
          .catch(unlessGone);
      }),
    forgotPassword: (email) =>
      ask(async (proof) => {
        const user = { Username: email, SecretHash: proof.hashFor(email) };
        try {
          await client.send(new ForgotPasswordCommand({ ClientId, ...user }));
        } catch (error) {
          // An unconfirmed or disabled user can't get a code; the answer must not tell.
          if (!isAboutTheUser(error)) throw error;
        }
      }),
    resetPassword: (email, code, password) =>
      ask(async (proof) => {
        const user = { Username: email, SecretHash: proof.hashFor(email) };
        const change = { ConfirmationCode: code, Password: password };
        await client.send(new ConfirmForgotPasswordCommand({ ClientId, ...user, ...change }));
      }),
    changePassword: (email, currentPassword, newPassword) =>
      ask(async (proof) => {
        // The one use of an access token. It goes nowhere, and the end of all sessions that follows ends it.
        const { AccessToken } = await signIn(proof, email, currentPassword);
        const passwords = { PreviousPassword: currentPassword, ProposedPassword: newPassword };
        try {
          await client.send(new ChangePasswordCommand({ AccessToken, ...passwords }));
        } catch (error) {
          // The current one was right a moment ago: an attempt whose reply was lost may have changed it.
          if (!isNamed(error, 'NotAuthorizedException')) throw error;
          await signIn(proof, email, newPassword);
        }
      }),
    userIdOf: (email) =>
      manage(async () => {
        const user = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
        const sub = user.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
        if (sub === undefined) throw new Error('Cognito told no sub of a user');
        return sub;
      }),
    deleteUser: (userId) =>
      manage(async () => {
        await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: userId })).catch(unlessGone);
      }),
  };
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** For what is done when the user is gone. */
function unlessGone(error: unknown): undefined {
  if (!isNamed(error, 'UserNotFoundException')) throw error;
  return undefined;
}

/** Who there is, and in what state. A refused secret has the same name and is about none. */
function isAboutTheUser(error: unknown): boolean {
  return (
    isNamed(error, 'UserNotFoundException', 'InvalidParameterException', 'NotAuthorizedException') &&
    !isAboutTheSecret(error)
  );
}

const endsOfASession = [
  'NotAuthorizedException',
  'InvalidParameterException',
  'UnsupportedTokenTypeException',
  'RefreshTokenReuseException',
  'UserNotFoundException',
];

function refuseRefreshToken(error: unknown): never {
  if (!isNamed(error, ...endsOfASession) || isAboutTheSecret(error)) throw error;
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

/** Leaves the access token behind: with it alone its holder could write attributes and delete the user. */
function toSession(result: AuthenticationResultType, knownRefreshToken?: string): Session {
  const { IdToken: token, ExpiresIn: expiresIn, RefreshToken: refreshToken = knownRefreshToken } = result;
  if (token === undefined || expiresIn === undefined || refreshToken === undefined) {
    throw new Error('Cognito left out a part of the session');
  }
  return { token, refreshToken, expiresIn };
}
