import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createEdge } from '../../../local/aws/cloudfront/edge.ts';
import type { Schedule } from '../../../local/aws/events/schedules.ts';
import type { FunctionDefinition } from '../../../local/aws/lambda/function-definition.ts';
import { createBuckets } from '../../../local/aws/s3/create-buckets.ts';
import { createClock } from '../../../local/clock.ts';
import { silentLog } from '../../../local/log.ts';
import { type DeployedStack, deploy } from '../../../local/template/deploy.ts';
import { loadAssembly } from '../../../local/template/load-assembly.ts';
import { bucketDeployment } from '../../../local/template/providers/bucket-deployment.ts';
import {
  cloudFrontProviders,
  createCloudFrontResources,
} from '../../../local/template/providers/cloudfront.ts';
import { eventsRule } from '../../../local/template/providers/events-rule.ts';
import { ignoredTypes } from '../../../local/template/providers/ignored-types.ts';
import { lambdaFunction } from '../../../local/template/providers/lambda-function.ts';
import { s3Bucket } from '../../../local/template/providers/s3-bucket.ts';
import { s3BucketPolicy } from '../../../local/template/providers/s3-bucket-policy.ts';
import { synthesize, temporaryDirectories } from './synthesize.ts';
import { buildWebStack } from './web-stack.ts';

const directories = temporaryDirectories();
afterAll(() => directories.removeAll());

const functions: FunctionDefinition[] = [];
const schedules: Schedule[] = [];
const cloudFront = createCloudFrontResources();
const buckets = createBuckets(directories.create(), createClock());
let stack: DeployedStack;

const redeploy = async (outdir: string) =>
  deploy(
    loadAssembly(outdir),
    [
      lambdaFunction(
        { defineFunction: (definition) => void functions.push(definition) },
        'http://127.0.0.1:1/login',
      ),
      s3Bucket(buckets),
      s3BucketPolicy(buckets),
      bucketDeployment(buckets),
      eventsRule({ set: (schedule) => void schedules.push(schedule) }),
      ...cloudFrontProviders(cloudFront, () => {}, Date),
    ],
    ignoredTypes,
  );

let outdir: string;
let bucket: string;

beforeAll(async () => {
  const sources = directories.create();
  outdir = synthesize(directories.create(), (shop) => buildWebStack(shop, sources));
  stack = await redeploy(outdir);
  bucket = [...stack.resources.values()].find(({ type }) => type === 'AWS::S3::Bucket')?.ref ?? '';
});

const bodyOf = async (key: string) => (await buckets.read(bucket, key).toArray()).join('');

describe('providers on a synthesized stack', () => {
  test("the app's function is defined with its code folder, and CDK's own handlers are not hosted", () => {
    expect(functions).toHaveLength(1);
    expect(functions[0]).toMatchObject({
      arn: expect.stringMatching(/^arn:aws:lambda:us-east-1:000000000000:function:Shop-Sweep/),
      handler: 'index.handler',
      memoryMegabytes: 256,
      timeoutSeconds: 20,
      environment: { BUCKET: bucket },
    });
    expect(existsSync(join(functions[0]?.codeDirectory ?? '', 'index.js'))).toBe(true);
  });

  test('a bucket deployment copies files with type and cache control, except excluded ones', async () => {
    expect(buckets.list(bucket)).toEqual(['assets/app.js', 'config.json', 'index.html']);
    expect(await bodyOf('index.html')).toBe('<h1>Home</h1>');
    expect(buckets.head(bucket, 'assets/app.js')).toMatchObject({
      contentType: 'text/javascript',
      cacheControl: 'max-age=3600',
    });
  });

  test('deploy-time values are put into deployed data', async () => {
    expect(JSON.parse(await bodyOf('config.json'))).toEqual({ region: 'us-east-1', bucket, plain: 1 });
  });

  test('deploying again prunes files that no source has, keeps excluded ones, and names everything the same', async () => {
    const user = { contentType: 'text/plain', user: {} };
    buckets.put(bucket, 'old.txt', Buffer.from('x'), user);
    buckets.put(bucket, 'kept.map', Buffer.from('x'), user);
    const again = await redeploy(outdir);
    expect(buckets.list(bucket)).toEqual(['assets/app.js', 'config.json', 'index.html', 'kept.map']);
    const refs = (deployed: DeployedStack) => [...deployed.resources].map(([id, { ref }]) => [id, ref]);
    expect(refs(again)).toEqual(refs(stack));
  });

  test('the bucket policy lets CloudFront read and not list', () => {
    expect(buckets.cloudFrontGrant(bucket)).toEqual({ read: true, list: false });
  });

  test('a rule with a rate becomes a schedule of the function', () => {
    expect(schedules[0]).toMatchObject({ functionName: functions[0]?.name });
    expect(schedules[0]?.next(0)).toBe(300_000);
    expect(schedules[0]?.event(0)).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '1970-01-01T00:00:00Z',
    });
  });

  test('the edge takes the distribution as deployed', () => {
    const [distribution] = cloudFront.distributions.values();
    if (distribution === undefined) throw new Error('no distribution was deployed');
    const edge = createEdge({
      ...cloudFront,
      distribution,
      buckets,
      apiUrl: 'http://127.0.0.1:1',
      log: silentLog,
    });
    expect(distribution.domainName).toMatch(/\.cloudfront\.net$/);
    edge.close();
  });
});
