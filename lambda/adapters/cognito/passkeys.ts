import { randomBytes } from 'node:crypto';
import {
  GetUserPoolMfaConfigCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Passkeys } from '../../../core/accounts/passkeys.ts';
import { DaypassError } from '../../../core/errors.ts';
import { createAppClient, type UserPoolEnvironment } from './app-client.ts';
import { passkeyOwner } from './passkey-owner.ts';
import { isAboutTheSecret, ownFailure, refusalOf } from './refusals.ts';
import { openLogin, sealLogin } from './sealed-login.ts';
import { removeAppFirst, toSession } from './sign-up-and-log-in.ts';

/** What Cognito's own challenges have: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html */
const challengeDefaults = { bytes: 16, timeout: 180_000 };

export function createPasskeys(environment: UserPoolEnvironment): Passkeys {
  const app = createAppClient(environment);
  const { client, UserPoolId, ClientId, proven } = app;
  let { bytes: challengeBytes, timeout } = challengeDefaults;
  let known: Promise<string> | undefined;

  const readDomain = async () => {
    const answer = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    const rpId = answer.WebAuthnConfiguration?.RelyingPartyId;
    if (rpId === undefined) throw new Error('The pool has no relying party');
    return rpId;
  };
  /** Once for each execution environment; after a failure the next call tries again. */
  const relyingParty = () => {
    known ??= readDomain().catch((error: unknown) => {
      known = undefined;
      throw ownFailure(error);
    });
    return known;
  };

  /** @returns Cognito's challenge, or undefined if the address has no passkey, no account, or one that can't log in so */
  const challengeFor = (email: string) =>
    proven(async ({ hashFor }) => {
      const command = new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_AUTH',
        AuthParameters: {
          USERNAME: email,
          PREFERRED_CHALLENGE: 'WEB_AUTHN',
          SECRET_HASH: hashFor(email),
        },
      });
      const answer = await client.send(command).catch((error: unknown) => {
        if (isAboutTheSecret(error) || !isOfTheUser(error)) throw error;
        return undefined;
      });
      const options = answer?.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS;
      if (answer?.ChallengeName !== 'WEB_AUTHN' || options === undefined || answer.Session === undefined) {
        return undefined;
      }
      return { session: answer.Session, ...(JSON.parse(options) as { challenge: string; timeout?: number }) };
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });

  return {
    async beginLogin(email) {
      const [rpId, begun] = await Promise.all([relyingParty(), challengeFor(email)]);
      if (begun !== undefined) {
        challengeBytes = Buffer.from(begun.challenge, 'base64url').length;
        timeout = begun.timeout ?? timeout;
      }
      const challenge = begun?.challenge ?? randomBytes(challengeBytes).toString('base64url');
      // Ends as a session that Cognito no longer knows.
      const cognito = begun?.session ?? randomBytes(48).toString('base64url');
      const session = await proven(async ({ clientSecret }) => sealLogin(clientSecret, { email, cognito }));
      // Without the user's passkeys, which would show that there are some: they are discoverable, so the browser finds its own.
      return { session, publicKey: { challenge, rpId, timeout, userVerification: 'required' } };
    },

    async finishLogin(sealed, credential) {
      const answer = await proven(async ({ clientSecret, hashFor }) => {
        const login = openLogin(clientSecret, sealed);
        if (login === undefined) throw notAccepted();
        const command = new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: 'WEB_AUTHN',
          Session: login.cognito,
          ChallengeResponses: {
            USERNAME: login.email,
            CREDENTIAL: JSON.stringify(credential),
            SECRET_HASH: hashFor(login.email),
          },
        });
        return client.send(command);
      }).catch((error: unknown) => {
        throw isOfTheUser(error) && !isAboutTheSecret(error) ? notAccepted(error) : refusalOf(error);
      });
      if (answer.AuthenticationResult === undefined) throw notAccepted();
      return toSession(answer.AuthenticationResult);
    },

    ownerOf: (refreshToken) => passkeyOwner(app, refreshToken),

    async provePassword(email, password) {
      const { ChallengeName } = await proven(async ({ hashFor }) => {
        const AuthParameters = { USERNAME: email, PASSWORD: password, SECRET_HASH: hashFor(email) };
        return client.send(
          new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
        );
      }).catch((error: unknown) => {
        throw refusalOf(error);
      });
      if (ChallengeName !== undefined) throw removeAppFirst('add a passkey');
    },
  };
}

const ofTheUser = [
  'NotAuthorizedException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'InvalidParameterException',
  'CodeMismatchException',
  'WebAuthnChallengeNotFoundException',
  'WebAuthnClientMismatchException',
  'WebAuthnCredentialNotSupportedException',
  'WebAuthnOriginNotAllowedException',
  'WebAuthnRelyingPartyMismatchException',
];

/** Whether the error depends on the user or the passkey, so that the answer must not tell it. */
function isOfTheUser(error: unknown): boolean {
  if (!(error instanceof Error) || !ofTheUser.includes(error.name)) return false;
  return !/not (enabled|supported|turned on)/i.test(error.message);
}

/** The same for a wrong passkey, a login that has waited too long, and an address that has none. */
function notAccepted(cause?: unknown): DaypassError {
  return new DaypassError(
    'invalid_credentials',
    'This passkey was not accepted, or the login has waited too long. Try again, or log in with your password.',
    { cause },
  );
}
