import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { type AwsServer, startAwsServer } from '../../../local/aws/server.ts';
import { createSts } from '../../../local/aws/sts/sts.ts';
import { createFaults } from '../../../local/faults.ts';
import { silentLog } from '../../../local/log.ts';

const run = promisify(execFile);

function hasCli(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let server: AwsServer;
beforeAll(async () => {
  const services = [createSts({ accountId: '000000000000' })];
  server = await startAwsServer({ services, faults: createFaults(), port: 0, log: silentLog });
});
afterAll(() => server.close());

const aws = (...words: string[]) =>
  run('aws', ['--endpoint-url', server.url, '--output', 'json', ...words], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
    },
  });

// The CLI is an operator's tool, not a dependency: where it is missing, server.test.ts looks at the bytes.
const operatorTest = hasCli() ? test.each : () => () => {};

operatorTest([
  ['cloudformation describe-stacks', 'DescribeStacks'],
  ['s3 ls', 'GET /'],
  ['s3api head-bucket --bucket some-bucket', '400'],
  ['sns list-topics', 'ListTopics'],
  ['iam list-users', 'ListUsers'],
  ['cloudfront list-distributions', 'GET /2020-05-31/distribution'],
  ['route53 list-hosted-zones', 'GET /2013-04-01/hostedzone'],
  ['ec2 describe-vpcs', 'DescribeVpcs'],
  ['cloudwatch describe-alarms', 'monitoring'],
  ['logs describe-log-groups', 'DescribeLogGroups'],
  ['secretsmanager list-secrets', 'ListSecrets'],
  ['events list-rules', 'ListRules'],
  ['budgets describe-budgets --account-id 000000000000', 'DescribeBudgets'],
  ['wafv2 list-web-acls --scope REGIONAL', 'ListWebACLs'],
  ['sqs list-queues', 'ListQueues'],
  ['ses list-identities', 'ListIdentities'],
])('aws %s is refused with a message that the CLI shows', async (words, told) => {
  const refused = await aws(...words.split(' ')).then(
    () => 'it was answered',
    ({ stderr }: { stderr: string }) => stderr,
  );
  expect(refused).toContain(told);
  if (told !== '400') expect(refused).toContain('UnsupportedServiceException');
  expect(refused).not.toMatch(/Unable to parse|Unknown/i);
});
