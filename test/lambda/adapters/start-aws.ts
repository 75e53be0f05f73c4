import { DeleteTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { RoutedService } from '../../../local/aws/dispatch.ts';
import { startDynamoDb } from '../../../local/aws/dynamodb/dynamodb.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import { createFaults, type Faults } from '../../../local/faults.ts';
import { silentLog } from '../../../local/log.ts';

export interface RunningAws {
  url: string;
  faults: Faults;
  close(): Promise<void>;
}

/** The environment that Lambda gives its functions, with every service at `url`. Adapters read it at import. */
export function useAwsAt(url: string): void {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: url,
  });
}

/** Stand-ins behind one port, with fault switches. Import adapters after it, not before. */
export async function startAws(services: readonly RoutedService[]): Promise<RunningAws> {
  const faults = createFaults();
  const server = await startAwsServer({ services, faults, port: 0, log: silentLog });
  useAwsAt(server.url);
  return { url: server.url, faults, close: () => server.close() };
}

/**
 * DynamoDB in memory with the one table, under the name `records`. With `DAYPASS_DYNAMODB_ENDPOINT` it is another engine,
 * which may have the table of the suite before.
 */
export async function startTable(): Promise<RunningAws> {
  const endpoint = process.env.DAYPASS_DYNAMODB_ENDPOINT;
  if (endpoint !== undefined) await deleteTable(endpoint);
  const dynamoDb = await startDynamoDb({
    inMemory: true,
    // Tests write at times of their own: a sweep by today's would take from under them what has expired since.
    clock: { now: () => 0 },
    log: silentLog,
    environment: { PATH: process.env.PATH, DAYPASS_DYNAMODB_ENDPOINT: endpoint },
    region: 'us-east-1',
    accountId: '111122223333',
  });
  await dynamoDb.defineTable('records', {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'callsOn', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'calls',
        KeySchema: [
          { AttributeName: 'callsOn', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  });
  const aws = await startAws([dynamoDb.service]);
  return {
    ...aws,
    async close() {
      await aws.close();
      await dynamoDb.stop();
    },
  };
}

async function deleteTable(endpoint: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await client.send(new DeleteTableCommand({ TableName: 'records' }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  } finally {
    client.destroy();
  }
}
