import type { CognitoIdp } from '../../aws/cognito/cognito.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName, userPoolClientId, userPoolId } from '../stable-id.ts';

export function cognitoProviders(cognito: CognitoIdp): ResourceProvider[] {
  return [
    {
      type: 'AWS::Cognito::UserPool',
      create(logicalId, properties, { stackName, environment }) {
        const id = userPoolId({ stackName, logicalId }, environment.region);
        return { ref: id, attributes: { ...cognito.definePool({ id, properties }) } };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolClient',
      create(logicalId, properties, { stackName }) {
        const client = cognito.defineClient({ id: userPoolClientId({ stackName, logicalId }), properties });
        return { ref: client.ClientId, attributes: { ...client } };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolGroup',
      create(logicalId, properties, { stackName }) {
        const id = String(properties.GroupName ?? physicalName({ stackName, logicalId }));
        const { GroupName } = cognito.defineGroup({ id, properties });
        return { ref: GroupName, attributes: {} };
      },
    },
  ];
}
