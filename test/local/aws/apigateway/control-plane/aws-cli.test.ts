import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { startControlPlane } from './start-control-plane.ts';

const run = promisify(execFile);

function hasCli(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let started: Awaited<ReturnType<typeof startControlPlane>>;
beforeAll(async () => {
  started = await startControlPlane();
});
afterAll(() => started.close());

const aws = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { stdout } = await run(
    'aws',
    ['apigateway', ...words, '--endpoint-url', started.endpoint, '--output', 'json'],
    {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    },
  );
  return stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
};

// The CLI is an operator's tool, not a dependency: where it is missing the SDK suites speak for it.
const operatorTest = hasCli() ? test : () => {};

operatorTest(
  "an operator's AWS CLI makes a key, binds it, reads its usage and deletes it",
  async () => {
    const value = 'cli'.padEnd(24, '0');
    const key = await aws('create-api-key', '--name', 'cli', '--enabled', '--value', value);
    const plan = await aws(
      'create-usage-plan',
      '--name',
      'cli',
      '--quota',
      'limit=2,offset=0,period=DAY',
      '--api-stages',
      `apiId=${started.apiId},stage=prod`,
    );
    await aws(
      'create-usage-plan-key',
      '--usage-plan-id',
      String(plan.id),
      '--key-id',
      String(key.id),
      '--key-type',
      'API_KEY',
    );
    const response = await fetch(`${started.url}/v1/chat`, {
      method: 'POST',
      headers: { 'x-api-key': value },
    });
    expect(response.status).toBe(200);
    const today = new Date().toISOString().slice(0, 10);
    const usage = await aws(
      'get-usage',
      '--usage-plan-id',
      String(plan.id),
      '--start-date',
      today,
      '--end-date',
      today,
    );
    expect(usage.items).toEqual({ [String(key.id)]: [[1, 1]] });
    expect((await aws('get-api-keys', '--name-query', 'cli')).items).toMatchObject([
      { id: key.id, name: 'cli' },
    ]);
    expect(
      (
        await aws(
          'update-api-key',
          '--api-key',
          String(key.id),
          '--patch-operations',
          'op=replace,path=/enabled,value=false',
        )
      ).enabled,
    ).toBe(false);
    await aws('delete-api-key', '--api-key', String(key.id));
    await expect(aws('get-api-key', '--api-key', String(key.id))).rejects.toThrow('NotFoundException');
    // Eight starts of a Python program.
  },
  60_000,
);

test('names the operation of a request, for logs and fault switches', () => {
  const { operationName } = started.gateway.controlPlane;
  const named = (method: string, path: string) =>
    operationName({
      requestId: 'r',
      method,
      path,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      raw: {} as never,
    });
  expect(named('POST', '/apikeys')).toBe('CreateApiKey');
  expect(named('PATCH', '/usageplans/a/keys/b/usage')).toBe('UpdateUsage');
  expect(named('GET', '/usageplans/a/keys/b')).toBe('GetUsagePlanKey');
  expect(named('GET', '/nothing')).toBeUndefined();
});
