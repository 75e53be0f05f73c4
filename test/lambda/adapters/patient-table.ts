import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../../lambda/adapters/table.ts';

/**
 * The table without a function's bounds on time, for tests that ask hundreds of things at once: on a busy machine, where
 * the table shares the process with them, that takes longer than a function may wait.
 */
export async function openPatientTable(name: string): Promise<Table> {
  const { awsClientSettings } = await import('../../../lambda/adapters/aws-client.ts');
  const { tableOf } = await import('../../../lambda/adapters/sdk-table.ts');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(awsClientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return tableOf(name, documents);
}
