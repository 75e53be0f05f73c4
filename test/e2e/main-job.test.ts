import OpenAI from 'openai';
import { addPerson, call, chatBody, createKey, newEmail, newestCode, newPassword, signUp } from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;

beforeAll(async () => {
  runtime = await sharedRuntime();
});

test('a stranger signs up, picks a plan, gets a key, chats streamed, and is refused at the eleventh call', async () => {
  const person = { email: newEmail(), password: newPassword() };
  const registered = await call(runtime.edge, '/v1/register', { body: person });
  expect(registered).toMatchObject({ status: 201, body: { status: 'confirmation_required' } });
  const code = await newestCode(runtime, person.email);
  expect(
    await call(runtime.edge, '/v1/register/confirm', { body: { email: person.email, code } }),
  ).toMatchObject({
    status: 200,
    body: { status: 'confirmed' },
  });
  const { body: session } = await call(runtime.edge, '/v1/login', { body: person });

  const plans = await call(runtime.edge, '/v1/plans');
  expect(plans.body.data.map((plan: { name: string }) => plan.name)).toEqual([
    '10-per-day',
    '20-per-day',
    '30-per-day',
  ]);

  const created = await call(runtime.edge, '/v1/api-keys', {
    token: session.token,
    body: { name: 'laptop', plan: '10-per-day' },
  });
  expect(created).toMatchObject({
    status: 201,
    body: { plan: '10-per-day', status: 'activating', used: 0, remaining: 10 },
  });
  const key: string = created.body.key;
  expect(key).toMatch(/^dpk[0-9A-Za-z]{38}$/);

  for (let count = 1; count <= 10; count += 1) {
    const answer = await call(runtime.stage, '/v1/chat/completions', {
      key,
      body: chatBody({ stream: count % 2 === 0 }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-ratelimit-remaining-requests')).toBe(String(10 - count));
    if (count % 2 === 0) expect(answer.text.trimEnd().endsWith('data: [DONE]')).toBe(true);
  }
  const refused = await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() });
  expect(refused).toMatchObject({
    status: 429,
    body: { error: { code: 'quota_exceeded', type: 'insufficient_quota' } },
  });
  expect(refused.headers.get('x-should-retry')).toBe('false');
  expect(refused.headers.get('x-ratelimit-limit-requests')).toBe('10');
  expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0');
  const wait = Number(refused.headers.get('retry-after'));
  expect(refused.headers.get('x-ratelimit-reset-requests')).toBe(`${wait}s`);
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  expect(Math.abs(Date.now() + wait * 1000 - midnight)).toBeLessThan(60_000);

  const usage = await call(runtime.edge, '/v1/usage', { token: session.token });
  expect(usage.body.data).toMatchObject([{ keyId: created.body.id, requests: 10, refused: 1 }]);
  const standing = await call(runtime.edge, '/v1/api-key', { key });
  expect(standing.body).toMatchObject({ limit: 10, used: 10, remaining: 0 });
});

describe('OpenAI’s own client', () => {
  let key: string;
  beforeAll(async () => {
    ({ key } = await createKey(runtime, (await signUp(runtime)).token, { plan: '30-per-day' }));
  });
  const messages = [{ role: 'user' as const, content: 'Hello there' }];
  const clients = () => ({
    'a bearer key at the edge': new OpenAI({ baseURL: `${runtime.edge}/v1`, apiKey: key }),
    'x-api-key at the stage': new OpenAI({
      baseURL: `${runtime.stage}/v1`,
      apiKey: 'unused',
      defaultHeaders: { 'x-api-key': key, Authorization: null },
    }),
  });

  test.each(['a bearer key at the edge', 'x-api-key at the stage'] as const)(
    'works by %s, whole and streamed',
    async (way) => {
      const client = clients()[way];
      const whole = await client.chat.completions.create({ model: 'nova-lite', messages, max_tokens: 30 });
      expect(whole.choices[0]?.message.content).toContain('Daypass');
      expect(whole.usage?.completion_tokens).toBeGreaterThan(0);

      const stream = await client.chat.completions.create({
        model: 'nova-lite',
        messages,
        max_tokens: 30,
        stream: true,
        stream_options: { include_usage: true },
      });
      const chunks = await Array.fromAsync(stream);
      const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
      expect(text).toBe(whole.choices[0]?.message.content);
      expect(chunks.at(-1)?.usage).toEqual(whole.usage);
      expect(chunks.some((chunk) => chunk.choices[0]?.finish_reason === 'length')).toBe(true);
    },
  );

  test('lists the models, without a key too', async () => {
    const models = await clients()['a bearer key at the edge'].models.list();
    expect(models.data.map((model) => model.id)).toContain('nova-lite');
    expect((await call(runtime.edge, '/v1/models/nova-lite')).body).toMatchObject({
      id: 'nova-lite',
      object: 'model',
    });
    expect(await call(runtime.edge, '/v1/models/gpt-9')).toMatchObject({
      status: 404,
      body: { error: { code: 'model_not_found' } },
    });
  });

  test('raises its own error classes for a wrong key and an unknown model', async () => {
    const wrong = new OpenAI({ baseURL: `${runtime.edge}/v1`, apiKey: `${key.slice(0, -1)}_` });
    await expect(wrong.chat.completions.create({ model: 'nova-lite', messages })).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    const client = clients()['a bearer key at the edge'];
    await expect(client.chat.completions.create({ model: 'gpt-9', messages })).rejects.toBeInstanceOf(
      OpenAI.NotFoundError,
    );
  });

  test('does not retry past the plan', async () => {
    const { key: small } = await createKey(runtime, (await addPerson(runtime)).token);
    let calls = 0;
    const client = new OpenAI({
      baseURL: `${runtime.edge}/v1`,
      apiKey: small,
      fetch: (...request) => {
        calls += 1;
        return fetch(...request);
      },
    });
    const ask = () => client.chat.completions.create({ model: 'nova-lite', messages, max_tokens: 2 });
    for (let count = 0; count < 10; count += 1) await ask();
    await expect(ask()).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    expect(calls).toBe(11);
  });
});
