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
  type InitiateAuthResponse,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Directory, LoginChallenge, Session } from '../../../core/accounts/ports.ts';
import { invalidCode } from '../../../core/accounts/refusals.ts';
import { DaypassError } from '../../../core/errors.ts';
import { answerCode } from './answer-code.ts';
import { createAppClient, type Proof, type UserPoolEnvironment } from './app-client.ts';
import { isAboutTheSecret, ownFailure, refusalOf } from './refusals.ts';

/** What users do about their own account: sign up, log in and stay so, change or reset the password, leave. */
export function createCognitoDirectory(environment: UserPoolEnvironment): Directory {
  const { client, UserPoolId, ClientId, proven } = createAppClient(environment);
  /** Makes calls with the caller's values; Cognito's refusals are the caller's. */
  const ask = async <T>(work: (proof: Proof) => Promise<T>): Promise<T> => {
    try {
      return await proven(work);
    } catch (error) {
      throw refusalOf(error);
    }
  };
  /** Makes calls with our own values; Cognito's refusals are our failures. */
  const manage = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw ownFailure(error);
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

  const authenticate = async (proof: Proof, email: string, password: string) => {
    const AuthParameters = { USERNAME: email, PASSWORD: password, SECRET_HASH: proof.hashFor(email) };
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return client.send(command);
  };

  /**
   * Deletes a user who was never confirmed, since the address belongs to no one until then and the latest sign-up counts.
   * @returns whether the address is free now
   */
  const deleteUnconfirmed = (email: string) =>
    manage(async () => {
      const user = await client
        .send(new AdminGetUserCommand({ UserPoolId, Username: email }))
        .catch(unlessGone);
      if (user === undefined) return true;
      if (user.UserStatus !== 'UNCONFIRMED' || user.Username === undefined) return false;
      // By id, so that a user who signed up with the address meanwhile stays.
      await client
        .send(new AdminDeleteUserCommand({ UserPoolId, Username: user.Username }))
        .catch(unlessGone);
      return true;
    });

  /** The answer must not reveal that a user is unknown, confirmed or disabled, and so gets no code. */
  const sendCode = (email: string, send: (user: CodeReceiver) => Promise<unknown>): Promise<void> =>
    ask(async (proof) => {
      try {
        await send({ ClientId, Username: email, SecretHash: proof.hashFor(email) });
      } catch (error) {
        if (!isAboutTheUser(error)) throw error;
      }
    });

  return {
    signUp: (email, password) =>
      ask(async (proof) => {
        try {
          return await signUp(proof, email, password);
        } catch (error) {
          if (!isNamed(error, 'UsernameExistsException')) throw error;
          if (!(await deleteUnconfirmed(email))) return undefined;
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
          // An unknown or confirmed user is answered like a wrong code, so that the answer reveals nothing.
          throw isAboutTheUser(error) ? invalidCode() : error;
        }
      }),
    resendCode: (email) => sendCode(email, (user) => client.send(new ResendConfirmationCodeCommand(user))),
    logIn: (email, password) =>
      ask(async (proof) => {
        const { AuthenticationResult } = await authenticate(proof, email, password);
        return toSession(requireResult(AuthenticationResult));
      }),
    beginLogin: (email, password) =>
      ask(async (proof) => {
        const { AuthenticationResult, ...rest } = await authenticate(proof, email, password);
        return challengeIn(email, rest) ?? toSession(requireResult(AuthenticationResult));
      }),
    answerChallenge: (session, code) =>
      answerCode(() =>
        proven(async (proof) => {
          const { email, cognito } = readChallenge(session);
          const command = new RespondToAuthChallengeCommand({
            ClientId,
            ChallengeName: 'SOFTWARE_TOKEN_MFA',
            Session: cognito,
            ChallengeResponses: {
              USERNAME: email,
              SOFTWARE_TOKEN_MFA_CODE: code,
              SECRET_HASH: proof.hashFor(email),
            },
          });
          return toSession(requireResult((await client.send(command)).AuthenticationResult));
        }),
      ),
    refresh: (refreshToken) =>
      ask(async ({ clientSecret }) => {
        const session = { ClientId, ClientSecret: clientSecret, RefreshToken: refreshToken };
        // Unlike InitiateAuth, this also works with refresh token rotation.
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
        await client
          .send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: userId }))
          .catch(unlessGone);
      }),
    forgotPassword: (email) => sendCode(email, (user) => client.send(new ForgotPasswordCommand(user))),
    resetPassword: (email, code, password) =>
      ask(async (proof) => {
        const user = { Username: email, SecretHash: proof.hashFor(email) };
        const change = { ConfirmationCode: code, Password: password };
        await client.send(new ConfirmForgotPasswordCommand({ ClientId, ...user, ...change }));
      }),
    changePassword: (email, currentPassword, newPassword) =>
      ask(async (proof) => {
        // The only use of an access token. It doesn't leave this function, and ending all sessions afterwards revokes it.
        const { AuthenticationResult, ChallengeName } = await authenticate(proof, email, currentPassword);
        // A code works once, and the new session would need a second one.
        if (ChallengeName === 'SOFTWARE_TOKEN_MFA')
          throw removeAppFirst('change the password and set the app up again');
        const { AccessToken } = requireResult(AuthenticationResult);
        const passwords = { PreviousPassword: currentPassword, ProposedPassword: newPassword };
        try {
          await client.send(new ChangePasswordCommand({ AccessToken, ...passwords }));
        } catch (error) {
          // The current password was right just now, so an attempt whose reply was lost may have changed it.
          if (!isNamed(error, 'NotAuthorizedException')) throw error;
          await authenticate(proof, email, newPassword);
        }
      }),
    userIdOf: (email) =>
      manage(async () => {
        const user = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
        const sub = user.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
        if (sub === undefined) throw new Error('Cognito answered no sub of a user');
        return sub;
      }),
    deleteUser: (userId) =>
      manage(async () => {
        await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: userId })).catch(unlessGone);
      }),
  };
}

/** Cognito asks for the address again with the code, so it goes with the session. */
function challengeIn(
  email: string,
  { ChallengeName, Session: cognito }: Pick<InitiateAuthResponse, 'ChallengeName' | 'Session'>,
): LoginChallenge | undefined {
  if (ChallengeName !== 'SOFTWARE_TOKEN_MFA' || cognito === undefined) return undefined;
  const session = Buffer.from(JSON.stringify({ email, cognito })).toString('base64url');
  return { challenge: 'authenticator', session };
}

/** @throws DaypassError `invalid_credentials` for anything else than `challengeIn` wrote */
function readChallenge(session: string): { email: string; cognito: string } {
  try {
    const { email, cognito } = JSON.parse(Buffer.from(session, 'base64url').toString('utf8'));
    if (typeof email === 'string' && typeof cognito === 'string' && cognito.length >= 20) {
      return { email, cognito };
    }
  } catch {
    // Answered like a session that has ended.
  }
  throw new DaypassError('invalid_credentials', 'This login has waited too long. Log in again.', {
    param: 'session',
  });
}

/** @param what to do then */
export function removeAppFirst(what: string): DaypassError {
  return new DaypassError('invalid_request', `Remove the authenticator app first, then ${what}.`);
}

type CodeReceiver = Record<'ClientId' | 'Username' | 'SecretHash', string>;

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** For calls that succeed if the user is gone. */
function unlessGone(error: unknown): undefined {
  if (!isNamed(error, 'UserNotFoundException')) throw error;
  return undefined;
}

/** Whether the error reveals that a user exists, or in what state. A refused client secret has the same name. */
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

export function refuseRefreshToken(error: unknown): never {
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

/** Drops the access token, which alone would let its holder write attributes and delete the user. */
export function toSession(result: AuthenticationResultType, knownRefreshToken?: string): Session {
  const { IdToken: token, ExpiresIn: expiresIn, RefreshToken: refreshToken = knownRefreshToken } = result;
  if (token === undefined || expiresIn === undefined || refreshToken === undefined) {
    throw new Error('Cognito answered an incomplete session');
  }
  return { token, refreshToken, expiresIn };
}
