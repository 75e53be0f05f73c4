import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { invalidParameter, notAuthorized, notSupportedHere, userDisabled, userNotFound } from '../errors.ts';
import { type Client, hidesUserExistence } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import { assertSecretHash } from '../pools/secret-hash.ts';
import type { CognitoState } from '../shared-state.ts';
import { usesPasskeys } from '../users/users.ts';
import { type AfterPasswordState, type AuthAnswer, loginAnswer, openChallenge } from './after-password.ts';
import { requiredEntry } from './auth-flows.ts';
import { relyingPartyOf, verifyAssertion } from './passkeys.ts';

type ChoiceState = AfterPasswordState & Pick<CognitoState, 'users'>;

const timeoutMs = 180_000;
const challengeBytes = 16;
const byPassword = ['PASSWORD', 'PASSWORD_SRP'];

/**
 * USER_AUTH. Who has no passkey, or has an authenticator app on, may choose a password; for names without a user Cognito picks any
 * of the pool's ways.
 */
export function logInByChoice(
  state: ChoiceState,
  pool: Pool,
  client: Client,
  parameters: Record<string, string>,
): AuthAnswer {
  const name = requiredEntry(parameters, 'USERNAME');
  assertSecretHash(client, parameters.SECRET_HASH, [name]);
  const preferred = parameters.PREFERRED_CHALLENGE;
  if (preferred !== 'WEB_AUTHN')
    throw notSupportedHere(`USER_AUTH with ${preferred ?? 'no'} PREFERRED_CHALLENGE`);
  const { id: rpId, requiresVerification } = relyingPartyOf(pool);
  const user = state.users.find(pool, name);
  if (user === undefined) {
    if (!hidesUserExistence(client)) throw userNotFound();
    const Session = state.randomness.bytes(48).toString('base64url');
    return {
      ChallengeName: 'SELECT_CHALLENGE',
      Session,
      ChallengeParameters: {},
      AvailableChallenges: byPassword,
    };
  }
  if (!user.enabled) throw userDisabled();
  if (!usesPasskeys(user)) {
    const Session = openChallenge(state, { kind: 'SELECT_CHALLENGE' }, client, user);
    return {
      ChallengeName: 'SELECT_CHALLENGE',
      Session,
      ChallengeParameters: {},
      AvailableChallenges: byPassword,
    };
  }
  const challenge = state.randomness.bytes(challengeBytes).toString('base64url');
  const options = {
    challenge,
    timeout: timeoutMs,
    rpId,
    allowCredentials: user.passkeys?.map(({ id, transports }) => ({ type: 'public-key', id, transports })),
    userVerification: requiresVerification ? 'required' : 'preferred',
  };
  return {
    ChallengeName: 'WEB_AUTHN',
    Session: openChallenge(state, { kind: 'WEB_AUTHN', webAuthn: challenge }, client, user),
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
    AvailableChallenges: [...byPassword, 'WEB_AUTHN'],
  };
}

/** The answer to WEB_AUTHN. Each challenge can be answered once, rightly or not. */
export async function answerPasskey(
  state: ChoiceState,
  pool: Pool,
  client: Client,
  session: string | undefined,
  responses: Record<string, string>,
): Promise<AuthAnswer> {
  const name = requiredEntry(responses, 'USERNAME');
  const response = parseCredential(requiredEntry(responses, 'CREDENTIAL'));
  assertSecretHash(client, responses.SECRET_HASH, [name]);
  const invalid = () => notAuthorized('Invalid session for the user.');
  const challenge = state.challenges.get(session ?? '', client.id);
  const user = state.users.find(pool, name);
  if (challenge.kind !== 'WEB_AUTHN' || !user || user.sub !== challenge.sub) throw invalid();
  if (!session || !state.challenges.close(session)) throw invalid();
  if (!user.enabled) throw userDisabled();
  const passkey = user.passkeys?.find(({ id }) => id === response.id);
  if (passkey === undefined || !usesPasskeys(user)) throw notAuthorized('Invalid credential.');
  const counter = await verifyAssertion({ pool, challenge: challenge.webAuthn ?? '' }, passkey, response);
  const used = state.users.change(pool, user.sub, ({ passkeys }) => ({
    passkeys: passkeys?.map((one) => (one.id === passkey.id ? { ...one, counter } : one)),
  }));
  return loginAnswer(state, pool, client, used);
}

function parseCredential(text: string): AuthenticationResponseJSON {
  try {
    const credential = JSON.parse(text);
    if (typeof credential?.id === 'string' && typeof credential.response?.clientDataJSON === 'string') {
      return credential;
    }
  } catch {
    // Refused below.
  }
  throw invalidParameter('The credential is invalid.');
}
