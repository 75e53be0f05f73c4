import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../e2e/free-port.ts';
import { runCommand } from './run-command.ts';

const doctor = (args: string[], environment: Record<string, string | undefined> = {}) =>
  runCommand('bin/doctor/doctor.ts', args, environment);

/** What an account answers, by what is asked: `GET /path`, or the operation of a service that has no paths. */
type Account = Record<string, object | [number, object] | undefined>;

const available = {
  agreementAvailability: { status: 'AVAILABLE' },
  authorizationStatus: 'AUTHORIZED',
  entitlementAvailability: 'AVAILABLE',
  regionAvailability: 'AVAILABLE',
};

/** Everything as it should be. */
const ready: Account = {
  GetParameter: { Parameter: { Name: 'version', Value: '21' } },
  'GET /2016-08-19/account-settings': { AccountLimit: { UnreservedConcurrentExecutions: 1000 } },
  'GET /usageplans': { item: [{ id: 'a', name: 'Other' }] },
  'GET /apikeys': { item: [{ id: 'a', name: 'other' }] },
  'GET /account': {},
  'GET /v2/email/account': { ProductionAccessEnabled: true, SendingEnabled: true },
  'GET /v2/email/identities/example.com': { VerifiedForSendingStatus: true },
  DescribeSecret: { Name: 'there' },
  DescribeCertificate: { Certificate: { DomainName: '*.example.com', Status: 'ISSUED' } },
};

const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), 'daypass-doctor-'));
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Stands for an AWS account; what it has no answer for, it refuses as these services do. */
async function account(answers: Account): Promise<Record<string, string>> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const target = request.headers['x-amz-target']?.toString().split('.').at(-1);
      if (body.includes('Action=GetCallerIdentity')) {
        response.setHeader('content-type', 'text/xml');
        response.end(
          '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ops</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
        );
        return;
      }
      const path = decodeURIComponent((request.url ?? '').replace(/\?.*/, '').replace(/(.)\/$/, '$1'));
      const found = answers[target ?? `GET ${path}`] ?? modelAnswer(path);
      const [status, answer] = Array.isArray(found) ? found : [200, found];
      response.writeHead(status, {
        'content-type': target === undefined ? 'application/json' : 'application/x-amz-json-1.1',
        ...('__type' in answer && { 'x-amzn-errortype': String(answer.__type) }),
      });
      response.end(JSON.stringify(answer));
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}

const bodyOf = async (request: IncomingMessage) => Buffer.concat(await Array.fromAsync(request)).toString();

function modelAnswer(path: string): object | [number, object] {
  if (path.startsWith('/foundation-model-availability/'))
    return { modelId: path.split('/')[2], ...available };
  if (path.startsWith('/inference-profiles/')) return { status: 'ACTIVE' };
  return [404, { __type: 'NotFoundException', message: 'not there' }];
}

function settingsFile(text: string): { DAYPASS_SETTINGS: string } {
  const path = join(folder, `${servers.length}-${Math.abs(text.length)}.yml`);
  writeFileSync(path, text);
  return { DAYPASS_SETTINGS: path };
}

const small = `
plans: [{ name: ten, requestsPerDay: 10 }]
models:
  - name: nova-lite
    provider: bedrock
    modelId: amazon.nova-lite-v1:0
    contextTokens: 300000
    maxOutputTokens: 5000
    pricePerMillionTokens: { input: 0.06, output: 0.24 }
    released: 2024-12-03
  - name: claude
    provider: bedrock
    modelId: anthropic.claude-haiku-4-5-20251001-v1:0
    inferenceProfile: global.anthropic.claude-haiku-4-5-20251001-v1:0
    contextTokens: 200000
    maxOutputTokens: 64000
    pricePerMillionTokens: { input: 1, output: 5 }
    released: 2025-10-15
`;

const mailAndDomain = `${small}
mail: { from: daypass@example.com }
domain: { name: llm.example.com, certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/abc" }
providers: { openai: { apiKey: { secret: daypass/openai } } }
`;

test('--help says what it does', async () => {
  const { code, output, errors } = await doctor(['--help']);
  expect([code, errors]).toEqual([0, '']);
  for (const option of ['--stage', '--local', '--port', '--help']) expect(output).toContain(`  ${option} `);
});

test('an account that is ready has nothing to fix, with the default settings', async () => {
  const { code, output } = await doctor([], await account(ready));
  expect(output).toContain('credentials: arn:aws:iam::123456789012:user/ops');
  expect(output).toMatch(/^ok +model nova-lite: access/m);
  expect(output).toMatch(/ 0 to fix, 0 not seen$/m);
  expect(output).not.toMatch(/^fix/m);
  expect(code).toBe(0);
});

test('what mail, a domain and providers need is there', async () => {
  const { code, output } = await doctor([], { ...(await account(ready)), ...settingsFile(mailAndDomain) });
  for (const what of ['SES', 'SES sandbox', 'mail.from', 'key of provider openai', 'certificate'])
    expect(output).toMatch(new RegExp(`^ok +${what}: `, 'm'));
  expect(code).toBe(0);
});

test.each<[string, Account, RegExp, RegExp]>([
  [
    'an account without bootstrap',
    { GetParameter: [400, { __type: 'ParameterNotFound' }] },
    /^fix +CDK bootstrap: .*not bootstrapped/m,
    /npx cdk bootstrap aws:\/\/123456789012\/us-east-1/,
  ],
  [
    'an old bootstrap',
    { GetParameter: { Parameter: { Value: '5' } } },
    /^fix +CDK bootstrap: version 5/m,
    /npx cdk bootstrap/,
  ],
  [
    'a model that the Region lacks',
    {
      'GET /foundation-model-availability/amazon.nova-lite-v1:0': {
        ...available,
        regionAvailability: 'NOT_AVAILABLE',
      },
    },
    /^fix +model nova-lite: /m,
    /Take nova-lite out of daypass\.yml/,
  ],
  [
    'a profile that the Region lacks',
    {
      'GET /inference-profiles/global.anthropic.claude-haiku-4-5-20251001-v1:0': [
        404,
        { __type: 'ResourceNotFoundException' },
      ],
    },
    /^fix +model claude: there is no inference profile/m,
    /docs\/models\.md/,
  ],
  [
    'Anthropic’s form, not filled in',
    {
      'GET /foundation-model-availability/anthropic.claude-haiku-4-5-20251001-v1:0': {
        ...available,
        agreementAvailability: { status: 'NOT_AVAILABLE' },
      },
    },
    /^fix +model claude: its terms are not accepted/m,
    /docs\/models\.md#access/,
  ],
  [
    'a policy against Bedrock',
    {
      'GET /foundation-model-availability/amazon.nova-lite-v1:0': {
        ...available,
        authorizationStatus: 'NOT_AUTHORIZED',
      },
    },
    /^fix +model nova-lite: the account is not authorised/m,
    /service control policy/,
  ],
  [
    'too many usage plans',
    { 'GET /usageplans': { item: Array.from({ length: 300 }, (_, n) => ({ id: `${n}`, name: `p${n}` })) } },
    /^fix +usage plans: 300 of 300/m,
    /Service Quotas/,
  ],
  [
    'the sandbox of SES',
    { 'GET /v2/email/account': { ProductionAccessEnabled: false, SendingEnabled: true } },
    /^fix +SES sandbox/m,
    /production access/,
  ],
  [
    'a sender that is not verified',
    { 'GET /v2/email/identities/example.com': { VerifiedForSendingStatus: false } },
    /^fix +mail\.from: daypass@example\.com is not verified/m,
    /Verify/,
  ],
  [
    'a secret that is not there',
    { DescribeSecret: [400, { __type: 'ResourceNotFoundException' }] },
    /^fix +key of provider openai: there is no secret daypass\/openai/m,
    /create-secret/,
  ],
  [
    'a certificate of another name',
    { DescribeCertificate: { Certificate: { DomainName: 'other.example', Status: 'ISSUED' } } },
    /^fix +certificate: it is not for llm\.example\.com/m,
    /us-east-1/,
  ],
  [
    'a certificate that is not issued',
    { DescribeCertificate: { Certificate: { DomainName: 'llm.example.com', Status: 'PENDING_VALIDATION' } } },
    /^fix +certificate: its status is PENDING_VALIDATION/m,
    /DNS/,
  ],
])('%s is told, with what to do', async (_, answers, told, remedy) => {
  const { code, output } = await doctor([], {
    ...(await account({ ...ready, ...answers })),
    ...settingsFile(mailAndDomain),
  });
  expect(output).toMatch(told);
  expect(output).toMatch(remedy);
  expect(output).toMatch(/ 1 to fix, 0 not seen$/m);
  expect(code).toBe(1);
});

test('what works but surprises is told, and is nothing to fix', async () => {
  const environment = await account({
    ...ready,
    'GET /2016-08-19/account-settings': { AccountLimit: { UnreservedConcurrentExecutions: 10 } },
    'GET /account': { cloudwatchRoleArn: 'arn:aws:iam::123456789012:role/theirs' },
  });
  const { code, output } = await doctor(['--stage', 'dev'], environment);
  expect(output).toMatch(/^look +Lambda concurrency: 10 at once/m);
  expect(output).toMatch(/^look +role of API Gateway’s logs: .*theirs/m);
  expect(output).toMatch(/^look +mail: .*50 a day/m);
  expect(code).toBe(0);
});

test('what the credentials may not see is told apart from what is wrong', async () => {
  const environment = await account({
    ...ready,
    GetParameter: [400, { __type: 'AccessDeniedException', message: 'no' }],
  });
  const { code, output } = await doctor([], environment);
  expect(output).toMatch(
    /^\? +CDK bootstrap: these credentials may not see it\n +To have it checked, allow ssm:GetParameter\./m,
  );
  expect(output).toMatch(/ 0 to fix, 1 not seen$/m);
  expect(code).toBe(0);
});

test('settings with a mistake are told, and the account is still asked who it is', async () => {
  const environment = { ...(await account(ready)), ...settingsFile('plans: [{ name: ten }]\n') };
  const { code, output } = await doctor([], environment);
  expect(output).toMatch(/^fix +settings: .*\n.*\n +plans\[0\]\.requestsPerDay is missing/m);
  expect(output).toMatch(/^ok +credentials/m);
  expect(code).toBe(1);
});

test('without AWS, it says how to name an account', async () => {
  const { code, output } = await doctor([], {
    ...Object.fromEntries(
      Object.keys(process.env)
        .filter((name) => name.startsWith('AWS_'))
        .map((name) => [name, undefined]),
    ),
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  expect(output).toMatch(/^fix +credentials: .*\n +No AWS Region is set\. Set AWS_REGION/m);
  expect(code).toBe(1);
});

describe('on this machine', () => {
  const agent = (node: string, npm = '11.0.0') => ({
    npm_config_user_agent: `npm/${npm} node/v${node} linux x64`,
  });

  test('everything that npm start needs is told, and taken ports by number', async () => {
    const port = await freePort();
    const blocker = createServer();
    servers.push(blocker);
    await new Promise<void>((done) => blocker.listen(port + 1, '127.0.0.1', done));
    const { code, output } = await doctor(['--local', '--port', String(port)], agent('20.19.0'));
    expect(output).toMatch(/^ok +node: 20\.19\.0$/m);
    expect(output).toMatch(/^ok +DynamoDB engine: /m);
    expect(output).toMatch(new RegExp(`^fix +ports .*: ${port + 1} is in use`, 'm'));
    expect(code).toBe(1);
  });

  test.each([
    ['20.18.3', '10.0.0', 'node'],
    ['18.0.0', '10.0.0', 'node'],
    ['22.1.0', '9.9.9', 'npm'],
  ])('node %s with npm %s: %s is too old', async (node, npm, what) => {
    const { output } = await doctor(['--local', '--port', String(await freePort())], agent(node, npm));
    expect(output).toMatch(new RegExp(`^fix +${what}: `, 'm'));
  });

  test('another engine is told by its address, and none with how to get one', async () => {
    const named = { ...agent('24.0.0'), DAYPASS_DYNAMODB_ENDPOINT: 'http://localhost:8000' };
    expect((await doctor(['--local'], named)).output).toMatch(
      /^ok +DynamoDB engine: http:\/\/localhost:8000/m,
    );
    const wrong = { ...agent('24.0.0'), DAYPASS_DYNAMODB_ENDPOINT: 'nowhere' };
    expect((await doctor(['--local'], wrong)).output).toMatch(
      /^fix +DynamoDB engine: .*\n +DAYPASS_DYNAMODB_ENDPOINT is 'nowhere'/m,
    );
  });
});

test.each([
  [['--stage', 'test'], /must be 'prod' or 'dev'/],
  [['--port', '4000'], /--port goes with --local/],
  [['--local', '--port', '0'], /The port '0' is not possible/],
  [['--nothing'], /--nothing/],
])('the mistake in %j is told', async (args, words) => {
  const { code, errors } = await doctor(args);
  expect(errors).toMatch(words);
  expect(code).toBe(2);
});
