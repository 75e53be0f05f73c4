import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { keyedTable, serveDynamoDb } from './serve.ts';

const TableName = 'items';
let served: Awaited<ReturnType<typeof serveDynamoDb>>;
const newKey = () => ({ pk: randomUUID(), sk: 'item' });

beforeAll(async () => {
  served = await serveDynamoDb({ inMemory: true });
  await served.dynamoDb.defineTable(TableName, {
    ...keyedTable,
    AttributeDefinitions: [
      ...keyedTable.AttributeDefinitions,
      { AttributeName: 'owner', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-owner',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
});
afterAll(() => served.close());

test('items come back as they were put, multibyte text and binary included', async () => {
  const Item = {
    ...newKey(),
    text: 'grüße 😀 \u0000',
    bytes: new Uint8Array([0, 255, 1]),
    tags: new Set(['a', 'b']),
  };
  await served.documents.send(new PutCommand({ TableName, Item }));
  const { Item: found } = await served.documents.send(
    new GetCommand({ TableName, Key: { pk: Item.pk, sk: Item.sk }, ConsistentRead: true }),
  );
  expect(found).toEqual(Item);
});

test('a global index of the definition can be queried', async () => {
  const owner = randomUUID();
  await served.documents.send(new PutCommand({ TableName, Item: { ...newKey(), owner } }));
  const { Count } = await served.documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-owner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': owner },
    }),
  );
  expect(Count).toBe(1);
});

test('a failed condition returns the item it failed on', async () => {
  const Key = newKey();
  await served.documents.send(new PutCommand({ TableName, Item: { ...Key, used: 10 } }));
  const refused = served.documents.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET used = used + :one',
      ConditionExpression: 'used < :limit',
      ExpressionAttributeValues: { ':one': 1, ':limit': 10 },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  const error = await refused.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConditionalCheckFailedException);
  expect((error as ConditionalCheckFailedException).Item).toMatchObject({ used: { N: '10' } });
});

test('a request already in a set is refused by NOT contains', async () => {
  const Key = newKey();
  const charge = () =>
    served.documents.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET used = if_not_exists(used, :zero) + :one ADD requests :request',
        ConditionExpression: 'NOT contains(requests, :id)',
        ExpressionAttributeValues: { ':zero': 0, ':one': 1, ':request': new Set(['r1']), ':id': 'r1' },
        ReturnValues: 'ALL_NEW',
      }),
    );
  expect((await charge()).Attributes).toMatchObject({ used: 1, requests: new Set(['r1']) });
  await expect(charge()).rejects.toBeInstanceOf(ConditionalCheckFailedException);
});

test('of 200 parallel increments under a limit of 10 exactly 10 succeed', async () => {
  const Key = newKey();
  const increment = () =>
    served.documents.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET used = if_not_exists(used, :zero) + :one',
        ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
        ExpressionAttributeValues: { ':zero': 0, ':one': 1, ':limit': 10 },
      }),
    );
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, increment));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  const { Item } = await served.documents.send(new GetCommand({ TableName, Key }));
  expect(Item?.used).toBe(10);
});

test('a delete that returns the old item returns it to one of many callers', async () => {
  const Item = { ...newKey(), message: 'once' };
  await served.documents.send(new PutCommand({ TableName, Item }));
  const take = () =>
    served.documents.send(
      new DeleteCommand({
        TableName,
        Key: { pk: Item.pk, sk: Item.sk },
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValues: 'ALL_OLD',
      }),
    );
  const taken = await Promise.allSettled(Array.from({ length: 20 }, take));
  const answers = taken.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value.Attributes] : [],
  );
  expect(answers).toEqual([Item]);
});

test('a transaction sent twice with the same token is applied once', async () => {
  const Key = newKey();
  const transaction = () =>
    served.documents.send(
      new TransactWriteCommand({
        ClientRequestToken: Key.pk,
        TransactItems: [
          {
            Update: {
              TableName,
              Key,
              UpdateExpression: 'ADD used :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
        ],
      }),
    );
  await transaction();
  await transaction();
  const { Item } = await served.documents.send(new GetCommand({ TableName, Key }));
  expect(Item?.used).toBe(1);
});

test('a cancelled transaction changes nothing and names the reason of each item', async () => {
  const [existing, other] = [newKey(), newKey()];
  await served.documents.send(new PutCommand({ TableName, Item: { ...existing, kept: true } }));
  const error = await served.documents
    .send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: other } },
          {
            Put: {
              TableName,
              Item: existing,
              ConditionExpression: 'attribute_not_exists(pk)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    )
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(TransactionCanceledException);
  const { CancellationReasons } = error as TransactionCanceledException;
  expect(CancellationReasons).toMatchObject([
    { Code: 'None' },
    { Code: 'ConditionalCheckFailed', Item: { kept: { BOOL: true } } },
  ]);
  const { Item } = await served.documents.send(new GetCommand({ TableName, Key: other }));
  expect(Item).toBeUndefined();
});

test('an unknown table is ResourceNotFoundException', async () => {
  const get = new GetCommand({ TableName: 'no-such-table', Key: newKey() });
  await expect(served.documents.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
