import { createHmac } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { endingInTime } from '../../call-time.ts';
import { awsClientSettings, boundedHandler } from '../aws-client.ts';
import { isAboutTheSecret, ownFailure } from './refusals.ts';

export interface UserPoolEnvironment {
  USER_POOL_ID: string;
  USER_POOL_CLIENT_ID: string;
}

/** What Cognito requires besides the app client's id, which every login token contains. */
export interface Proof {
  clientSecret: string;
  /** The `SECRET_HASH` for a call about this user. @param username as in the call */
  hashFor(username: string): string;
}

export interface AppClient {
  client: CognitoIdentityProviderClient;
  UserPoolId: string;
  ClientId: string;
  /** Runs calls that need the proof, and again with a fresh one if Cognito refuses it. */
  proven<T>(work: (proof: Proof) => Promise<T>): Promise<T>;
}

export function createCognitoClient(): CognitoIdentityProviderClient {
  return endingInTime(
    new CognitoIdentityProviderClient({ ...awsClientSettings, requestHandler: boundedHandler(8000) }),
  );
}

/**
 * The app client is confidential, so that Cognito can't be used past these functions. Its secret is read from Cognito with
 * the function's role, once per execution environment, and so is in no variable, template, output or log.
 */
export function createAppClient({
  USER_POOL_ID: UserPoolId,
  USER_POOL_CLIENT_ID: ClientId,
}: UserPoolEnvironment): AppClient {
  const client = createCognitoClient();
  let known: Promise<string> | undefined;

  const readSecret = async () => {
    const answer = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    const secret = answer.UserPoolClient?.ClientSecret;
    if (secret === undefined) throw new Error('The app client has no secret');
    return secret;
  };
  const proofOf = (clientSecret: string): Proof => ({
    clientSecret,
    hashFor: (username) =>
      createHmac('sha256', clientSecret).update(`${username}${ClientId}`).digest('base64'),
  });
  const findProof = async () => {
    // After a failed read the next call tries again.
    known ??= readSecret().catch((error: unknown) => {
      known = undefined;
      throw ownFailure(error);
    });
    return proofOf(await known);
  };

  return {
    client,
    UserPoolId,
    ClientId,
    async proven(work) {
      try {
        return await work(await findProof());
      } catch (error) {
        if (!isAboutTheSecret(error)) throw error;
        // The secret has changed since it was read.
        known = undefined;
        return work(await findProof());
      }
    },
  };
}
