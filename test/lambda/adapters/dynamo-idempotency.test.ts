import { randomUUID } from 'node:crypto';
import type { IdempotencyRecords } from '../../../core/idempotency.ts';
import { type AwsProxy, type Lane, startAwsProxy } from '../../faults/aws-proxy.ts';
import { type RunningAws, startTable, useAwsAt } from './start-aws.ts';

let aws: RunningAws;
let proxy: AwsProxy;
let lane: Lane;
let idempotency: IdempotencyRecords;

beforeAll(async () => {
  aws = await startTable();
  proxy = await startAwsProxy(aws.url);
  useAwsAt(proxy.url);
  lane = proxy.lane('local');
  const { createDynamoIdempotency } = await import('../../../lambda/adapters/dynamo-idempotency.ts');
  const { openTable } = await import('../../../lambda/adapters/table.ts');
  idempotency = createDynamoIdempotency(openTable('records'));
});
afterAll(async () => {
  await proxy.close();
  await aws.close();
});
afterEach(() => lane.begin());

const newScope = () => ({ userId: randomUUID(), operation: 'create', keyHash: randomUUID() });
const now = Date.UTC(2026, 0, 1);

test('a call whose first reply was lost has its key all the same', async () => {
  lane.begin(({ attempt }) => (attempt === 1 ? 'lost' : undefined));
  const scope = newScope();
  expect(await idempotency.begin(scope, 'body', now)).toEqual({ state: 'new' });
  expect(lane.calls).toHaveLength(2);
});

test('another call with the key finds the first one under way, with its body’s hash', async () => {
  const scope = newScope();
  await idempotency.begin(scope, 'body', now);
  expect(await idempotency.begin(scope, 'other', now)).toEqual({ state: 'running', bodyHash: 'body' });
});

test('a call that ended is found with its answer for a day', async () => {
  const scope = newScope();
  await idempotency.begin(scope, 'body', now);
  await idempotency.finish(scope, 'sealed');
  const done = { state: 'done', bodyHash: 'body', sealed: 'sealed' };
  expect(await idempotency.begin(scope, 'body', now + 23 * 3_600_000)).toEqual(done);
  expect(await idempotency.begin(scope, 'body', now + 24 * 3_600_000)).toEqual({ state: 'new' });
});

test('a key is free again once its call has failed, or was cut off a minute ago', async () => {
  const scope = newScope();
  await idempotency.begin(scope, 'body', now);
  await idempotency.release(scope);
  expect(await idempotency.begin(scope, 'body', now)).toEqual({ state: 'new' });
  expect(await idempotency.begin(scope, 'body', now + 59_999)).toMatchObject({ state: 'running' });
  expect(await idempotency.begin(scope, 'body', now + 60_000)).toEqual({ state: 'new' });
});
