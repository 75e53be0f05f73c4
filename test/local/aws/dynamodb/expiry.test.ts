import { PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { keyedTable, serveDynamoDb } from './serve.ts';

const TableName = 'expiring';
let served: Awaited<ReturnType<typeof serveDynamoDb>>;

beforeEach(async () => {
  served = await serveDynamoDb({ inMemory: true });
  await served.dynamoDb.defineTable(TableName, {
    ...keyedTable,
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});
afterEach(() => served.close());

const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const put = (sk: string, expiresAt?: unknown) =>
  served.documents.send(new PutCommand({ TableName, Item: { pk: 'a', sk, expiresAt } }));
const left = async () => {
  const found: unknown[] = [];
  for await (const { Items = [] } of paginateScan({ client: served.documents }, { TableName })) {
    found.push(...Items.map(({ sk }) => sk));
  }
  return found;
};

test('items are removed once the moved clock has passed their time, and no sooner', async () => {
  await put('soon', secondsFromNow(3_600));
  await put('late', secondsFromNow(90_000));
  expect(await served.dynamoDb.sweepExpired()).toBe(0);
  served.clock.moveTo(7_200);
  expect(await served.dynamoDb.sweepExpired()).toBe(1);
  expect(await left()).toEqual(['late']);
});

test('only a number within the last five years counts as a time', async () => {
  await put('text', String(secondsFromNow(-60)));
  await put('ancient', secondsFromNow(-6 * 365 * 86_400));
  await put('gone', secondsFromNow(-60));
  expect(await served.dynamoDb.sweepExpired()).toBe(1);
  expect(await left()).toEqual(['ancient', 'text']);
});

test('a sweep goes through every page of a large table', async () => {
  const padding = 'x'.repeat(20_000);
  const Items = Array.from({ length: 120 }, (_, index) => ({
    pk: 'a',
    sk: `item-${index}`,
    expiresAt: secondsFromNow(index % 2 === 0 ? -60 : 60),
    padding,
  }));
  await Promise.all(Items.map((Item) => served.documents.send(new PutCommand({ TableName, Item }))));
  expect(await served.dynamoDb.sweepExpired()).toBe(60);
  expect(await left()).toHaveLength(60);
});
