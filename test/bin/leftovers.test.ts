import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keptTypes } from '../../bin/leftovers/what-stays.ts';
import { gatewayKeyPrefix } from '../../lambda/adapters/api-gateway/key-prefix.ts';
import { smallest } from '../lib/settings-file.ts';
import { synth } from '../lib/synth.ts';
import { runCommand } from './run-command.ts';

const table = 'Daypass-dev-RecordsTable-1';
const bucket = 'daypass-dev-site-1';
const api = 'abc123';
const executionLogs = `API-Gateway-Execution-Logs_${api}/prod`;

/** What CloudFormation says of the deleted stack. */
const resources: [type: string, id: string, status?: string][] = [
  ['AWS::DynamoDB::Table', table],
  ['AWS::ApiGateway::RestApi', api],
  ['AWS::Lambda::Function', 'Daypass-dev-loginFunction-1'],
  ['AWS::Logs::LogGroup', 'Daypass-dev-loginLogs-1'],
  ['AWS::S3::Bucket', bucket, 'DELETE_SKIPPED'],
  ['AWS::IAM::Role', 'Daypass-dev-CloudWatchRole-1', 'DELETE_SKIPPED'],
  ['AWS::ApiGateway::Account', 'Daypass-account', 'DELETE_SKIPPED'],
];

/** Stands for an AWS account after `cdk destroy`. */
interface Account {
  stackExists: boolean;
  keys: { id: string; name: string }[];
  logGroups: string[];
  objects: string[];
  hasBucket: boolean;
}
let account: Account;
let server: Server;
let environment: Record<string, string>;

beforeEach(async () => {
  const prefix = gatewayKeyPrefix(table);
  account = {
    stackExists: false,
    keys: [
      { id: 'k1', name: `${prefix}key_1` },
      { id: 'k2', name: `${prefix}key_2` },
      { id: 'k3', name: 'daypass-00000000.key_3' },
    ],
    logGroups: [executionLogs, '/aws/lambda/Daypass-dev-of-others', 'Daypass-dev-loginLogs-2'],
    objects: ['index.html', 'assets/a.js'],
    hasBucket: true,
  };
  server = createServer((request, response) => {
    void Array.fromAsync<Buffer>(request).then((chunks) => {
      const [status, type, body] = answer(request, Buffer.concat(chunks).toString());
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
});
afterEach(() => void server.close());

type Answer = [status: number, contentType: string, body?: string];
const json = (value: object): Answer => [200, 'application/x-amz-json-1.1', JSON.stringify(value)];
const xml = (text: string, status = 200): Answer => [status, 'text/xml', text];

function answer({ method, url = '', headers }: IncomingMessage, body: string): Answer {
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const action = new URLSearchParams(body).get('Action');
  if (action !== null) return xml(...cloudFormation(action));
  const operation = headers['x-amz-target']?.toString().split('.').at(-1);
  if (operation !== undefined) return logs(operation, JSON.parse(body));
  if (pathname.startsWith('/apikeys')) return apiKeys(method, pathname, searchParams);
  return s3(method, pathname, searchParams, body);
}

function cloudFormation(action: string): [text: string, status?: number] {
  if (action === 'DescribeStacks') {
    if (account.stackExists)
      return [
        '<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>',
      ];
    const message = 'Stack with id Daypass-dev does not exist';
    return [
      `<ErrorResponse><Error><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
      400,
    ];
  }
  const stack = (name: string) =>
    `<member><StackName>${name}</StackName><StackId>arn:${name}</StackId><StackStatus>DELETE_COMPLETE</StackStatus><DeletionTime>2026-11-28T12:00:00Z</DeletionTime></member>`;
  const members =
    action === 'ListStacks'
      ? `<StackSummaries>${stack('Daypass')}${stack('Daypass-dev')}</StackSummaries>`
      : `<StackResourceSummaries>${resources
          .map(
            ([type, id, status = 'DELETE_COMPLETE']) =>
              `<member><ResourceType>${type}</ResourceType><PhysicalResourceId>${id}</PhysicalResourceId><ResourceStatus>${status}</ResourceStatus></member>`,
          )
          .join('')}</StackResourceSummaries>`;
  return [`<${action}Response><${action}Result>${members}</${action}Result></${action}Response>`];
}

function logs(operation: string, input: { logGroupNamePrefix?: string; logGroupName?: string }): Answer {
  if (operation === 'DeleteLogGroup') {
    account.logGroups = account.logGroups.filter((name) => name !== input.logGroupName);
    return json({});
  }
  const found = account.logGroups.filter((name) => name.startsWith(input.logGroupNamePrefix ?? ''));
  return json({ logGroups: found.map((logGroupName) => ({ logGroupName })) });
}

function apiKeys(method: string | undefined, path: string, query: URLSearchParams): Answer {
  if (method === 'DELETE') {
    account.keys = account.keys.filter(({ id }) => id !== path.split('/')[2]);
    return [202, 'application/json'];
  }
  return json({ item: account.keys.filter(({ name }) => name.startsWith(query.get('name') ?? '')) });
}

function s3(method: string | undefined, path: string, query: URLSearchParams, body: string): Answer {
  if (!path.startsWith(`/${bucket}`) || !account.hasBucket) return xml('', 404);
  if (query.has('delete')) {
    const keys = [...body.matchAll(/<Key>(.+?)<\/Key>/g)].map(([, key]) => key);
    account.objects = account.objects.filter((key) => !keys.includes(key));
    return xml('<DeleteResult/>');
  }
  if (method === 'DELETE') {
    if (account.objects.length > 0) return xml('<Error><Code>BucketNotEmpty</Code></Error>', 409);
    account.hasBucket = false;
    return xml('', 204);
  }
  const contents = account.objects.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  return xml(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
}

const leftovers = (...args: string[]) =>
  runCommand('bin/leftovers/leftovers.ts', ['--stage', 'dev', ...args], environment);

test('what is left of a deleted stack is listed with the reason, and nothing is deleted', async () => {
  const before = structuredClone(account);
  const { code, output } = await leftovers();
  expect(output.split('\n')).toEqual([
    'Daypass-dev, deleted 2026-11-28T12:00:00.000Z',
    ...['key_1', 'key_2'].map(
      (name) =>
        `  delete  API key ${gatewayKeyPrefix(table)}${name}: it opens nothing without its plan, but counts among the account’s 10,000`,
    ),
    `  delete  log group ${executionLogs}: a service made it beside the stack, and it never expires`,
    `  delete  bucket ${bucket}: the console’s files, which CloudFormation can’t delete`,
    '  free    AWS::IAM::Role Daypass-dev-CloudWatchRole-1: other APIs of the Region may write their logs by it',
    '  free    AWS::ApiGateway::Account Daypass-account: the Region’s setting that names that role',
    '',
    '4 to delete: run it again with --delete',
    '',
  ]);
  expect(code).toBe(1);
  expect(account).toEqual(before);
});

test('--delete clears it, and leaves alone what is of others', async () => {
  const { code, output, errors } = await leftovers('--delete');
  expect([code, errors]).toEqual([0, '']);
  expect(output).toContain('4 deleted');
  expect(account).toEqual({
    stackExists: false,
    keys: [{ id: 'k3', name: 'daypass-00000000.key_3' }],
    logGroups: ['/aws/lambda/Daypass-dev-of-others', 'Daypass-dev-loginLogs-2'],
    objects: [],
    hasBucket: false,
  });
  expect(await leftovers()).toMatchObject({ code: 0 });
});

test('without a Region it says what is missing, and nothing of a platform on this machine', async () => {
  const { code, errors } = await runCommand('bin/leftovers/leftovers.ts', [], {
    ...environment,
    AWS_REGION: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_CONFIG_FILE: '/none',
  });
  expect(code).toBe(1);
  expect(errors).toMatch(/^No AWS Region is set\. Set AWS_REGION .*\)\.\n$/);
});

test('a stack that is still there is to be destroyed first', async () => {
  account.stackExists = true;
  const { code, errors } = await leftovers('--delete');
  expect(errors).toBe('Daypass-dev is still there: npx cdk destroy -c stage=dev\n');
  expect(code).toBe(2);
  expect(account.keys).toHaveLength(3);
});

describe('by the template', () => {
  const settings = { ...smallest, alerts: { email: 'ops@example.com', budgetPerMonth: 10 } };
  const keptBy = (stage: 'prod' | 'dev') =>
    Object.values(synth({ settings, stage }).Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy !== undefined && DeletionPolicy !== 'Delete')
      .map(({ Type }) => Type);

  test('every kind of resource that a stack keeps is known, with its reason', () => {
    expect(new Set(keptBy('prod'))).toEqual(new Set(Object.keys(keptTypes)));
  });

  test('of a dev stack nothing billable stays that the command does not delete', () => {
    const dev = keptBy('dev');
    expect(dev).toContain('AWS::S3::Bucket');
    expect(dev.filter((type) => keptTypes[type]?.fate === 'keep')).toEqual([]);
  });

  test('no function makes a log group of its own beside the stack’s', () => {
    const functions = Object.values(synth({ settings, stage: 'dev' }).Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    expect(functions.length).toBeGreaterThan(30);
    expect(functions.filter(({ Properties }) => Properties.LoggingConfig?.LogGroup === undefined)).toEqual(
      [],
    );
  });
});
