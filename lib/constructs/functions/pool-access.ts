import type { UserPoolEnvironment } from '../../../lambda/env.ts';
import type { Identity } from '../identity.ts';
import type { Endpoint } from './endpoint.ts';

/** Allows an operation on this user pool, and on no other. */
export function allowOnPool(endpoint: Endpoint, { userPool }: Identity, ...operations: string[]): void {
  endpoint.allow(
    operations.map((operation) => `cognito-idp:${operation}`),
    [userPool.userPoolArn],
  );
}

/** Lets the function read the app client's secret, without which Cognito refuses its calls. */
export function allowAsClient(endpoint: Endpoint, identity: Identity): void {
  allowOnPool(endpoint, identity, 'DescribeUserPoolClient');
}

export function poolEnvironment({ userPool, client }: Identity): UserPoolEnvironment {
  return { USER_POOL_ID: userPool.userPoolId, USER_POOL_CLIENT_ID: client.userPoolClientId };
}
