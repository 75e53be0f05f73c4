import { AwsError } from '../../service.ts';
import { notAuthorized, userDisabled } from '../errors.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import type { CognitoState } from '../state.ts';
import type { IssuedTokens } from '../tokens/tokens.ts';
import { readableAttributes } from '../users/attributes.ts';
import type { User } from '../users/users.ts';

export interface AuthAnswer {
  ChallengeName?: string;
  Session?: string;
  ChallengeParameters: Record<string, string>;
  AuthenticationResult?: IssuedTokens & { RefreshToken?: string };
}

export type AfterPasswordState = Pick<
  CognitoState,
  'challenges' | 'clock' | 'lockouts' | 'randomness' | 'signIns' | 'tokens'
>;

/**
 * What follows a right password: tokens, the question for a new password, or why not. Only here, so that
 * nobody without the password learns an account's state.
 */
export function afterPassword(
  state: AfterPasswordState,
  pool: Pool,
  client: Client,
  user: User,
  name: string,
): AuthAnswer {
  state.lockouts.succeeded(pool.id, user.sub);
  if (!user.enabled) throw userDisabled();
  if (user.status === 'UNCONFIRMED') {
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (user.status === 'RESET_REQUIRED') {
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askForNewPassword(state, pool, client, user, name);
  return signInAnswer(state, pool, client, user);
}

/** Starts a sign-in and answers its tokens. */
export function signInAnswer(
  state: Pick<CognitoState, 'signIns' | 'tokens'>,
  pool: Pool,
  client: Client,
  user: User,
): AuthAnswer {
  const signIn = state.signIns.start(client, user);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      ...state.tokens.issue(pool, client, user, signIn),
      RefreshToken: state.signIns.issueRefreshToken(signIn),
    },
  };
}

function askForNewPassword(
  state: AfterPasswordState,
  pool: Pool,
  client: Client,
  user: User,
  name: string,
): AuthAnswer {
  if (user.temporaryUntil !== undefined && state.clock.now() >= user.temporaryUntil) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  const session = state.randomness.bytes(48).toString('base64url');
  const { id: poolId } = pool;
  const { sub, username } = user;
  state.challenges.open(
    session,
    { kind: 'NEW_PASSWORD_REQUIRED', poolId, clientId: client.id, name, username, sub },
    sessionMinutes(client),
  );
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(readableAttributes(client, user.attributes)),
    },
  };
}

export const sessionMinutes = (client: Client) => client.properties.AuthSessionValidity ?? 3;
