import type { Datum } from '../../../../local/aws/cloudwatch/metric-store.ts';
import {
  measureApiCall,
  measureInvocation,
  measureTableThrottle,
} from '../../../../local/aws/cloudwatch/service-metrics.ts';

let put: Datum[];
const note = (datum: Datum) => void put.push(datum);
beforeEach(() => {
  put = [];
});

const short = () =>
  put.map(({ name, dimensions, value }) => [name, ...Object.values(dimensions ?? {}), value].join(' '));

test.each([
  ['one item', 'GetItem', { TableName: 't' }, ['ReadThrottleEvents t 1']],
  [
    'a batch of items',
    'BatchGetItem',
    { RequestItems: { t: {}, u: {} } },
    ['ReadThrottleEvents t 1', 'ReadThrottleEvents u 1'],
  ],
  ['a write', 'UpdateItem', { TableName: 't' }, ['WriteThrottleEvents t 1']],
  [
    'a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName: 't' } }, { Delete: { TableName: 't' } }] },
    ['WriteThrottleEvents t 1'],
  ],
])('a throttle of %s counts for its tables', (_, operation, body, measured) => {
  for (const code of [
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'ConditionalCheckFailedException',
  ])
    measureTableThrottle(note, operation, { code }, Buffer.from(JSON.stringify(body)));
  expect(short()).toEqual([...measured, ...measured]);
});

test('a call of a function counts once, with its error and time, and one without room only as such', () => {
  measureInvocation(note, 'f', { failed: true, milliseconds: 12 });
  expect(short()).toEqual(['Throttles f 0', 'Invocations f 1', 'Errors f 1', 'Duration f 12']);
  put = [];
  measureInvocation(note, 'f', 'throttled');
  expect(short()).toEqual(['Throttles f 1']);
});

test.each([
  [200, '4XXError a 0', '5XXError a 0'],
  [429, '4XXError a 1', '5XXError a 0'],
  [503, '4XXError a 0', '5XXError a 1'],
])('a call answered %i counts for its API, with and without the stage', (status, client, server) => {
  measureApiCall(note, { ApiName: 'a', Stage: 's' }, { status, milliseconds: 5 });
  expect(short()).toEqual(
    expect.arrayContaining(['Count a 1', client, server, 'Latency a 5', 'Count a s 1']),
  );
});
