import { randomUUID } from 'node:crypto';
import type { FaultKind, SeenCall } from './aws-proxy.ts';
import type { Environment, FunctionAnswer } from './functions.ts';
import { recordsIn } from './inspect.ts';
import { reconcileOnce } from './matrix.ts';
import { routeEvent } from './operations.ts';
import { chatEvent } from './race-runner.ts';
import { type RunningBench, startBench } from './start-bench.ts';

/** Attempts that each service's client is set to (lambda/adapters); a bound of time is attempts × their timeouts. */
const attemptsOf: Record<string, number> = { dynamodb: 3, apigateway: 6, kms: 3, bedrock: 2 };

let bench: RunningBench;
let environment: Environment;
beforeAll(async () => {
  bench = await startBench();
  environment = bench.functions.environment('caller');
});
afterEach(() => lane().begin());
afterAll(() => bench.close());

const lane = () => bench.platform.proxy.lane('caller');
const breakService = (broken: string, kind: FaultKind) =>
  lane().begin(({ service }) => (service === broken ? kind : undefined));

async function invoke(name: Parameters<Environment['invoke']>[0], event: object): Promise<FunctionAnswer> {
  const outcome = await environment.invoke(name, event, bench.platform.clock.offsetSeconds * 1000);
  if (outcome === 'killed') throw new Error('killed');
  return outcome;
}

/** More attempts at one call than its client is set to. */
const unbounded = (calls: readonly SeenCall[]) =>
  calls.filter(({ attempt, service }) => attempt > (attemptsOf[service] ?? 0));

const create = (userId: string, headers = {}) =>
  invoke('create-api-key', routeEvent(userId, { body: { name: 'laptop', plan: '10-per-day' }, headers }));

describe.each(['down', 'timeout', 'throttle', 'error'] as const)(
  'while calls to DynamoDB end in %s',
  (kind) => {
    test('a chat is refused with 503 within its attempts, and no model is asked', async () => {
      const key = await bench.workshop.create(randomUUID());
      const asked = bench.platform.modelCalls();
      breakService('dynamodb', kind);
      const answer = await invoke('chat-completions', chatEvent(key.record, randomUUID()));
      expect(answer).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
      expect(bench.platform.modelCalls()).toBe(asked);
      const { calls } = lane();
      expect(calls.every(({ service }) => service === 'dynamodb')).toBe(true);
      expect(calls.length).toBe(attemptsOf.dynamodb);
    });

    test('creating a key is refused with 503 before API Gateway is asked', async () => {
      breakService('dynamodb', kind);
      expect(await create(randomUUID())).toMatchObject({
        status: 503,
        body: { error: { code: 'service_unavailable' } },
      });
      expect(lane().calls.map(({ service }) => service)).toEqual(Array(attemptsOf.dynamodb).fill('dynamodb'));
    });
  },
);

describe.each(['down', 'timeout', 'throttle', 'error'] as const)(
  'while calls to API Gateway end in %s',
  (kind) => {
    test('creating a key is refused with 503 within its attempts, and nothing is left once it is back', async () => {
      const userId = randomUUID();
      breakService('apigateway', kind);
      expect(await create(userId)).toMatchObject({
        status: 503,
        body: { error: { code: 'service_unavailable' } },
      });
      expect(unbounded(lane().calls)).toEqual([]);
      lane().begin();
      await reconcileOnce(bench, bench.functions.environment('reconciler'));
      const snapshot = await bench.inspector.snapshot();
      expect(recordsIn(snapshot).filter((record) => record.userId === userId)).toEqual([]);
      expect(snapshot.keys.filter((key) => key.userId === userId)).toEqual([]);
      expect(await create(userId)).toMatchObject({ status: 201 });
    });

    test('chats go on: they do not need it', async () => {
      const key = await bench.workshop.create(randomUUID());
      breakService('apigateway', kind);
      expect(await invoke('chat-completions', chatEvent(key.record, randomUUID()))).toMatchObject({
        status: 200,
      });
    });
  },
);

test.each(['down', 'timeout', 'throttle', 'error'] as const)(
  'while calls to KMS end in %s a key is made all the same; only repeating the answer is not possible',
  async (kind) => {
    breakService('kms', kind);
    const answer = await create(randomUUID(), { 'Idempotency-Key': 'once' });
    expect(answer).toMatchObject({ status: 201, body: { status: 'active' } });
    expect(unbounded(lane().calls)).toEqual([]);
  },
);

test.each([
  ['throttle', 503, 'model_overloaded'],
  ['error', 502, 'model_failed'],
  ['down', 504, 'model_timeout'],
] as const)(
  'while calls to Bedrock end in %s a chat is refused with %i %s and not charged',
  async (kind, status, code) => {
    const key = await bench.workshop.create(randomUUID());
    breakService('bedrock', kind);
    const answer = await invoke('chat-completions', chatEvent(key.record, randomUUID()));
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(unbounded(lane().calls)).toEqual([]);
    const charged = await bench.workshop.charge(key.record.apiKeyId ?? '');
    // The charge just made is the only one.
    expect(charged).toMatchObject({ outcome: 'charged', charge: { standing: { remaining: 9 } } });
  },
);
