import { randomUUID } from 'node:crypto';
import type { KeyRecord } from '../../core/keys/ports.ts';
import type { FaultKind, SeenCall } from './aws-proxy.ts';
import type { Environment, FunctionAnswer } from './functions.ts';
import { recordsIn } from './inspect.ts';
import { reconcileOnce } from './matrix.ts';
import { routeEvent } from './operations.ts';
import { chatEvent } from './race-runner.ts';
import { type RunningBench, startBench } from './start-bench.ts';

/** Attempts that each service's client is set to (lambda/adapters). */
const attemptsOf: Record<string, number> = {
  dynamodb: 3,
  apigateway: 4,
  'cognito-idp': 3,
  kms: 3,
  bedrock: 2,
};
const kinds = ['down', 'timeout', 'throttle', 'error'] as const;
const plan = '10-per-day';

let bench: RunningBench;
let environment: Environment;
let reconciler: Environment;
beforeAll(async () => {
  bench = await startBench();
  environment = bench.functions.environment('caller');
  reconciler = bench.functions.environment('reconciler');
});
afterEach(() => lane().begin());
afterAll(() => bench.close());

const lane = () => bench.platform.proxy.lane('caller');
const breakService = (broken: string, kind: FaultKind) =>
  lane().begin(({ service }) => (service === broken ? kind : undefined));
const callsTo = (name: string) => lane().calls.filter(({ service }) => service === name);

async function invoke(name: Parameters<Environment['invoke']>[0], event: object): Promise<FunctionAnswer> {
  const outcome = await environment.invoke(name, event, bench.platform.clock.offsetSeconds * 1000);
  if (outcome === 'killed') throw new Error('killed');
  return outcome;
}

/** More attempts at one call than its client is set to. */
const unbounded = (calls: readonly SeenCall[]) =>
  calls.filter(({ attempt, service }) => attempt > (attemptsOf[service] ?? 0));

const create = (userId: string, headers = {}) =>
  invoke('create-api-key', routeEvent(userId, { body: { name: 'laptop', plan }, headers }));
const rotate = ({ userId, keyId }: KeyRecord) =>
  invoke('rotate-api-key', routeEvent(userId, { body: {}, pathParameters: { id: keyId } }));
const revoke = ({ userId, keyId }: KeyRecord) =>
  invoke('revoke-api-key', routeEvent(userId, { pathParameters: { id: keyId } }));
const deleteMe = (userId: string) => invoke('delete-me', routeEvent(userId, {}));

const unavailable = {
  status: 503,
  headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
  body: { error: { code: 'service_unavailable' } },
};

/** What is there of a user once everything answers again and the reconciler has been. */
async function leftOf(userId: string) {
  lane().begin();
  await reconcileOnce(bench, reconciler);
  const snapshot = await bench.inspector.snapshot();
  return {
    records: recordsIn(snapshot).filter((record) => record.userId === userId),
    keys: snapshot.keys.filter((key) => key.userId === userId),
    intents: snapshot.items.filter(({ pk, userId: whose }) => pk.startsWith('PENDING#') && whose === userId),
  };
}
const nothing = { records: [], keys: [], intents: [] };

describe.each(kinds)('while calls to DynamoDB end in %s', (kind) => {
  test('a chat is refused with 503 after its attempts, and no model is asked', async () => {
    const key = await bench.workshop.create(randomUUID());
    const asked = bench.platform.modelCalls();
    breakService('dynamodb', kind);
    expect(await invoke('chat-completions', chatEvent(key.record, randomUUID()))).toMatchObject(unavailable);
    expect(bench.platform.modelCalls()).toBe(asked);
    const { calls } = lane();
    expect(calls.every(({ service }) => service === 'dynamodb')).toBe(true);
    expect(calls.length).toBe(attemptsOf.dynamodb);
  });

  test('creating a key is refused with 503 before API Gateway is asked', async () => {
    breakService('dynamodb', kind);
    expect(await create(randomUUID())).toMatchObject(unavailable);
    expect(lane().calls.map(({ service }) => service)).toEqual(Array(attemptsOf.dynamodb).fill('dynamodb'));
  });

  test('from a key’s reservation on, creating is refused with 503, and nothing is left once DynamoDB is back', async () => {
    const userId = randomUUID();
    let reserved = false;
    lane().begin(({ service, operation }) => {
      reserved ||= operation === 'TransactWriteItems';
      return reserved && service === 'dynamodb' ? kind : undefined;
    });
    expect(await create(userId, { 'Idempotency-Key': 'once' })).toMatchObject(unavailable);
    expect(unbounded(lane().calls)).toEqual([]);
    expect(await leftOf(userId)).toEqual(nothing);
  });
});

describe.each(kinds)('while calls to API Gateway end in %s', (kind) => {
  test('creating a key is refused with 503, and nothing is left once API Gateway is back', async () => {
    const userId = randomUUID();
    breakService('apigateway', kind);
    expect(await create(userId)).toMatchObject(unavailable);
    expect(unbounded(lane().calls)).toEqual([]);
    expect(await leftOf(userId)).toEqual(nothing);
    expect(await create(userId)).toMatchObject({ status: 201 });
  });

  test('rotating is refused with 503, and the key goes on working', async () => {
    const { record } = await bench.workshop.create(await bench.platform.addUser());
    breakService('apigateway', kind);
    expect(await rotate(record)).toMatchObject(unavailable);
    expect(unbounded(lane().calls)).toEqual([]);
    expect(await leftOf(record.userId)).toMatchObject({
      records: [{ keyId: record.keyId, valueHash: record.valueHash }],
      keys: [{ id: record.apiKeyId }],
      intents: [],
    });
    expect(await rotate(record)).toMatchObject({ status: 200 });
  });

  test('a key is still revoked, and removed once API Gateway is back', async () => {
    const { record } = await bench.workshop.create(await bench.platform.addUser());
    breakService('apigateway', kind);
    expect(await revoke(record)).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect(unbounded(lane().calls)).toEqual([]);
    expect(await bench.workshop.charge(record.apiKeyId ?? '')).toEqual({ outcome: 'unknown_key' });
    expect(await leftOf(record.userId)).toMatchObject({ keys: [], intents: [] });
  });

  test('deleting an account is refused with 503, and goes on once it is back', async () => {
    const userId = await bench.platform.addUser();
    await bench.workshop.create(userId);
    breakService('apigateway', kind);
    expect(await deleteMe(userId)).toMatchObject(unavailable);
    expect(unbounded(lane().calls)).toEqual([]);
    expect(await leftOf(userId)).toEqual(nothing);
  });

  test('chats go on, since they do not need it', async () => {
    const key = await bench.workshop.create(randomUUID());
    breakService('apigateway', kind);
    expect(await invoke('chat-completions', chatEvent(key.record, randomUUID()))).toMatchObject({
      status: 200,
    });
  });
});

describe.each(kinds)('while calls to Cognito end in %s', (kind) => {
  test('deleting an account is refused with 503, not as the caller’s attempts, and goes on once it is back', async () => {
    const userId = await bench.platform.addUser();
    await bench.workshop.create(userId);
    breakService('cognito-idp', kind);
    expect(await deleteMe(userId)).toMatchObject(unavailable);
    expect(unbounded(lane().calls)).toEqual([]);
    expect(await leftOf(userId)).toEqual(nothing);
  });

  test('a login is refused with 503', async () => {
    // Whoever logs in has no credentials of AWS: the call is not signed, so by no name.
    const unsigned = bench.platform.proxy.lane('');
    unsigned.begin(() => kind);
    const body = { email: 'ada@example.com', password: randomUUID() };
    expect(await invoke('login', routeEvent('', { body }))).toMatchObject(unavailable);
    expect(unbounded(unsigned.calls)).toEqual([]);
    unsigned.begin();
  });
});

describe('a service that hangs is waited for ten seconds at most, and six more while undoing', () => {
  test('API Gateway, if its calls take five seconds to fail, is called twice in each', async () => {
    breakService('apigateway', 'timeout');
    expect(await create(randomUUID(), { 'Idempotency-Key': 'once' })).toMatchObject(unavailable);
    const operations = callsTo('apigateway').map(({ operation }) => operation);
    expect(operations).toEqual(['CreateApiKey', 'CreateApiKey', 'GetApiKeys', 'GetApiKeys']);
  });

  test('however far a creation has come, it is undone in the time reserved for that', async () => {
    const userId = randomUUID();
    lane().begin(({ operation }) => (operation === 'CreateUsagePlanKey' ? 'timeout' : undefined));
    expect(await create(userId, { 'Idempotency-Key': 'once' })).toMatchObject(unavailable);
    lane().begin();
    const snapshot = await bench.inspector.snapshot();
    expect(recordsIn(snapshot).filter((record) => record.userId === userId)).toEqual([]);
    expect(snapshot.keys.filter((key) => key.userId === userId)).toEqual([]);
    expect(await create(userId, { 'Idempotency-Key': 'once' })).toMatchObject({ status: 201 });
  });

  test('a revocation that can’t remove the key is answered, and the removal abandoned', async () => {
    const { record } = await bench.workshop.create(randomUUID());
    breakService('apigateway', 'timeout');
    expect(await revoke(record)).toMatchObject({ status: 200 });
    expect(callsTo('apigateway')).toHaveLength(2);
  });

  test('Cognito, if its calls take eight seconds to fail, is called twice', async () => {
    const userId = await bench.platform.addUser();
    breakService('cognito-idp', 'timeout');
    expect(await deleteMe(userId)).toMatchObject(unavailable);
    expect(callsTo('cognito-idp')).toHaveLength(2);
  });

  test('a charge that meets one slow conflict after another is abandoned', async () => {
    const { record } = await bench.workshop.create(randomUUID());
    breakService('dynamodb', 'slow-conflict');
    expect(await invoke('chat-completions', chatEvent(record, randomUUID()))).toMatchObject(unavailable);
    // A conflict is tried again eight times where there is time.
    expect(callsTo('dynamodb').length).toBeLessThan(8);
  });
});

describe('a lost reply', () => {
  // The SDK's clients of an environment retry no longer once they have done so often.
  beforeEach(() => environment.kill());

  test('to the write that takes an Idempotency-Key does not make the caller wait for itself', async () => {
    lane().begin(({ operation, attempt }) => (operation === 'PutItem' && attempt === 1 ? 'lost' : undefined));
    expect(await create(randomUUID(), { 'Idempotency-Key': 'once' })).toMatchObject({ status: 201 });
    expect(lane().calls.filter(({ operation }) => operation === 'PutItem').length).toBeGreaterThan(1);
  });

  test('to a reservation leaves the place free at once', async () => {
    const userId = randomUUID();
    let transaction: number | undefined;
    lane().begin(({ operation, number }) => {
      if (operation === 'TransactWriteItems') transaction ??= number;
      return number === transaction ? 'lost' : undefined;
    });
    expect(await create(userId)).toMatchObject(unavailable);
    lane().begin();
    expect(await create(userId)).toMatchObject({ status: 201 });
  });

  test('to the beginning of a rotation leaves the key free to be rotated at once', async () => {
    const { record } = await bench.workshop.create(randomUUID());
    let transaction: number | undefined;
    lane().begin(({ operation, number }) => {
      if (operation === 'TransactWriteItems') transaction ??= number;
      return number === transaction ? 'lost' : undefined;
    });
    expect(await rotate(record)).toMatchObject(unavailable);
    lane().begin();
    expect(await rotate(record)).toMatchObject({ status: 200 });
  });
});

test.each(kinds)(
  'while calls to KMS end in %s a key is still made; only its answer can’t be repeated',
  async (kind) => {
    breakService('kms', kind);
    const answer = await create(randomUUID(), { 'Idempotency-Key': 'once' });
    expect(answer).toMatchObject({ status: 201, body: { key: expect.any(String) } });
    expect(unbounded(lane().calls)).toEqual([]);
  },
);

test.each([
  ['throttle', 503, 'model_overloaded'],
  ['error', 502, 'model_failed'],
  ['down', 503, 'service_unavailable'],
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
