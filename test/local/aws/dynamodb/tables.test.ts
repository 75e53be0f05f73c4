import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { keyedTable, serveDynamoDb } from './serve.ts';

const TableName = 'tables';
let served: Awaited<ReturnType<typeof serveDynamoDb>>;

beforeEach(async () => {
  served = await serveDynamoDb({ inMemory: true });
});
afterEach(() => served.close());

const byOwner = {
  ...keyedTable,
  AttributeDefinitions: [...keyedTable.AttributeDefinitions, { AttributeName: 'owner', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-owner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

test('a table has its ARN for GetAtt', async () => {
  const { Arn } = await served.dynamoDb.defineTable(TableName, keyedTable);
  expect(Arn).toBe('arn:aws:dynamodb:eu-central-1:111122223333:table/tables');
});

test('defining the same table again keeps its items', async () => {
  await served.dynamoDb.defineTable(TableName, keyedTable);
  await served.documents.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b' } }));
  await served.dynamoDb.defineTable(TableName, keyedTable);
  expect((await served.documents.send(new ScanCommand({ TableName }))).Count).toBe(1);
});

test('another key schema is refused with the advice --fresh', async () => {
  await served.dynamoDb.defineTable(TableName, keyedTable);
  const [partitionKey] = keyedTable.KeySchema;
  const changed = {
    AttributeDefinitions: [keyedTable.AttributeDefinitions[0]],
    KeySchema: [partitionKey],
  };
  await expect(served.dynamoDb.defineTable(TableName, changed)).rejects.toThrow(/'tables'.*--fresh/);
});

test('a global index added to the template later holds the items that were there', async () => {
  await served.dynamoDb.defineTable(TableName, keyedTable);
  await served.documents.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b', owner: 'me' } }));
  await served.dynamoDb.defineTable(TableName, byOwner);
  const { Count } = await served.documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-owner',
      KeyConditionExpression: '#o = :me',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':me': 'me' },
    }),
  );
  expect(Count).toBe(1);
});

test('a global index removed from the template is removed', async () => {
  await served.dynamoDb.defineTable(TableName, byOwner);
  await served.dynamoDb.defineTable(TableName, keyedTable);
  const { Table } = await served.client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes ?? []).toEqual([]);
});

test('the time to live attribute follows the template', async () => {
  const withTtl = (AttributeName: string) => ({
    ...keyedTable,
    TimeToLiveSpecification: { AttributeName, Enabled: true },
  });
  await served.dynamoDb.defineTable(TableName, withTtl('expiresAt'));
  await served.dynamoDb.defineTable(TableName, withTtl('ttl'));
  const { TimeToLiveDescription } = await served.client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
});

test.each([
  ['StreamSpecification', { StreamViewType: 'NEW_IMAGE' }],
  ['ImportSourceSpecification', {}],
  ['KinesisStreamSpecification', {}],
  ['Replicas', [{ Region: 'eu-central-1' }]],
])('%s is refused by name', async (property, value) => {
  const define = served.dynamoDb.defineTable(TableName, { ...keyedTable, [property]: value });
  await expect(define).rejects.toThrow(property);
});
