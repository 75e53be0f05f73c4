import type { DynamoDb } from '../../aws/dynamodb/dynamodb.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';

export function dynamoDbTable(dynamoDb: Pick<DynamoDb, 'defineTable'>): ResourceProvider {
  return {
    type: 'AWS::DynamoDB::Table',
    async create(logicalId, properties, { stackName }) {
      const name = String(properties.TableName ?? physicalName({ stackName, logicalId }, 255));
      const attributes = await dynamoDb.defineTable(name, properties);
      return { ref: name, attributes };
    },
  };
}
