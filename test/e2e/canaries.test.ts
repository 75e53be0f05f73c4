import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { addPerson, call, createKey, newestCode } from './client.ts';
import { setFaults } from './local-switches.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

/** What nobody may find in what is logged or stored. With characters that are written otherwise in base64, JSON and URLs. */
const canary = (what: string) => `Aa1 canary/${what}+${crypto.randomUUID()}`;
const prompt = canary('prompt');
const [first, second, third] = ['first', 'second', 'third'].map((which) => canary(`password-${which}`));
const providerKey = `sk-${crypto.randomUUID()}`;
const message = canary('message');
const garbage = canary('garbage');

let runtime: RunningRuntime;
/** Secrets that the platform itself makes: of keys, tokens, codes' sessions. */
const made: string[] = [];

beforeAll(async () => {
  // With the log lines of functions.
  runtime = await startRuntime({ args: ['--verbose'] });
}, 120_000);
afterAll(() => runtime?.stop());

const send = (path: string, init: RequestInit) =>
  fetch(`${runtime.edge}${path}`, init).then((answer) => answer.text());

async function liveAsUser(): Promise<{ token: string; key: string; email: string }> {
  const { email } = await addPerson(runtime);
  await call(runtime.edge, '/v1/password/forgot', { body: { email } });
  const code = await newestCode(runtime, email);
  await call(runtime.edge, '/v1/password/reset', { body: { email, code, password: first } });
  await call(runtime.edge, '/v1/login', { body: { email, password: third } });
  const { body: session } = await call(runtime.edge, '/v1/login', { body: { email, password: first } });
  await call(runtime.edge, '/v1/me/password', {
    token: session.token,
    body: { currentPassword: first, newPassword: second },
  });
  const { body: again } = await call(runtime.edge, '/v1/login', { body: { email, password: second } });
  const { body: renewed } = await call(runtime.edge, '/v1/login/refresh', {
    body: { refreshToken: again.refreshToken },
  });
  const { id, key } = await createKey(runtime, again.token, { plan: '30-per-day' });
  const { body: rotated } = await call(runtime.edge, `/v1/api-keys/${id}/rotate`, {
    token: again.token,
    body: {},
  });
  made.push(session.token, again.token, again.refreshToken, renewed.token, key, rotated.key);
  return { token: again.token, key: rotated.key, email };
}

async function chat(key: string): Promise<void> {
  const user = { role: 'user', content: prompt };
  const bodies: [path: string, body: object][] = [
    ['/v1/chat/completions', { messages: [{ role: 'system', content: prompt }, user], user: prompt }],
    ['/v1/messages', { messages: [user], system: prompt, max_tokens: 9, metadata: { user_id: prompt } }],
    ['/v1/responses', { input: prompt, instructions: prompt }],
    ['/v1/messages/count_tokens', { messages: [user], model: 'claude-haiku-4-5' }],
    ['/v1/embeddings', { input: prompt, model: 'titan-embed-text-v2' }],
  ];
  const headers = { 'x-api-key': key, 'content-type': 'application/json', 'x-provider-key': providerKey };
  const ask = async (fields: object) => {
    for (const [path, body] of bodies) {
      await send(path, {
        method: 'POST',
        headers,
        body: JSON.stringify({ model: 'nova-lite', ...body, ...fields }),
      });
    }
  };
  await ask({});
  await ask({ stream: true });
  await ask({ [prompt]: prompt });
  await setFaults(runtime, [
    { service: 'bedrock', kind: 'error', error: 'ValidationException', message: prompt },
  ]);
  await ask({});
  await setFaults(runtime, [{ service: 'dynamodb', kind: 'error', message: prompt }]);
  await ask({});
  await setFaults(runtime, []);
}

/** Every route with the same text in each field, a body that breaks off, and each header that holds a secret. */
async function sendGarbage(token: string, key: string): Promise<void> {
  const headersOf = [
    { authorization: `Bearer ${token}` },
    { 'x-api-key': key },
    {
      authorization: `Bearer ${garbage}`,
      cookie: `__Host-daypass=${encodeURIComponent(garbage)}`,
      'x-daypass-receipt': garbage,
      'x-provider-key': garbage,
      'idempotency-key': encodeURIComponent(garbage),
    },
  ];
  for (const route of Object.values<RouteContract>(routes)) {
    const { method, path, body } = route;
    const names = body instanceof z.ZodObject ? Object.keys(body.shape) : ['model', 'messages', 'input'];
    const texts = [
      JSON.stringify({ ...Object.fromEntries(names.map((name) => [name, garbage])), [garbage]: garbage }),
      `{"${names[0]}":"${garbage}`,
      garbage,
    ];
    const bodies = method === 'get' ? [undefined] : texts;
    const calls = headersOf.flatMap((headers) => bodies.map((text) => ({ headers, text })));
    await Promise.all(
      calls.map(({ headers, text }) =>
        send(path.replace(/\{\w+\}/, 'none'), {
          method: method.toUpperCase(),
          headers: { 'content-type': 'application/json', ...headers },
          ...(text !== undefined && { body: text }),
        }),
      ),
    );
  }
}

/** As they may stand in a file: as they are, in JSON, in base64 at each of three offsets, and encoded for a URL. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from('x'.repeat(offset) + secret)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [secret, ...base64, encodeURIComponent(secret), encodeURIComponent(secret).replaceAll('%20', '+')];
}

test('prompts, passwords, tokens and secrets are in no log line, no item of the table and no bucket', async () => {
  const { token, key } = await liveAsUser();
  await chat(key);
  const { body: written } = await call(runtime.edge, '/v1/secrets', { body: { message } });
  await call(runtime.edge, `/v1/secrets/${written.id}/reveal`, { method: 'POST' });
  await call(runtime.edge, '/v1/secrets', { body: { message } });
  await call(runtime.edge, '/v1/provider-keys/openai', { method: 'PUT', token, body: { key: providerKey } });
  await sendGarbage(token, key);

  const files = readdirSync(runtime.dataDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    // State of API Gateway, Cognito and the mailbox, which hold keys and codes in AWS too.
    .filter(({ name }) => !name.startsWith('state.sqlite'))
    .map(
      (entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('latin1')] as const,
    );
  const places = [['log', runtime.output()] as const, ...files];
  // The search sees what is there.
  expect(places.filter(([, text]) => text.includes('30-per-day')).length).toBeGreaterThan(0);
  expect(runtime.output()).toContain('"service":"chat-completions"');
  const lines = runtime
    .output()
    .split('\n')
    .filter((line) => line.includes('"service":"') && line.includes('"level":"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  expect(lines.filter(({ requestId }) => requestId === undefined)).toEqual([]);
  const secrets = { prompt, first, second, third, providerKey, message, garbage, made: made.join('') };
  const found = Object.entries(secrets).flatMap(([what, secret = '']) =>
    (what === 'made' ? made : [secret]).flatMap((one) =>
      places
        .filter(([, text]) => formsOf(one).some((form) => text.includes(form)))
        .map(([place]) => `${what}: ${place}`),
    ),
  );
  expect([...new Set(found)]).toEqual([]);
}, 180_000);
