import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toErrorAnswer } from '../../lambda/http/error-answer.ts';
import { useAwsAt } from './adapters/start-aws.ts';

type Answer = (incoming: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let answer: Answer;
const calls: string[] = [];

beforeAll(async () => {
  server = createServer((incoming, response) => {
    calls.push(incoming.url ?? '');
    answer(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  useAwsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const hang: Answer = () => {};
const throttle: Answer = (_incoming, response) =>
  void response
    .writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException', 'content-type': 'application/json' })
    .end('{}');
const succeed: Answer = (_incoming, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"item":[]}');

async function open() {
  const { within } = await import('../../lambda/call-time.ts');
  const { createApiGatewayKeys } = await import('../../lambda/adapters/api-gateway/keys.ts');
  return { within, gateway: createApiGatewayKeys('records') };
}

/** How an answer that does not come would be told. */
const refusalOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (error: unknown) => toErrorAnswer(error, 'r1'),
  );
const unavailable = { statusCode: 503, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } };

test.each([
  ['hangs', hang],
  ['throttles', throttle],
])('a call to a service that %s ends with the route’s time, as a 503', async (_how, how) => {
  answer = how;
  const { within, gateway } = await open();
  expect(await refusalOf(within(300, () => gateway.delete('a')))).toMatchObject(unavailable);
});

test('once the time is over no service is called any more', async () => {
  answer = hang;
  const { within, gateway } = await open();
  let later: Promise<unknown> = Promise.resolve();
  await refusalOf(
    within(500, () =>
      gateway.delete('before').catch((error: unknown) => {
        answer = succeed;
        later = refusalOf(gateway.delete('after'));
        throw error;
      }),
    ),
  );
  expect(await later).toMatchObject(unavailable);
  expect(calls).toContain('/apikeys/before');
  expect(calls).not.toContain('/apikeys/after');
});

test('time reserved for undoing begins when the rest is used up', async () => {
  answer = hang;
  const { within, gateway } = await open();
  const undone = within(100, () =>
    gateway.delete('a').catch(() => {
      answer = succeed;
      return within(5_000, () => gateway.findIdByName('a').then(() => 'undone'));
    }),
  );
  expect(await undone).toBe('undone');
});

test('a service’s own refusal is passed on unchanged', async () => {
  answer = (_incoming, response) =>
    void response
      .writeHead(400, { 'x-amzn-errortype': 'BadRequestException', 'content-type': 'application/json' })
      .end('{"message":"no"}');
  const { within, gateway } = await open();
  await expect(within(5_000, () => gateway.delete('a'))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});

describe('before a model is asked, a service that hangs is abandoned after four seconds', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  /** Time passes as far as nothing is left to do. */
  async function passTime(milliseconds: number) {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      await jest.advanceTimersByTimeAsync(50);
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    }
  }

  const request = { apiKeyId: 'a1', requestId: 'r1', clientAddress: '192.0.2.1', now: 0 };
  const scope = { userId: 'ada', operation: 'create', keyHash: 'x' };

  test.each([
    [
      'the table, for a charge',
      async () => {
        const { openTable } = await import('../../lambda/adapters/sdk-table.ts');
        const { createDynamoMeter } = await import('../../lambda/adapters/meter/dynamo-meter.ts');
        return () => createDynamoMeter(openTable('records')).charge(request);
      },
    ],
    [
      'the table, for anything else',
      async () => {
        const { openTable } = await import('../../lambda/adapters/sdk-table.ts');
        const { createDynamoKeys } = await import('../../lambda/adapters/keys/dynamo-keys.ts');
        return () => createDynamoKeys(openTable('records')).findByHash('x');
      },
    ],
    [
      'KMS',
      async () => {
        const { createKmsSealer } = await import('../../lambda/adapters/idempotency.ts');
        return () => createKmsSealer('key').open(scope, 'AAAA');
      },
    ],
  ])('%s, with time for a second attempt', async (_name, load) => {
    answer = hang;
    const call = await load();
    const before = calls.length;
    let told: unknown;
    void refusalOf(call()).then((refusal) => {
      told = refusal;
    });
    await passTime(3000);
    expect(told).toBeUndefined();
    await passTime(1000);
    expect(told).toMatchObject(unavailable);
    expect(calls.length - before).toBeGreaterThanOrEqual(2);
  });
});
