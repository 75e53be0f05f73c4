import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';

/** A site and an API behind one distribution, a function, its schedule, and CDK's own helpers. */
export function buildWebStack(stack: Stack, sources: string): void {
  writeSources(sources);
  // CDK's own types don't fit exactOptionalPropertyTypes.
  const bucket = new Bucket(stack, 'Site', {
    removalPolicy: RemovalPolicy.DESTROY,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  }) as IBucket;
  const fn = new LambdaFn(stack, 'Sweep', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(join(sources, 'function')),
    memorySize: 256,
    timeout: Duration.seconds(20),
    environment: { BUCKET: bucket.bucketName },
  });
  new Rule(stack, 'Nightly', {
    schedule: Schedule.rate(Duration.minutes(5)),
    targets: [new LambdaFunction(fn)],
  });
  const bearer = new cloudfront.Function(stack, 'Bearer', {
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    code: cloudfront.FunctionCode.fromInline('function handler(event) { return event.request; }'),
  });
  const distribution = new cloudfront.Distribution(stack, 'Cdn', {
    defaultRootObject: 'index.html',
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      responseHeadersPolicy: new cloudfront.ResponseHeadersPolicy(stack, 'Headers', {
        securityHeadersBehavior: { contentTypeOptions: { override: true } },
      }),
    },
    additionalBehaviors: {
      '/v1/*': {
        origin: new HttpOrigin('abcdefghij.execute-api.us-east-1.amazonaws.com', { originPath: '/prod' }),
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        functionAssociations: [{ eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: bearer }],
      },
    },
  });
  new BucketDeployment(stack, 'Deployment', {
    destinationBucket: bucket,
    distribution,
    sources: [
      Source.asset(join(sources, 'site')),
      Source.jsonData('config.json', { region: stack.region, bucket: bucket.bucketName, plain: 1 }),
    ],
    exclude: ['*.map'],
    cacheControl: [CacheControl.maxAge(Duration.hours(1))],
  });
}

function writeSources(directory: string): void {
  mkdirSync(join(directory, 'site', 'assets'), { recursive: true });
  mkdirSync(join(directory, 'function'), { recursive: true });
  writeFileSync(join(directory, 'site', 'index.html'), '<h1>Home</h1>');
  writeFileSync(join(directory, 'site', 'assets', 'app.js'), 'let x;');
  writeFileSync(join(directory, 'site', 'assets', 'app.js.map'), '{}');
  writeFileSync(join(directory, 'function', 'index.js'), 'exports.handler = async () => {};');
}
