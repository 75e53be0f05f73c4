import {
  APIGatewayClient,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  UpdateUsageCommand,
} from '@aws-sdk/client-api-gateway';
import { secondsUntil, windowAt } from '../../core/metering/windows.ts';
import { type Answer, addPerson, call, chatBody, createKey } from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let gateway: APIGatewayClient;
let key: string;

/** A key of which API Gateway lets nothing more through today, whatever our own gate would say. */
beforeAll(async () => {
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
  gateway = new APIGatewayClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { token } = await addPerson(runtime);
  ({ key } = await createKey(runtime, token));
  // Another time of day than this machine's, which the edge has to tell.
  const offset = 7 * 3600 + 1234;
  await fetch(`${runtime.edge}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ offsetSeconds: offset }),
  });
  const { items: plans } = await gateway.send(new GetUsagePlansCommand({ limit: 500 }));
  for (const { id: usagePlanId } of plans ?? []) {
    const { items: keys } = await gateway.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    for (const { id: keyId } of keys ?? []) {
      const patchOperations = [{ op: 'replace' as const, path: '/remaining', value: '0' }];
      await gateway.send(new UpdateUsageCommand({ usagePlanId, keyId, patchOperations }));
    }
  }
});
afterAll(async () => {
  gateway.destroy();
  await runtime.stop();
});

const clockNow = async () => {
  const answer = await fetch(`${runtime.edge}/_local/clock`);
  return Date.parse(((await answer.json()) as { now: string }).now);
};

const routes = [
  ['/v1/chat/completions', chatBody({ max_tokens: 2 })],
  ['/v1/messages', chatBody({ max_tokens: 2 })],
] as const;

function expectRefusal(answer: Answer): void {
  expect(answer.status).toBe(429);
  expect(answer.body).toEqual({
    type: 'error',
    error: {
      message: expect.stringContaining('00:00 UTC'),
      type: 'insufficient_quota',
      code: 'quota_exceeded',
      param: null,
      docs: '/docs#error-quota_exceeded',
    },
    request_id: answer.headers.get('x-request-id'),
  });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-ratelimit-remaining-requests': '0',
    'x-should-retry': 'false',
    'x-request-id': expect.stringMatching(/./),
    'access-control-allow-origin': '*',
    'access-control-expose-headers': expect.stringContaining('x-ratelimit-reset-requests'),
  });
}

test.each(routes)('%s at the edge: the fence’s refusal tells when the day ends', async (path, body) => {
  const before = await clockNow();
  const answer = await call(runtime.edge, path, { key, body });
  const after = await clockNow();
  expectRefusal(answer);
  const seconds = Number(answer.headers.get('retry-after'));
  const { endsAt } = windowAt('day', before);
  expect(seconds).toBeLessThanOrEqual(secondsUntil(endsAt, before));
  expect(seconds).toBeGreaterThanOrEqual(secondsUntil(endsAt, after));
  expect(answer.headers.get('x-ratelimit-reset-requests')).toBe(`${seconds}s`);
});

test.each(routes)(
  '%s at the stage: the same refusal, whose reset is in its words alone',
  async (path, body) => {
    const answer = await call(runtime.stage, path, { key, body });
    expectRefusal(answer);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(answer.headers.get('x-ratelimit-reset-requests')).toBeNull();
  },
);

test('what a caller sends in the edge’s place is not believed there', async () => {
  const headers = { 'x-daypass-day-ends-in': '1', 'x-daypass-day-reset': '1s' };
  const answer = await call(runtime.edge, '/v1/chat/completions', { key, body: chatBody(), headers });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(1);
});
