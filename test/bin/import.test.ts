import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { call, newEmail, newestCode, newPassword } from '../e2e/client.ts';
import { setFaults } from '../e2e/local-switches.ts';
import { type RunningRuntime, sharedRuntime } from '../e2e/runtime.ts';

let runtime: RunningRuntime;
let directory: string;

beforeAll(async () => {
  runtime = await sharedRuntime();
  directory = mkdtempSync(join(tmpdir(), 'daypass-import-'));
});
afterEach(() => setFaults(runtime, []));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function file(...emails: string[]): string {
  const path = join(directory, `${crypto.randomUUID()}.csv`);
  writeFileSync(path, ['email,password', ...emails.map((email) => `${email},hunter2`), ''].join('\n'));
  return path;
}

/** `npm run import -- ARGS`, without npm. */
async function run(...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'bin/import/import.ts', ...args],
    { cwd: resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const printed = { output: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.errors += chunk.toString()));
  const code = await new Promise((done) => child.once('close', done));
  return { code, ...printed };
}
const local = (...args: string[]) =>
  run(...args, '--per-second', '20', '--local', '--port', String(runtime.port));

test('--help explains itself, and mistakes end with 2', async () => {
  const { code, output } = await run('--help');
  expect(code).toBe(0);
  for (const option of ['--apply', '--field', '--from', '--per-second']) expect(output).toContain(option);
  expect(await run('/nowhere.csv')).toMatchObject({
    code: 2,
    errors: expect.stringContaining("can't be read"),
  });
  expect(await run(file('a@b.cd'), '--per-second', 'many')).toMatchObject({ code: 2 });
  expect(await run(file('a@b.cd'), '--nothing')).toMatchObject({ code: 2 });
});

test('without --apply nobody is made; with it each is invited and sets a password by the mailed code', async () => {
  const [ada, grace] = [newEmail(), newEmail()];
  const path = file(ada, 'not an address', grace);
  const dry = await local(path);
  expect(dry).toMatchObject({ code: 1, output: expect.stringContaining('2 to invite, 1 refused') });
  expect((await call(runtime.edge, `/_local/mail?to=${ada}`)).body.data).toEqual([]);

  const done = await local(path, '--apply');
  expect(done.output.split('\n')).toEqual([
    'line 3  refused  not an address  not an e-mail address',
    `line 2  made  ${ada}`,
    `line 4  made  ${grace}`,
    '2 invited, 0 skipped, 1 refused.',
    '',
  ]);
  const password = newPassword();
  const code = await newestCode(runtime, ada);
  const reset = await call(runtime.edge, '/v1/password/reset', { body: { email: ada, code, password } });
  expect(reset.status).toBe(200);
  expect((await call(runtime.edge, '/v1/login', { body: { email: ada, password } })).status).toBe(200);
  const old = { email: ada, password: 'hunter2' };
  expect((await call(runtime.edge, '/v1/login', { body: old })).status).toBe(401);

  expect(await local(file(ada, grace), '--apply')).toMatchObject({
    code: 0,
    output: expect.stringContaining('0 invited, 2 skipped, 0 refused'),
  });
});

test('a user who was half made when it was cut off is invited by the next run', async () => {
  const ada = newEmail();
  await setFaults(runtime, [
    {
      service: 'cognito-idp',
      operation: 'AdminSetUserPassword',
      kind: 'error',
      error: 'InvalidParameterException',
    },
  ]);
  expect(await local(file(ada), '--apply')).toMatchObject({ code: 1 });
  await setFaults(runtime, []);
  expect(await local(file(ada), '--apply')).toMatchObject({
    code: 0,
    output: expect.stringContaining('1 invited'),
  });
});
