import { addPerson, call, chatBody, createKey } from './client.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let other: OtherAssembly;
let runtime: RunningRuntime;

beforeAll(async () => {
  other = synthesizeWith((shown) =>
    shown
      .replace('maxTools: 128\n', 'maxTools: 128\n  serviceTiers: { default: 1, priority: 1.75 }\n')
      .replace('spendPerDay: 50', 'spendPerDay: 0.3'),
  );
  runtime = await startRuntime({ assembly: other.assembly });
}, 240_000);

afterAll(async () => {
  await runtime?.stop();
  other?.remove();
});

const newKey = async (plan = '30-per-day') => {
  const { token } = await addPerson(runtime);
  return { token, ...(await createKey(runtime, token, { plan })) };
};
const used = async (key: string) => (await call(runtime.edge, '/v1/api-key', { key })).body.used;
const costOf = async (token: string) => (await call(runtime.edge, '/v1/usage', { token })).body.data[0]?.cost;

const dialects: [path: string, write: (text: string, fields?: object) => Record<string, unknown>][] = [
  [
    '/v1/chat/completions',
    (content, fields) => ({
      ...chatBody({ messages: [{ role: 'user', content }] }),
      max_tokens: 5,
      ...fields,
    }),
  ],
  [
    '/v1/messages',
    (content, fields) => ({
      ...chatBody({ messages: [{ role: 'user', content }] }),
      max_tokens: 5,
      ...fields,
    }),
  ],
  ['/v1/responses', (input, fields) => ({ model: 'nova-lite', input, max_output_tokens: 5, ...fields })],
];
/** 480,000 tokens in less than a megabyte. */
const long = 'a b '.repeat(240_000);

test('the list of models tells contexts, and prices in every tier', async () => {
  const { body } = await call(runtime.edge, '/v1/models/claude-haiku-5-5');
  expect(body).toMatchObject({
    kind: 'chat',
    context_window: 1_000_000,
    pricing: {
      per_million_tokens: { input: 0.1, output: 0.5 },
      long_context: { above: 100_000, per_million_tokens: { input: 0.5, output: 2.5 } },
      service_tiers: { default: 1, priority: 1.75 },
    },
  });
  const { data } = (await call(runtime.edge, '/v1/models')).body;
  expect(new Set(data.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['chat', 'embedding']));
});

test.each(dialects)(
  '%s: a prompt past the context is refused by name, and not charged',
  async (path, write) => {
    const { key } = await newKey();
    const { status, body } = await call(runtime.stage, path, {
      key,
      body: write(long, { model: 'nova-micro' }),
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringMatching(
        /^prompt is too long: about 480\d{3} tokens > 128000 maximum of 'nova-micro'/,
      ),
      ...(path !== '/v1/messages' && {
        code: 'context_length_exceeded',
        param: path === '/v1/responses' ? 'input' : 'messages',
      }),
    });
    expect(await used(key)).toBe(0);
  },
);

test('tokens are counted for a prompt of any length', async () => {
  const { key } = await newKey();
  const body = { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: long }] };
  const counted = await call(runtime.stage, '/v1/messages/count_tokens', { key, body });
  expect(counted).toMatchObject({ status: 200 });
  expect(counted.body.input_tokens).toBeGreaterThan(480_000);
});

test('a text past an embedding model’s context is refused by name, and not charged', async () => {
  const { key } = await newKey();
  const body = { model: 'titan-embed-text-v2', input: ['fine', 'a '.repeat(20_000)] };
  expect((await call(runtime.stage, '/v1/embeddings', { key, body })).body.error).toMatchObject({
    code: 'context_length_exceeded',
    param: 'input.1',
  });
  expect(await used(key)).toBe(0);
});

test.each(dialects.filter(([path]) => path !== '/v1/messages'))(
  '%s: a service tier that is not on offer is refused by name, one that is costs its factor',
  async (path, write) => {
    const { key, token } = await newKey();
    const refused = await call(runtime.stage, path, { key, body: write('Hi', { service_tier: 'flex' }) });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: 'unsupported_parameter', param: 'service_tier' } },
    });
    expect(await used(key)).toBe(0);
    const costs: number[] = [];
    for (const service_tier of ['default', 'priority']) {
      const fields = { model: 'nova-pro', service_tier };
      expect((await call(runtime.stage, path, { key, body: write('Hi', fields) })).status).toBe(200);
      costs.push(await costOf(token));
    }
    const [usual = 0, both = 0] = costs;
    expect(usual).toBeGreaterThan(0);
    expect((both - usual) / usual).toBeCloseTo(1.75, 6);
  },
);

test('Anthropic’s standard_only is the usual tier', async () => {
  const { key } = await newKey();
  const [, [path, write]] = dialects as [unknown, (typeof dialects)[number]];
  const body = write('Hi', { service_tier: 'standard_only' });
  expect((await call(runtime.stage, path, { key, body })).status).toBe(200);
});

test('a long prompt is settled at its own price; past the spend ceiling no call of any route is served until the next day', async () => {
  const { key, token } = await newKey();
  const [[path, write]] = dialects as [(typeof dialects)[number]];
  const ask = () => call(runtime.stage, path, { key, body: write(long, { model: 'claude-haiku-5-5' }) });
  const answer = await ask();
  expect(answer.status).toBe(200);
  const { prompt_tokens, completion_tokens } = answer.body.usage;
  expect(prompt_tokens).toBeGreaterThan(480_000);
  expect(await costOf(token)).toBeCloseTo((prompt_tokens * 0.5 + completion_tokens * 2.5) / 1e6, 9);
  expect((await ask()).status).toBe(200);

  // A sum is good for ten seconds.
  const turn = (offsetSeconds: number) =>
    fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
  await turn(11);
  const other = await newKey();
  const calls: [string, Record<string, unknown>][] = [
    ...dialects.map(([route, body]): [string, Record<string, unknown>] => [route, body('Hi')]),
    ['/v1/embeddings', { model: 'titan-embed-text-v2', input: 'Hi' }],
  ];
  for (const [route, body] of calls) {
    const refused = await call(runtime.stage, route, { key: other.key, body });
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('This service has reached its limit for today');
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    if (route !== '/v1/messages') expect(refused.body.error.code).toBe('ceiling_reached');
  }
  expect(await used(other.key)).toBe(0);
  await turn(86_400 + 11);
  expect((await call(runtime.stage, path, { key: other.key, body: write('Hi') })).status).toBe(200);
});
