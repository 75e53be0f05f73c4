import { AwsError } from '../../../service.ts';
import { invalidParameter, notSupportedHere } from '../../errors.ts';
import { newSecret, takeCode } from '../../log-in/software-token.ts';
import type { Pool } from '../../pools/pools.ts';
import {
  type RequestBody,
  readRequest,
  required,
  session,
  text,
  token,
  username,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import type { User } from '../../users/users.ts';

/** Cognito's secrets have 256 bits. */
const secretBytes = 32;

type MfaState = Pick<CognitoState, 'accessTokens' | 'clock' | 'randomness' | 'users'>;

/** Makes a new secret, which replaces one that is not verified yet; a verified one works until the new one is. */
export function associateSoftwareToken(state: MfaState, body: RequestBody): object {
  const input = readRequest(body, { AccessToken: token, Session: session });
  if (input.AccessToken === undefined) throw notSupportedHere('AssociateSoftwareToken by Session');
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  if (pool.properties.MfaConfiguration === undefined || pool.properties.MfaConfiguration === 'OFF') {
    throw new AwsError(
      'SoftwareTokenMFANotFoundException',
      'Software Token MFA has not been enabled by the userPool',
    );
  }
  const secret = newSecret(state.randomness.bytes(secretBytes));
  state.users.change(pool, user.sub, () => ({ pendingSoftwareToken: secret }));
  return { SecretCode: secret };
}

export function verifySoftwareToken(state: MfaState, body: RequestBody): object {
  const input = readRequest(body, {
    AccessToken: token,
    Session: session,
    UserCode: required(text({ min: 6, max: 6, pattern: '[0-9]+', sensitive: true })),
    FriendlyDeviceName: text({ max: 131_072 }),
  });
  if (input.AccessToken === undefined) throw notSupportedHere('VerifySoftwareToken by Session');
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  const secret = user.pendingSoftwareToken;
  if (secret === undefined) {
    throw new AwsError('InvalidParameterException', 'There is no software token to verify.');
  }
  const fresh = { secret, isVerified: true, isEnabled: user.softwareToken?.isEnabled ?? false, lastStep: 0 };
  let lastStep: number;
  try {
    lastStep = takeCode(fresh, input.UserCode, state.clock.now());
  } catch {
    throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
  }
  state.users.change(pool, user.sub, () => ({
    softwareToken: { ...fresh, lastStep },
    pendingSoftwareToken: undefined,
  }));
  return { Status: 'SUCCESS' };
}

export function setUserMfaPreference(state: MfaState, body: RequestBody): object {
  const { AccessToken } = readRequest(body, { AccessToken: required(token) });
  const { pool, user } = state.accessTokens.authorize(AccessToken);
  return prefer(state, pool, user, body);
}

/** How an administrator helps someone who has lost the device. */
export function adminSetUserMfaPreference(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { UserPoolId: required(userPoolId), Username: required(username) });
  const pool = state.pools.get(input.UserPoolId);
  return prefer(state, pool, state.users.get(pool, input.Username), body);
}

function prefer(state: Pick<CognitoState, 'users'>, pool: Pool, user: User, body: RequestBody): object {
  for (const name of ['SMSMfaSettings', 'EmailMfaSettings', 'WebAuthnMfaSettings']) {
    if (body[name] !== undefined && body[name] !== null) throw notSupportedHere(name);
  }
  const settings = body.SoftwareTokenMfaSettings as { Enabled?: unknown; PreferredMfa?: unknown } | undefined;
  if (settings === undefined || settings === null) return {};
  const isEnabled = settings.Enabled === true;
  if (settings.PreferredMfa === true && !isEnabled) {
    throw invalidParameter('Preferred MFA must be enabled.');
  }
  if (isEnabled && user.softwareToken?.isVerified !== true) {
    throw invalidParameter('User has not verified software token mfa');
  }
  state.users.change(pool, user.sub, ({ softwareToken }) => ({
    softwareToken: softwareToken && { ...softwareToken, isEnabled },
  }));
  return {};
}
