import { keyRoutes } from '../../core/contract/api-keys.ts';
import { planRoutes } from '../../core/contract/plans.ts';
import { usageRoutes } from '../../core/contract/usage.ts';
import { createApi } from '../../web/api.ts';
import { createTab, json, refusal, signedIn, tokenOf } from './session-fixture.ts';

async function signedInApi(...answers: Response[]) {
  const tab = createTab([signedIn('ada', 1), ...answers]);
  await tab.session.start();
  tab.calls.length = 0;
  return { tab, api: createApi({ send: tab.send, session: tab.session }) };
}

test('a call has the route’s method, filled path, query, body, token and idempotency key', async () => {
  const { tab, api } = await signedInApi(json(200, {}), json(201, {}));
  await api.call(keyRoutes.getApiKey, { path: { id: 'key_a/b' } });
  await api.call(keyRoutes.createApiKey, {
    body: { name: 'laptop', plan: '10-per-day' },
    idempotencyKey: 'once',
  });
  const [get, post] = tab.calls;
  expect(get).toMatchObject({ method: 'GET', path: '/v1/api-keys/key_a%2Fb', body: undefined });
  expect(get?.headers.get('authorization')).toBe(`Bearer ${tokenOf('ada', 1)}`);
  expect(post).toMatchObject({ method: 'POST', body: { name: 'laptop', plan: '10-per-day' } });
  expect(post?.headers.get('idempotency-key')).toBe('once');
});

test('query fields without a value are left out', async () => {
  const { tab, api } = await signedInApi(json(200, {}));
  await api.call(usageRoutes.getUsage, { query: { from: '2026-11-01', keyId: undefined, limit: 5 } });
  expect(tab.calls[0]?.path).toBe('/v1/usage?from=2026-11-01&limit=5');
});

test('a public call has no token, and a call with a key has the key and no token', async () => {
  const { tab, api } = await signedInApi(json(200, {}), json(200, {}));
  await api.call(planRoutes.listPlans);
  await api.call(keyRoutes.getCurrentKey, { key: 'dpkX' });
  expect(tab.calls.map(({ headers }) => [headers.get('authorization'), headers.get('x-api-key')])).toEqual([
    [null, null],
    [null, 'dpkX'],
  ]);
});

test('a refused token is renewed once, silently, and the call continues', async () => {
  const { tab, api } = await signedInApi(
    refusal(401, 'unauthorized'),
    signedIn('ada', 2),
    json(200, { ok: true }),
  );
  expect(await api.call(keyRoutes.listApiKeys)).toEqual({ ok: true });
  expect(tab.calls.map(({ path }) => path)).toEqual(['/v1/api-keys', '/v1/session/refresh', '/v1/api-keys']);
  expect(tab.calls[2]?.headers.get('authorization')).toBe(`Bearer ${tokenOf('ada', 2)}`);
});

test('a fresh token that is refused too is reported, not retried for ever', async () => {
  const { tab, api } = await signedInApi(
    refusal(401, 'unauthorized'),
    signedIn('ada', 2),
    refusal(401, 'unauthorized'),
  );
  await expect(api.call(keyRoutes.listApiKeys)).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
  expect(tab.calls).toHaveLength(3);
});

test('another 401, such as a revoked API key’s, does not touch the session', async () => {
  const { tab, api } = await signedInApi(refusal(401, 'invalid_api_key'));
  await expect(api.call(keyRoutes.getCurrentKey, { key: 'dpkX' })).rejects.toMatchObject({
    code: 'invalid_api_key',
  });
  expect(tab.status()).toBe('logged-in');
  expect(tab.calls).toHaveLength(1);
});

test('a refusal carries all that a screen needs', async () => {
  const headers = {
    'x-request-id': 'req-9',
    'retry-after': '18720',
    'x-ratelimit-limit-requests': '10',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '18720s',
  };
  const body = { error: { message: 'Used up.', type: 't', code: 'quota_exceeded', param: 'plan' } };
  const { api } = await signedInApi(json(429, body, headers));
  await expect(api.open(keyRoutes.createApiKey, { body: { name: 'a', plan: 'b' } })).rejects.toMatchObject({
    kind: 'refusal',
    status: 429,
    code: 'quota_exceeded',
    message: 'Used up.',
    param: 'plan',
    requestId: 'req-9',
    retryAfterSeconds: 18_720,
    rateLimits: { requests: { limit: 10, remaining: 0, resetSeconds: 18_720 } },
  });
});

test.each([
  [502, 'server', 'The service answered 502 without saying why. Try again in a moment.'],
  [504, 'server', 'The service answered 504 without saying why. Try again in a moment.'],
  [403, 'refusal', 'The service answered 403 without saying why.'],
])(
  'CloudFront’s own page, with status %d, is reported with the id that CloudFront gives the call',
  async (status, kind, message) => {
    const page = '<!DOCTYPE html><title>ERROR: The request could not be satisfied</title>';
    const headers = { 'content-type': 'text/html', 'x-amz-cf-id': 'cf-7==' };
    const { api } = await signedInApi(new Response(page, { status, headers }));
    await expect(api.call(planRoutes.listPlans)).rejects.toMatchObject({
      kind,
      status,
      message,
      code: 'unreadable_answer',
      requestId: 'cf-7==',
    });
  },
);

test('no answer, an unreadable one and a refusal are told apart', async () => {
  const { api } = await signedInApi(
    new Response('<html>Bad gateway</html>', { status: 502 }),
    refusal(404, 'not_found'),
  );
  const kinds: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    await api.call(planRoutes.listPlans).catch(({ kind, code }) => kinds.push(`${kind} ${code}`));
  }
  expect(kinds).toEqual(['server unreadable_answer', 'refusal not_found', 'network network_error']);
});

test('an aborted call is thrown as the browser throws it', async () => {
  const tab = createTab([]);
  const stop = new AbortController();
  stop.abort();
  const api = createApi({
    send: async (_, init) => {
      throw init?.signal?.reason;
    },
    session: tab.session,
  });
  await expect(api.call(planRoutes.listPlans, { signal: stop.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
