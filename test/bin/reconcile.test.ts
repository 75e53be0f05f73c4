import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { connect } from '../../bin/connect.ts';
import { findDeployment, operatorName } from '../../bin/deployment.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import { addAdmin, addPerson, call, createKey, type Person } from '../e2e/client.ts';
import { freePort } from '../e2e/free-port.ts';
import { type RunningRuntime, startRuntime } from '../e2e/runtime.ts';
import { runCommand } from './run-command.ts';

let runtime: RunningRuntime;
let person: Person;

beforeAll(async () => {
  // Passes are run by the command only, so that each finds what its test left.
  runtime = await startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } });
});
beforeEach(async () => {
  await moveClock(0);
  person = await addPerson(runtime);
});
afterAll(() => runtime.stop());

async function run(args: string[], environment: Record<string, string | undefined> = {}) {
  const ran = await runCommand('bin/reconcile.ts', args, environment);
  return { ...ran, lines: ran.output.trimEnd().split('\n') };
}

/** As on a machine that was never set up for AWS. */
const nothingOfAws = {
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith('AWS_'))
      .map((name) => [name, undefined]),
  ),
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const pass = (...args: string[]) => run([...args, '--local', '--port', String(runtime.port)]);
const moveClock = (offsetSeconds: number) =>
  fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
const setFaults = (faults: object[]) =>
  fetch(`${runtime.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify(faults) });
const statusOf = async (id: string) =>
  (await call(runtime.edge, `/v1/api-keys/${id}`, { token: person.token })).body.status;

test('--help lists the options, with nothing running', async () => {
  const { code, output, errors } = await run(['--help'], { DAYPASS_PORT: String(await freePort()) });
  expect(code).toBe(0);
  for (const option of ['--dry-run', '--pause', '--resume', '--all', '--stack', '--local', '--help'])
    expect(output).toContain(`  ${option} `);
  expect(errors).toBe('');
});

test('--dry-run tells what would be done and does nothing; without it, it is done and told', async () => {
  const { id } = await createKey(runtime, person.token, { expiresIn: '10m' });
  await moveClock(601);
  for (const _twice of [1, 2]) {
    const planned = await pass('--dry-run');
    expect(planned.lines).toContain(`would expire  ${id}`);
    expect(planned.lines.at(-1)).toBe(`${planned.lines.length - 1} to do, 0 failed, 0 parked`);
    expect(planned.code).toBe(0);
  }
  const done = await pass();
  expect(done.lines).toContain(`expire  ${id}`);
  expect(done.lines.at(-1)).toBe(`${done.lines.length - 1} done, 0 failed, 0 parked`);
  expect(done).toMatchObject({ code: 0, errors: '' });
  expect(await statusOf(id)).toBe('expired');
  expect((await pass()).lines).toEqual(['0 done, 0 failed, 0 parked']);
});

test('the port may stand behind --local, as it always could', async () => {
  const { code, lines } = await run(['--dry-run', '--local', String(runtime.port)]);
  expect(code).toBe(0);
  expect(lines).toEqual(['0 to do, 0 failed, 0 parked']);
});

test('--local alone takes the port from DAYPASS_PORT', async () => {
  const { code, lines } = await run(['--dry-run', '--local'], { DAYPASS_PORT: String(runtime.port) });
  expect(code).toBe(0);
  expect(lines).toEqual(['0 to do, 0 failed, 0 parked']);
});

test('what fails and what is parked makes the exit code 1', async () => {
  const { id } = await createKey(runtime, person.token);
  const refusal = { kind: 'error', error: 'BadRequestException', status: 400 };
  await setFaults([{ service: 'apigateway', operation: 'DeleteApiKey', ...refusal }]);
  await call(runtime.edge, `/v1/api-keys/${id}`, { method: 'DELETE', token: person.token });
  await moveClock(121);
  for (const _attempt of [1, 2, 3]) {
    const failing = await pass();
    expect(failing.lines.at(-1)).toMatch(/^\d+ done, [1-9]\d* failed, [01] parked$/);
    expect(failing.code).toBe(1);
  }
  await setFaults([]);
  const parked = await pass();
  expect(parked.lines.at(-1)).toMatch(/^\d+ done, 0 failed, 1 parked$/);
  expect(parked.code).toBe(1);
});

test('--pause lets no pass do anything until --resume, and the health screen’s route tells of it', async () => {
  const admin = await addAdmin(runtime);
  const paused = async () =>
    (await call(runtime.edge, '/v1/admin/health', { token: admin.token })).body.paused;
  const { id } = await createKey(runtime, person.token, { expiresIn: '10m' });
  await moveClock(601);
  const begun = await pass('--pause', '--reason', 'restoring records');
  expect(begun.output).toMatch(
    /^The reconciler is paused since .* by operator:\S+: restoring records\.\nNo pass is under way: from now on it ends and deletes nothing\.\n$/,
  );
  expect(await paused()).toMatchObject({ reason: 'restoring records' });
  const stopped = await pass();
  expect(stopped).toMatchObject({
    code: 1,
    lines: ['0 done, 0 failed, 0 parked; stopped by the pause'],
  });
  expect(stopped.errors).toContain('End it with --resume');
  expect((await pass('--dry-run')).lines).toContain(`would expire  ${id}`);
  expect((await pass('--resume')).output).toContain('goes on with its next pass');
  expect((await pass('--resume')).output).toBe('The reconciler was not paused.\n');
  expect(await paused()).toBeNull();
  expect((await pass()).lines).toContain(`expire  ${id}`);
});

test('--pause waits until a pass that is under way has stopped', async () => {
  const connection = connect(runtime.port);
  const { tableName: TableName } = await findDeployment(connection, 'Daypass');
  const table = connection.dynamoDb();
  const since = Date.now();
  const put = (id: string, endsAt: number) =>
    table.send(
      new PutItemCommand({ TableName, Item: marshall({ ...itemKeys.passUnderWay(id), since, endsAt }) }),
    );
  await put('crashed', since - 1);
  await put('long', since + 3_600_000);
  let ended: Promise<unknown> | undefined;
  const args = ['--pause', '--local', '--port', String(runtime.port)];
  const { code, output } = await runCommand('bin/reconcile.ts', args, {}, (printed) => {
    if (!printed.includes('A pass is under way. Waiting')) return;
    ended ??= table.send(new DeleteItemCommand({ TableName, Key: marshall(itemKeys.passUnderWay('long')) }));
  });
  await ended;
  expect(code).toBe(0);
  expect(output.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^The reconciler is paused/),
    expect.stringContaining(`until ${new Date(since + 3_600_000).toISOString()} at the latest`),
    'No pass is under way: from now on it ends and deletes nothing.',
  ]);
  table.destroy();
});

test('--resume ends the operator’s own pause and names another; --all ends every one', async () => {
  const { invoke } = connect(runtime.port);
  const other = { id: 'import-deployment of a file', by: 'operator:bob', reason: 'an import' };
  for (const pause of [{ id: operatorName(), by: operatorName() }, other])
    await invoke('Daypass-reconcile', { pause });
  const own = await pass('--resume');
  expect(own).toMatchObject({ code: 1, errors: 'End every pause with --resume --all.\n' });
  expect(own.output).toMatch(/^Another pause stands\. .* by operator:bob: an import\.\n$/);
  expect(await pass('--resume', '--all')).toMatchObject({
    code: 0,
    output: 'The reconciler goes on with its next pass, within five minutes.\n',
  });
});

describe('is refused in words:', () => {
  test('a port where nothing answers', async () => {
    const port = await freePort();
    const { code, output, errors } = await run(['--local', '--port', String(port)]);
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toMatch(
      new RegExp(`^Nothing answers at http://localhost:${port + 566}\\b.*npm start.*\n$`, 's'),
    );
  });

  test.each([
    // Both would have gone to AWS.
    [['4000', '--dry-run'], "'4000' is not expected here. See --help."],
    [['--port', '4000'], '--port goes with --local. See --help.'],
    [['--local', '4000', '4001'], "'4001' is not expected here. See --help."],
    [['--local', '--port', '4000', '4001'], "'4001' is not expected here. See --help."],
    [['--pause', '--resume'], '--pause and --resume go alone. See --help.'],
    [['--pause', '--dry-run'], '--pause and --resume go alone. See --help.'],
    [['--all'], '--all goes with --resume. See --help.'],
    [['--reason', 'why'], '--reason goes with --pause. See --help.'],
  ])('%j', async (args, words) => {
    expect(await run(args)).toEqual(expect.objectContaining({ code: 2, output: '', errors: `${words}\n` }));
  });

  test('a Region that is not set, with what to set', async () => {
    const { code, errors } = await run(['--dry-run'], nothingOfAws);
    expect(code).toBe(1);
    expect(errors).toMatch(/^No AWS Region is set\. Set AWS_REGION .*credentials.*--local\.\n$/);
  });

  test('credentials that are not there, with what to set', async () => {
    const { code, errors } = await run(['--dry-run'], { ...nothingOfAws, AWS_REGION: 'us-east-1' });
    expect(code).toBe(1);
    expect(errors).toMatch(/^No AWS credentials were found\. Set AWS_PROFILE.*--local\.\n$/);
  });

  test('a stack that is not there', async () => {
    const { code, errors } = await pass('--stack', 'Elsewhere');
    expect(code).toBe(1);
    expect(errors).toContain('Elsewhere-reconcile');
  });
});
