import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { AwsError } from '../../service.ts';
import { invalidParameter, notAuthorized } from '../errors.ts';
import type { Pool } from '../pools/pools.ts';

/** What Cognito keeps of a user's passkey. */
export interface Passkey {
  /** Base64url. */
  id: string;
  /** COSE, base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
  attachment?: string | undefined;
  createdAt: number;
}

/** ES256 and RS256, by COSE's numbers. */
export const algorithms = [-7, -257];
export const mostPasskeys = 20;

/** Of a pool's template. @throws WebAuthnNotEnabledException, WebAuthnConfigurationMissingException */
export function relyingPartyOf({ properties }: Pool): { id: string; requiresVerification: boolean } {
  const factors = properties.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (!factors.includes('WEB_AUTHN')) {
    throw new AwsError('WebAuthnNotEnabledException', 'WebAuthn is not enabled for this user pool.');
  }
  const id = properties.WebAuthnRelyingPartyID;
  if (id === undefined) {
    throw new AwsError('WebAuthnConfigurationMissingException', 'The user pool has no relying party ID.');
  }
  return { id, requiresVerification: properties.WebAuthnUserVerification === 'required' };
}

interface Expected {
  pool: Pool;
  challenge: string;
}

/** Attestations are read and not trusted: Cognito requires none. @throws naming what is wrong, as Cognito does */
export async function verifyNewPasskey(
  { pool, challenge }: Expected,
  response: RegistrationResponseJSON,
  now: number,
): Promise<Passkey> {
  const { id: expectedRPID, requiresVerification } = relyingPartyOf(pool);
  const expectedOrigin = originOf(response.response.clientDataJSON);
  if (!isOriginOf(expectedRPID, expectedOrigin)) {
    throw new AwsError(
      'WebAuthnOriginNotAllowedException',
      'The origin does not align with the relying party ID of the user pool.',
    );
  }
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: requiresVerification,
    supportedAlgorithmIDs: algorithms,
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : '';
    if (/RP ID/i.test(reason)) {
      throw new AwsError('WebAuthnRelyingPartyMismatchException', 'The relying party ID does not match.');
    }
    if (/challenge/i.test(reason)) throw challengeNotFound();
    if (/alg|attestation format/i.test(reason)) {
      throw new AwsError('WebAuthnCredentialNotSupportedException', 'The credential is not supported.');
    }
    throw invalidParameter('The credential is invalid.');
  });
  if (registrationInfo === undefined) throw invalidParameter('The credential is invalid.');
  const { credential } = registrationInfo;
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    attachment: response.authenticatorAttachment,
    createdAt: now,
  };
}

/** @returns the passkey's new counter. @throws NotAuthorizedException */
export async function verifyAssertion(
  { pool, challenge }: Expected,
  passkey: Passkey,
  response: AuthenticationResponseJSON,
): Promise<number> {
  const { id: expectedRPID, requiresVerification } = relyingPartyOf(pool);
  const expectedOrigin = originOf(response.response.clientDataJSON);
  const wrong = () => notAuthorized('Invalid credential.');
  if (!isOriginOf(expectedRPID, expectedOrigin)) throw wrong();
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: requiresVerification,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => {
    throw wrong();
  });
  if (!verified) throw wrong();
  return authenticationInfo.newCounter;
}

export const challengeNotFound = () =>
  new AwsError('WebAuthnChallengeNotFoundException', 'The challenge has expired or does not exist.');

function originOf(clientDataJSON: string): string {
  try {
    return String(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')).origin);
  } catch {
    throw invalidParameter('The credential is invalid.');
  }
}

/** The relying party's own pages and those under its domain, by TLS; browsers also trust localhost without. */
function isOriginOf(relyingParty: string, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  if (hostname !== relyingParty && !hostname.endsWith(`.${relyingParty}`)) return false;
  return protocol === 'https:' || (protocol === 'http:' && relyingParty === 'localhost');
}
