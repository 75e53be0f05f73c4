import { AwsError } from '../../service.ts';
import { notAuthorized, userDisabled } from '../errors.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import type { CognitoState } from '../shared-state.ts';
import type { IssuedTokens } from '../tokens/tokens.ts';
import { readableAttributes } from '../users/attributes.ts';
import type { User } from '../users/users.ts';
import type { Challenge } from './challenges.ts';
import { usesSoftwareToken } from './software-token.ts';

export interface AuthAnswer {
  ChallengeName?: string;
  Session?: string;
  ChallengeParameters: Record<string, string>;
  AvailableChallenges?: string[];
  AuthenticationResult?: IssuedTokens & { RefreshToken?: string };
}

export type AfterPasswordState = Pick<
  CognitoState,
  'challenges' | 'clock' | 'lockouts' | 'randomness' | 'logins' | 'tokens'
>;

/**
 * What follows a correct password: tokens, the challenge for a new password, or a refusal. The account's state is looked
 * at only here, so that it is hidden from those without the password.
 */
export function afterPassword(state: AfterPasswordState, pool: Pool, client: Client, user: User): AuthAnswer {
  state.lockouts.succeeded(pool.id, user.sub);
  if (!user.enabled) throw userDisabled();
  if (user.status === 'UNCONFIRMED') {
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (user.status === 'RESET_REQUIRED') {
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askForNewPassword(state, client, user);
  if (usesSoftwareToken(user)) return askForCode(state, client, user);
  return loginAnswer(state, pool, client, user);
}

function askForCode(state: AfterPasswordState, client: Client, user: User): AuthAnswer {
  return {
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session: openChallenge(state, { kind: 'SOFTWARE_TOKEN_MFA' }, client, user),
    ChallengeParameters: { USER_ID_FOR_SRP: user.username },
  };
}

export function openChallenge(
  state: AfterPasswordState,
  what: Pick<Challenge, 'kind' | 'webAuthn'>,
  client: Client,
  { sub }: User,
): string {
  const session = state.randomness.bytes(48).toString('base64url');
  const minutes = client.properties.AuthSessionValidity ?? 3;
  state.challenges.open(session, { ...what, clientId: client.id, sub }, minutes);
  return session;
}

/** Starts a login and answers its tokens. */
export function loginAnswer(
  state: Pick<CognitoState, 'logins' | 'tokens'>,
  pool: Pool,
  client: Client,
  user: User,
): AuthAnswer {
  const login = state.logins.start(client, user);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      ...state.tokens.issue(pool, client, user, login),
      RefreshToken: state.logins.issueRefreshToken(login),
    },
  };
}

function askForNewPassword(state: AfterPasswordState, client: Client, user: User): AuthAnswer {
  if (user.temporaryUntil !== undefined && state.clock.now() >= user.temporaryUntil) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: openChallenge(state, { kind: 'NEW_PASSWORD_REQUIRED' }, client, user),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(readableAttributes(client, user.attributes)),
    },
  };
}
