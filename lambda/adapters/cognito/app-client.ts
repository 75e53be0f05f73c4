import { createHmac } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { endingInTime } from '../../call-time.ts';
import { awsClientSettings, boundedHandler } from '../aws-client.ts';
import { failureOfOurs, isAboutTheSecret } from './refusals.ts';

export interface UserPoolEnvironment {
  USER_POOL_ID: string;
  USER_POOL_CLIENT_ID: string;
}

/** What Cognito asks for besides the app client's id, which stands in every login token. */
export interface Proof {
  clientSecret: string;
  /** The `SECRET_HASH` of a call about this user, named as in the call. */
  hashFor(username: string): string;
}

export interface AppClient {
  client: CognitoIdentityProviderClient;
  UserPoolId: string;
  ClientId: string;
  /** Runs calls that need the proof; once more with a fresh one when Cognito doesn't take it. */
  proven<T>(work: (proof: Proof) => Promise<T>): Promise<T>;
}

export function createCognitoClient(): CognitoIdentityProviderClient {
  return endingInTime(
    new CognitoIdentityProviderClient({ ...awsClientSettings, requestHandler: boundedHandler(8000) }),
  );
}

/**
 * The app client is confidential: without its secret nobody uses Cognito past these functions. The secret is read
 * from Cognito with the function's own role, once for each environment, so that it stands in no variable, template,
 * output or log.
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
    if (secret === undefined) throw new Error('the app client has no secret');
    return secret;
  };
  const proofOf = (clientSecret: string): Proof => ({
    clientSecret,
    hashFor: (username) =>
      createHmac('sha256', clientSecret).update(`${username}${ClientId}`).digest('base64'),
  });
  const findProof = async () => {
    // A failed read is forgotten: the next call tries again.
    known ??= readSecret().catch((error: unknown) => {
      known = undefined;
      throw failureOfOurs(error);
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
        // It was changed since this environment read it.
        known = undefined;
        return work(await findProof());
      }
    },
  };
}
