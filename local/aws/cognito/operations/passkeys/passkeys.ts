import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { AwsError } from '../../../service.ts';
import { invalidParameter, resourceNotFound } from '../../errors.ts';
import {
  algorithms,
  challengeNotFound,
  mostPasskeys,
  relyingPartyOf,
  verifyNewPasskey,
} from '../../log-in/passkeys.ts';
import {
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  text,
  token,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

type PasskeyState = Pick<CognitoState, 'accessTokens' | 'clock' | 'randomness' | 'users'>;

/** Of a challenge's timeout, which browsers keep too. */
const registrationMs = 60_000;
const challengeBytes = 16;
/** Of a credential's id, by the service model. */
const credentialId = text({ min: 1, max: 1400, sensitive: true });

export function startWebAuthnRegistration(state: PasskeyState, body: RequestBody): object {
  const { AccessToken } = readRequest(body, { AccessToken: required(token) });
  const { pool, user, client } = state.accessTokens.authorize(AccessToken);
  const relyingParty = relyingPartyOf(pool);
  const passkeys = user.passkeys ?? [];
  if (passkeys.length >= mostPasskeys) throw tooMany();
  const challenge = state.randomness.bytes(challengeBytes).toString('base64url');
  const until = state.clock.now() + registrationMs;
  state.users.change(pool, user.sub, () => ({
    pendingPasskey: { challenge, clientId: client.id, until },
  }));
  return {
    CredentialCreationOptions: {
      rp: { id: relyingParty.id, name: relyingParty.id },
      user: {
        id: Buffer.from(user.sub).toString('base64url'),
        name: user.username,
        displayName: user.username,
      },
      challenge,
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: registrationMs,
      excludeCredentials: passkeys.map(({ id, transports }) => ({ type: 'public-key', id, transports })),
      authenticatorSelection: {
        requireResidentKey: true,
        residentKey: 'required',
        userVerification: relyingParty.requiresVerification ? 'required' : 'preferred',
      },
    },
  };
}

export async function completeWebAuthnRegistration(state: PasskeyState, body: RequestBody): Promise<object> {
  const { AccessToken } = readRequest(body, { AccessToken: required(token) });
  const { Credential } = body;
  const { pool, user, client } = state.accessTokens.authorize(AccessToken);
  const pending = user.pendingPasskey;
  if (pending === undefined || pending.until <= state.clock.now()) throw challengeNotFound();
  if (pending.clientId !== client.id) {
    throw new AwsError('WebAuthnClientMismatchException', 'The access token is of another client.');
  }
  if (!isCredential(Credential)) throw invalidParameter('The credential is invalid.');
  const passkey = await verifyNewPasskey(
    { pool, challenge: pending.challenge },
    Credential,
    state.clock.now(),
  );
  state.users.change(pool, user.sub, ({ passkeys = [], pendingPasskey }) => {
    // Another call may have been first, and a passkey belongs to one user.
    if (pendingPasskey?.challenge !== pending.challenge) throw challengeNotFound();
    const isTaken = state.users
      .list(pool.id)
      .some((one) => one.passkeys?.some(({ id }) => id === passkey.id));
    if (isTaken) throw invalidParameter('The credential is registered already.');
    if (passkeys.length >= mostPasskeys) throw tooMany();
    return { passkeys: [...passkeys, passkey], pendingPasskey: undefined };
  });
  return {};
}

export function listWebAuthnCredentials(state: PasskeyState, body: RequestBody): object {
  const { AccessToken } = readRequest(body, {
    AccessToken: required(token),
    NextToken: pageToken,
    MaxResults: integer({ min: 0, max: 20 }),
  });
  const { pool, user } = state.accessTokens.authorize(AccessToken);
  const { id: RelyingPartyId } = relyingPartyOf(pool);
  return {
    // All of them fit on the largest page, so there is no other.
    Credentials: (user.passkeys ?? []).map(({ id, attachment, transports, createdAt }) => ({
      CredentialId: id,
      FriendlyCredentialName: attachment === 'platform' ? 'Platform passkey' : 'Passkey',
      RelyingPartyId,
      ...(attachment !== undefined && { AuthenticatorAttachment: attachment }),
      AuthenticatorTransports: transports,
      CreatedAt: createdAt / 1000,
    })),
  };
}

export function deleteWebAuthnCredential(state: PasskeyState, body: RequestBody): object {
  const input = readRequest(body, { AccessToken: required(token), CredentialId: required(credentialId) });
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  const others = (user.passkeys ?? []).filter(({ id }) => id !== input.CredentialId);
  if (others.length === (user.passkeys ?? []).length)
    throw resourceNotFound('The credential does not exist.');
  state.users.change(pool, user.sub, () => ({ passkeys: others }));
  return {};
}

export function getUserPoolMfaConfig(state: Pick<CognitoState, 'pools'>, body: RequestBody): object {
  const input = readRequest(body, { UserPoolId: required(userPoolId) });
  const { properties } = state.pools.get(input.UserPoolId);
  const { WebAuthnRelyingPartyID: RelyingPartyId, WebAuthnUserVerification: UserVerification } = properties;
  return {
    MfaConfiguration: properties.MfaConfiguration ?? 'OFF',
    ...(RelyingPartyId !== undefined && {
      WebAuthnConfiguration: { RelyingPartyId, UserVerification: UserVerification ?? 'preferred' },
    }),
  };
}

function isCredential(value: unknown): value is RegistrationResponseJSON {
  const { id, response } = (value ?? {}) as { id?: unknown; response?: Record<string, unknown> };
  return typeof id === 'string' && typeof response?.clientDataJSON === 'string';
}

const tooMany = () =>
  new AwsError('LimitExceededException', `A user can have at most ${mostPasskeys} passkeys.`);
