import {
  APIGatewayClient,
  GetUsageCommand,
  GetUsagePlanCommand,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import { parse, stringify } from 'yaml';
import { type Answer, addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';
import { scripted } from './scripted.ts';

/**
 * The usage plan's own quota is the plan's number, and it counts what we refuse too. What is refused must take nothing of
 * the plan all the same.
 */
let other: OtherAssembly;
let runtime: RunningRuntime;
let gateway: APIGatewayClient;
let person: Person;

beforeAll(async () => {
  other = synthesizeWith((shown) => {
    const settings = parse(shown);
    // The token bucket has tests of its own; here calls come as fast as they can.
    Object.assign(settings.plans[0], { rate: 10_000, burst: 5000 });
    return stringify(settings);
  });
  runtime = await startRuntime({ assembly: other.assembly });
  gateway = new APIGatewayClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}, 240_000);
beforeEach(async () => {
  person = await addPerson(runtime);
});
afterAll(async () => {
  gateway?.destroy();
  await runtime?.stop();
  other?.remove();
});

const chat = (key: string, base = runtime.stage) =>
  call(base, '/v1/chat/completions', { key, body: chatBody() });

/** What no model is asked for, on every route behind the fence. */
const refusals: { what: string; path: string; body: unknown; headers?: Record<string, string> }[] = [
  { what: 'no JSON', path: '/v1/chat/completions', body: '{"model":' },
  { what: 'no object', path: '/v1/chat/completions', body: '[]' },
  { what: 'an unknown model', path: '/v1/chat/completions', body: chatBody({ model: 'gpt-9' }) },
  { what: 'an unknown field', path: '/v1/chat/completions', body: chatBody({ frobnicate: 1 }) },
  {
    what: 'another content type',
    path: '/v1/chat/completions',
    body: 'hello',
    headers: { 'content-type': 'text/plain' },
  },
  { what: 'nothing', path: '/v1/chat/completions', body: '' },
  { what: 'a body too deep', path: '/v1/chat/completions', body: `${'['.repeat(500)}${']'.repeat(500)}` },
  { what: 'no max_tokens', path: '/v1/messages', body: { model: 'nova-lite', messages: [] } },
  { what: 'an unknown model', path: '/v1/responses', body: { model: 'gpt-9', input: 'Hi' } },
  { what: 'no input', path: '/v1/embeddings', body: { model: 'titan-embed-text-v2' } },
];

async function refuse(key: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const { path, body, headers } = refusals[at % refusals.length] as (typeof refusals)[number];
    const { status } = await call(runtime.stage, path, { key, body, ...(headers && { headers }) });
    statuses.push(status);
  }
  return statuses;
}

async function planId(): Promise<string> {
  for await (const page of paginateGetUsagePlans({ client: gateway }, {})) {
    const plan = page.items?.find(({ name }) => name === '10RequestPerDay');
    if (plan?.id !== undefined) return plan.id;
  }
  throw new Error('no usage plan');
}

/** `[used, remaining]` of today, of the one key that has been used. */
async function usageOf(before: readonly string[]): Promise<number[] | undefined> {
  const day = new Date().toISOString().slice(0, 10);
  const usage = await gateway.send(
    new GetUsageCommand({ usagePlanId: await planId(), startDate: day, endDate: day }),
  );
  return Object.entries(usage.items ?? {}).find(([id]) => !before.includes(id))?.[1]?.[0];
}

async function usedKeys(): Promise<string[]> {
  const day = new Date().toISOString().slice(0, 10);
  const usage = await gateway.send(
    new GetUsageCommand({ usagePlanId: await planId(), startDate: day, endDate: day }),
  );
  return Object.keys(usage.items ?? {});
}

/** The gate's own refusal, which tells limit and reset. */
function expectExactRefusal(answer: Answer): void {
  expect(answer).toMatchObject({ status: 429, body: { error: { code: 'quota_exceeded' } } });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-ratelimit-limit-requests': '10',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': expect.stringMatching(/^\d+s$/),
    'retry-after': expect.stringMatching(/^\d+$/),
    'x-should-retry': 'false',
  });
}

test('the usage plan’s quota is the plan’s own number', async () => {
  const { quota } = await gateway.send(new GetUsagePlanCommand({ usagePlanId: await planId() }));
  expect(quota).toMatchObject({ limit: 10, period: 'DAY' });
});

test('ten calls are ten in API Gateway too, and the next ones are told limit and reset at both ports', async () => {
  const before = await usedKeys();
  const { key } = await createKey(runtime, person.token);
  for (let good = 1; good <= 10; good += 1) expect((await chat(key)).status).toBe(200);
  expect(await usageOf(before)).toEqual([10, 3]);
  expectExactRefusal(await chat(key));
  expectExactRefusal(await chat(key, runtime.edge));
  expectExactRefusal(await chat(key));
  // What comes after meets the fence.
  expect(await usageOf(before)).toEqual([13, 0]);
  const fenced = await chat(key);
  expect(fenced).toMatchObject({ status: 429, body: { error: { code: 'quota_exceeded' } } });
  expect(fenced.headers.get('x-ratelimit-limit-requests')).toBeNull();
});

test.each([
  ['ten before each', (good: number) => (good <= 10 ? 10 : 0)],
  ['all before the first', (good: number) => (good === 1 ? 100 : 0)],
  ['all before the last', (good: number) => (good === 10 ? 100 : 0)],
])('of 100 refused calls none eats the plan: %s', async (_when, refusedBefore) => {
  const { key } = await createKey(runtime, person.token);
  for (let good = 1; good <= 10; good += 1) {
    const statuses = await refuse(key, refusedBefore(good));
    expect(statuses.filter((status) => status < 400 || status === 429 || status >= 500)).toEqual([]);
    expect((await chat(key)).status).toBe(200);
  }
  expectExactRefusal(await chat(key));
  expectExactRefusal(await chat(key, runtime.edge));
});

test.each(refusals)(
  '$what on $path is refused, counted by the fence, and made up for',
  async ({ path, body, headers }) => {
    const { key } = await createKey(runtime, person.token);
    for (let good = 1; good <= 9; good += 1) expect((await chat(key)).status).toBe(200);
    for (let time = 0; time < 3; time += 1) {
      const { status } = await call(runtime.stage, path, { key, body, ...(headers && { headers }) });
      expect([400, 404, 415]).toContain(status);
    }
    expect((await chat(key)).status).toBe(200);
  },
);

test('what fails by the model’s fault is made up for at the fence too', async () => {
  const { key } = await createKey(runtime, person.token);
  const failing = chatBody({
    model: 'nova-micro',
    messages: [{ role: 'user', content: scripted([{ exception: 'internalServerException' }]) }],
  });
  for (let good = 1; good <= 10; good += 1) {
    const failed = await call(runtime.stage, '/v1/chat/completions', { key, body: failing });
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect((await chat(key)).status).toBe(200);
  }
  expectExactRefusal(await chat(key));
});

test('a caller who is refused on and on is stopped at the fence', async () => {
  const { key } = await createKey(runtime, person.token);
  const statuses = await refuse(key, 240);
  // Ten of the plan, and ten lifts to what the gate has left and the plan's number.
  expect(statuses.indexOf(429)).toBe(10 + 10 * 20);
  expect(statuses.slice(210).every((status) => status === 429)).toBe(true);
});

test('counting tokens asks no model to answer, and API Gateway does not count it', async () => {
  const before = await usedKeys();
  const { key } = await createKey(runtime, person.token);
  const body = { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Hello' }] };
  const { status } = await call(runtime.stage, '/v1/messages/count_tokens', { key, body });
  expect(status).toBe(200);
  expect(await usageOf(before)).toBeUndefined();
});

test('of 400 calls from eight callers, refused and failing ones among them, exactly ten are served', async () => {
  const { key } = await createKey(runtime, person.token);
  const content = scripted([{ exception: 'internalServerException' }]);
  const failing = chatBody({ model: 'nova-micro', messages: [{ role: 'user', content }] });
  const bodies = [chatBody(), chatBody({ frobnicate: 1 }), chatBody({ model: 'gpt-9' })];
  const caller = async (at: number) => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      // One each, since a key has as many refunds of failures a day as it has requests.
      const body = turn === 1 ? failing : bodies[(at + turn) % bodies.length];
      statuses.push((await call(runtime.stage, '/v1/chat/completions', { key, body })).status);
    }
    return statuses;
  };
  const statuses = (await Promise.all(Array.from({ length: 8 }, (_caller, at) => caller(at)))).flat();
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  const { body } = await call(runtime.edge, '/v1/api-key', { key });
  expect(body).toMatchObject({ used: 10, remaining: 0 });
});
