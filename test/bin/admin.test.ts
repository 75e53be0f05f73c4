import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { addPerson, call, chatBody, createKey, newEmail } from '../e2e/client.ts';
import { type RunningRuntime, sharedRuntime } from '../e2e/runtime.ts';

let runtime: RunningRuntime;

beforeAll(async () => {
  runtime = await sharedRuntime();
});

/** `npm run admin -- ARGS`, without npm. */
async function run(...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/admin.ts', ...args], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { output: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.errors += chunk.toString()));
  const code = await new Promise((done) => child.once('close', done));
  return { code, ...printed };
}

const local = (...args: string[]) => run(...args, '--local', '--port', String(runtime.port));
const asJson = async (...args: string[]) => {
  const { code, output, errors } = await local(...args, '--json');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return JSON.parse(output);
};
const chat = async (key: string) =>
  (await call(runtime.stage, '/v1/chat/completions', { key, body: chatBody() })).status;

test('--help names every command; mistakes end with 2 and say what is wrong', async () => {
  const { code, output } = await run('--help');
  expect(code).toBe(0);
  for (const command of [
    'make-admin',
    'suspend',
    'approve',
    'plans',
    'limits',
    'unlimited',
    'authenticator-off',
    'requests',
    'audit',
    'export',
  ])
    expect(output).toContain(`  ${command} `);
  expect(await run('nothing')).toMatchObject({ code: 2, errors: expect.stringContaining("'nothing'") });
  expect(await run('constructor')).toMatchObject({
    code: 2,
    errors: expect.stringContaining("'constructor'"),
  });
  expect(await run('users', '--nothing')).toMatchObject({ code: 2 });
  expect(await local('delete', 'a@example.com', 'b@example.com')).toMatchObject({
    code: 2,
    errors: expect.stringContaining("'b@example.com' is not expected"),
  });
  expect(await local('suspend')).toMatchObject({ code: 2, errors: expect.stringContaining('e-mail') });
  expect(await local('suspend', newEmail())).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/no user/),
  });
  expect(await local('limits', 'a@example.com', 'requestsPerDay')).toMatchObject({
    code: 2,
    errors: expect.stringContaining("'requestsPerDay' is no limit"),
  });
  expect(await local('audit', '--format', 'xml')).toMatchObject({ code: 2 });
  expect(await local('revoke', 'key_none')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('not_found'),
  });
});

test('the first admin is made by it, has to log in again, and is removed by it with the next call', async () => {
  const person = await addPerson(runtime);
  expect((await asJson('make-admin', person.email)).groups).toEqual(['admins']);
  const users = (token: string) => call(runtime.edge, '/v1/admin/users', { token });
  expect((await users(person.token)).status).toBe(403);
  const { email, password } = person;
  const { token } = (await call(runtime.edge, '/v1/login', { body: { email, password } })).body;
  expect((await users(token)).status).toBe(200);
  expect((await asJson('remove-admin', person.email)).groups).toEqual([]);
  // 401, since their sessions were ended; of a login in that very second, only the group is gone: 403.
  expect([401, 403]).toContain((await users(token)).status);
  const trail = await asJson('audit', person.email);
  expect(trail).toMatchObject([
    { action: 'user.unmade_admin', actor: { as: 'operator', id: expect.stringMatching(/^operator:/) } },
    { action: 'user.made_admin', address: null },
  ]);
});

test('suspends, limits plans, exports and deletes a user', async () => {
  const person = await addPerson(runtime);
  const { key, id } = await createKey(runtime, person.token);
  expect(await chat(key)).toBe(200);
  expect((await asJson('suspend', person.email)).status).toBe('suspended');
  expect(await chat(key)).toBe(401);
  expect((await asJson('unsuspend', person.email)).status).toBe('active');
  expect((await asJson('authenticator-off', person.email)).authenticator).toBe('off');
  expect(await chat(key)).toBe(200);
  expect((await asJson('plans', person.email, '20-per-day')).allowedPlans).toEqual(['20-per-day']);
  expect((await asJson('plans', person.email)).allowedPlans).toBeNull();
  expect(await asJson('keys', person.email)).toMatchObject([{ id }]);
  expect((await local('users', person.email)).output).toMatch(new RegExp(`${person.email}.*\n1 in all\n$`));

  const exported = await asJson('export', person.email);
  expect(exported).toMatchObject({ user: { email: person.email }, keys: [{ id }], usage: [{ requests: 2 }] });
  expect(exported.audit.length).toBeGreaterThan(3);
  expect(JSON.stringify(exported)).not.toContain(key);

  expect(await asJson('delete', person.email)).toEqual({ status: 'deleted', mail: 'none' });
  expect(await chat(key)).toBe(401);
});

test('limits a user, lists the calls, and exports the trail line by line', async () => {
  const person = await addPerson(runtime);
  const { key, id } = await createKey(runtime, person.token);
  const limited = await asJson('limits', person.email, 'requestsPerDay=1', 'spendPerMonth=20');
  expect(limited.windows).toMatchObject([
    { unit: 'requests', window: 'day', limit: 1, used: 0 },
    { unit: 'dollars', window: 'month', limit: 20 },
  ]);
  const statuses = [await chat(key), await chat(key)];
  expect(statuses).toEqual([200, 429]);
  expect((await asJson('limits', person.email)).limits).toBeNull();
  expect(await chat(key)).toBe(200);
  const ofUser = await asJson('requests', person.email);
  expect(ofUser).toMatchObject([{ status: 200 }, { status: 429, code: 'quota_exceeded' }, { status: 200 }]);
  const ofAll = (await asJson('requests')).filter((one: { keyId: string }) => one.keyId === id);
  expect(ofAll).toEqual(ofUser);

  expect((await asJson('unlimited', person.email)).plans).toContain('unlimited');
  const { output } = await local('audit', person.email, '--format', 'ndjson');
  const actions = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).action);
  expect(actions).toEqual([
    'user.plans_changed',
    'user.limits_changed',
    'user.limits_changed',
    'key.created',
  ]);
  const csv = (await local('audit', '--from', '2026-01-01', '--format', 'csv')).output.split('\n');
  expect(csv[0]).toMatch(/^id,at,action,actor\.as,/);
  expect(csv.some((line) => line.includes(person.email) && line.includes('user.plans_changed'))).toBe(true);
});

test('no caller of the API passes for an operator', async () => {
  const { token } = await addPerson(runtime);
  const headers = { operator: 'me', 'x-operator': 'me' };
  const answer = await call(runtime.stage, '/v1/admin/users', { token, headers });
  expect(answer).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
});
