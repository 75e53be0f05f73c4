import { poolArn } from '../../pools/pool-names.ts';
import { type RequestBody, readRequest, required, userPoolId } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

/** The template's properties that the API answers under the same name. */
const passedThrough = [
  ...['Policies', 'DeletionProtection', 'AutoVerifiedAttributes', 'UsernameAttributes', 'UserPoolTier'],
  ...['EmailVerificationMessage', 'EmailVerificationSubject', 'VerificationMessageTemplate'],
  ...['UserAttributeUpdateSettings', 'EmailConfiguration', 'UserPoolTags', 'AdminCreateUserConfig'],
  ...['UserPoolAddOns', 'UsernameConfiguration', 'AccountRecoverySetting', 'SmsVerificationMessage'],
];

export function describeUserPool(
  state: Pick<CognitoState, 'location' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { UserPoolId: required(userPoolId) });
  const pool = state.pools.get(input.UserPoolId);
  const properties = passedThrough.map((name) => [name, pool.properties[name]]);
  return {
    UserPool: {
      ...Object.fromEntries(properties),
      Id: pool.id,
      Name: pool.properties.UserPoolName ?? pool.id,
      Arn: poolArn(state.location, pool.id),
      LambdaConfig: pool.properties.LambdaConfig ?? {},
      SchemaAttributes: pool.properties.Schema ?? [],
      MfaConfiguration: pool.properties.MfaConfiguration ?? 'OFF',
      EstimatedNumberOfUsers: state.users.list(pool.id).length,
      CreationDate: pool.createdAt / 1000,
      LastModifiedDate: pool.modifiedAt / 1000,
    },
  };
}
