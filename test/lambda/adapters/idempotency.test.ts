import { randomUUID } from 'node:crypto';
import type { IdempotencyRecords, IdempotentCall } from '../../../core/idempotency.ts';
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
  const { createDynamoIdempotency } = await import('../../../lambda/adapters/idempotency.ts');
  const { openTable } = await import('../../../lambda/adapters/sdk-table.ts');
  idempotency = createDynamoIdempotency(openTable('records'));
});
afterAll(async () => {
  await proxy.close();
  await aws.close();
});
afterEach(() => lane.begin());

const newCall = () => ({
  userId: randomUUID(),
  operation: 'create',
  keyHash: randomUUID(),
  callId: randomUUID(),
});
/** Another call with the same key. */
const again = (call: IdempotentCall): IdempotentCall => ({ ...call, callId: randomUUID() });
const now = Date.UTC(2026, 0, 1);

test('a call whose first reply was lost still takes its key', async () => {
  lane.begin(({ attempt }) => (attempt === 1 ? 'lost' : undefined));
  expect(await idempotency.begin(newCall(), 'body', now)).toEqual({ state: 'new' });
  expect(lane.calls).toHaveLength(2);
});

test('another call with the key finds the first one under way, with the hash of its body', async () => {
  const call = newCall();
  await idempotency.begin(call, 'body', now);
  expect(await idempotency.begin(again(call), 'other', now)).toEqual({ state: 'running', bodyHash: 'body' });
});

test('a finished call is found with its answer for a day', async () => {
  const call = newCall();
  await idempotency.begin(call, 'body', now);
  await idempotency.finish(call, 'sealed');
  const done = { state: 'done', bodyHash: 'body', sealed: 'sealed' };
  expect(await idempotency.begin(again(call), 'body', now + 23 * 3_600_000)).toEqual(done);
  expect(await idempotency.begin(again(call), 'body', now + 24 * 3_600_000)).toEqual({ state: 'new' });
});

test('a key is free again once its call has failed, or a minute after it was cut off', async () => {
  const call = newCall();
  await idempotency.begin(call, 'body', now);
  await idempotency.release(call);
  const second = again(call);
  expect(await idempotency.begin(second, 'body', now)).toEqual({ state: 'new' });
  expect(await idempotency.begin(again(call), 'body', now + 59_999)).toMatchObject({ state: 'running' });
  expect(await idempotency.begin(again(call), 'body', now + 60_000)).toEqual({ state: 'new' });
});

test('a call frees only its own key, and never an answer', async () => {
  const call = newCall();
  await idempotency.begin(call, 'body', now);
  await idempotency.release(again(call));
  expect(await idempotency.begin(again(call), 'body', now)).toMatchObject({ state: 'running' });
  await idempotency.finish(call, 'sealed');
  await idempotency.release(call);
  expect(await idempotency.begin(again(call), 'body', now)).toMatchObject({ state: 'done' });
});

test('a call cut off long ago can’t overwrite the answer of its successor', async () => {
  const late = newCall();
  await idempotency.begin(late, 'body', now);
  const taker = again(late);
  await idempotency.begin(taker, 'body', now + 60_000);
  await expect(idempotency.finish(late, 'late')).rejects.toThrow('conditional');
  await idempotency.finish(taker, 'taken');
  expect(await idempotency.begin(again(late), 'body', now + 60_000)).toMatchObject({ sealed: 'taken' });
});
