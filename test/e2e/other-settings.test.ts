import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { call, chatBody, createKey, newPassword } from './client.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let runtime: RunningRuntime;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daypass-settings-'));
  const settings = readFileSync(join(root, 'daypass.yml'), 'utf8')
    .replace('confirmation: email', 'confirmation: off')
    .replace('allowedDomains: []', 'allowedDomains: [example.com]')
    .replace(
      'requestsPerDay: 10\n',
      'requestsPerDay: 10\n    requestsPerMinute: 2\n    models: [nova-micro]\n',
    )
    .replace('requestsPerDay: 30\n', 'requestsPerDay: 30\n    selfService: false\n');
  writeFileSync(join(folder, 'daypass.yml'), settings);
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--output', join(folder, 'out')],
    {
      cwd: root,
      env: { ...process.env, DAYPASS_SETTINGS: join(folder, 'daypass.yml') },
      stdio: 'ignore',
    },
  );
  runtime = await startRuntime({ assembly: join(folder, 'out') });
}, 120_000);

afterAll(async () => {
  await runtime?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const register = (email: string, password = newPassword()) =>
  call(runtime.edge, '/v1/register', { body: { email, password } });

test('without confirmation whoever signs up is in at once, and a known address is 409', async () => {
  const first = await register('ada@example.com');
  expect(first).toMatchObject({ status: 201, body: { status: 'confirmed', expiresIn: 3600 } });
  expect((await call(runtime.edge, '/v1/me', { token: first.body.token })).body.email).toBe(
    'ada@example.com',
  );
  expect(await register('ADA@example.com')).toMatchObject({
    status: 409,
    body: { error: { code: 'email_taken' } },
  });
});

test('without confirmation no code is mailed, and a forgotten password can still be reset', async () => {
  await register('grace@example.com');
  const mails = async () => (await call(runtime.edge, '/_local/mail?to=grace@example.com')).body.data;
  expect(await mails()).toEqual([]);
  await call(runtime.edge, '/v1/password/forgot', { body: { email: 'grace@example.com' } });
  const [{ code }] = await mails();
  const reset = { email: 'grace@example.com', code, password: newPassword() };
  expect((await call(runtime.edge, '/v1/password/reset', { body: reset })).status).toBe(200);
});

test('an address outside the allowed domains is 403', async () => {
  expect(await register('eve@example.org')).toMatchObject({
    status: 403,
    body: { error: { code: 'domain_not_allowed' } },
  });
});

test('a plan’s minute, its models and its self-service hold', async () => {
  const { body } = await register('linus@example.com');
  const refused = await call(runtime.edge, '/v1/api-keys', {
    token: body.token,
    body: { name: 'x', plan: '30-per-day' },
  });
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'plan_not_allowed' } } });
  const { id, key } = await createKey(runtime, body.token);
  const moved = await call(runtime.edge, `/v1/api-keys/${id}`, {
    method: 'PATCH',
    token: body.token,
    body: { plan: '30-per-day' },
  });
  expect(moved).toMatchObject({ status: 403, body: { error: { code: 'plan_not_allowed' } } });
  const chat = (fields = {}) => call(runtime.stage, '/v1/chat/completions', { key, body: chatBody(fields) });
  expect(await chat()).toMatchObject({ status: 403, body: { error: { code: 'model_not_allowed' } } });

  // In the middle of a minute, so that it can't end while the calls are made.
  const offsetSeconds = 86_400 + 30 - new Date().getUTCSeconds();
  await fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await chat({ model: 'nova-micro' })).status);
  expect(statuses).toEqual([200, 200, 429]);
  const full = await chat({ model: 'nova-micro' });
  expect(full.body.error).toMatchObject({
    code: 'rate_limit_exceeded',
    message: expect.stringContaining('minute'),
  });
  expect(Number(full.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(full.headers.get('x-should-retry')).toBeNull();
});
