import { randomUUID } from 'node:crypto';
import { addPerson, call, chatBody, createKey } from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
beforeAll(async () => {
  runtime = await sharedRuntime();
});

describe.each(['edge', 'stage'] as const)('one X-Amzn-RequestId for every call, at the %s', (port) => {
  const chosen = randomUUID();
  const headers = { 'x-amzn-requestid': chosen };

  test('API Gateway takes it over, and nothing of ours is called by it', async () => {
    const { token } = await addPerson(runtime);
    const { key } = await createKey(runtime, token, { plan: '20-per-day' });
    const calls = [
      { path: '/v1/chat/completions', key, body: chatBody() },
      { path: '/v1/chat/completions', key, body: chatBody() },
      { path: '/v1/chat/completions', key, body: chatBody({ model: 'nobody' }) },
      { path: '/v1/messages', key, body: chatBody() },
      { path: '/v1/responses', key, body: { model: 'nova-lite', input: 'Hi' } },
      { path: '/v1/plans' },
      { path: '/v1/chat/completions', key: 'dpkUnknown', body: chatBody() },
      { path: '/v1/nowhere' },
      { path: '/v1/me' },
    ];
    const answers = await Promise.all(
      calls.map(({ path, ...options }) => call(runtime[port], path, { ...options, headers })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200, 200, 401, 404, 401]);
    const names = answers.map(({ headers: told }) => told.get('x-request-id'));
    expect(new Set(names).size).toBe(calls.length);
    for (const answer of answers) {
      expect(answer.headers.get('x-amzn-requestid')).toBe(chosen);
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{15}=$/);
      expect(answer.headers.get('x-amz-apigw-id')).toBe(answer.headers.get('x-request-id'));
      expect(JSON.stringify(answer.body)).not.toContain(chosen);
    }
    const told = [2, 6, 7].map((at) => JSON.stringify(answers[at]?.body));
    expect(told[1]).toContain(`"request_id":"${names[6]}"`);
    expect(runtime.output()).not.toContain(chosen);
  });

  test('every call is charged', async () => {
    const { key } = await createKey(runtime, (await addPerson(runtime)).token, { plan: '10-per-day' });
    const chats = Array.from({ length: 16 }, () =>
      call(runtime[port], '/v1/chat/completions', { key, body: chatBody(), headers }),
    );
    const served = (await Promise.all(chats)).filter(({ status }) => status === 200);
    expect(served).toHaveLength(10);
    expect((await call(runtime.edge, '/v1/api-key', { key, headers })).body).toMatchObject({ used: 10 });
  });
});
