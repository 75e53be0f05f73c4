import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Endpoint } from './endpoint.ts';

/** Allows an operation on this user pool, and on no other. */
export function allowOnPool(endpoint: Endpoint, userPool: UserPool, operation: string): void {
  endpoint.allow([`cognito-idp:${operation}`], [userPool.userPoolArn]);
}
