import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiGateway } from './aws/apigateway/api-gateway.ts';
import { createEdge, type Edge } from './aws/cloudfront/edge.ts';
import type { CognitoIdp } from './aws/cognito/cognito.ts';
import type { DynamoDb } from './aws/dynamodb/dynamodb.ts';
import type { Schedules } from './aws/events/schedules.ts';
import type { Kms } from './aws/kms/kms.ts';
import type { LambdaHost } from './aws/lambda/lambda-host.ts';
import type { Buckets } from './aws/s3/buckets.ts';
import type { Waf } from './aws/waf/waf.ts';
import type { MovableClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import type { Mailbox } from './mail/mail.ts';
import type { Store } from './state/store.ts';
import { type DeployedStack, deploy } from './template/deploy.ts';
import { loadAssembly } from './template/load-assembly.ts';
import { apiGatewayProviders } from './template/providers/api-gateway.ts';
import { bucketDeployment } from './template/providers/bucket-deployment.ts';
import {
  type CloudFrontResources,
  cloudFrontProviders,
  createCloudFrontResources,
} from './template/providers/cloudfront.ts';
import { cognitoProviders } from './template/providers/cognito.ts';
import { dynamoDbTable } from './template/providers/dynamodb.ts';
import { ignoredTypes } from './template/providers/ignored-types.ts';
import { kmsProviders } from './template/providers/kms.ts';
import { lambdaFunction } from './template/providers/lambda-function.ts';
import { lambdaAlias, lambdaVersion } from './template/providers/lambda-version.ts';
import { s3Bucket } from './template/providers/s3-bucket.ts';
import { s3BucketPolicy } from './template/providers/s3-bucket-policy.ts';
import { eventsRule, schedulerSchedule } from './template/providers/schedule-targets.ts';
import { secret, secretStrings } from './template/providers/secret.ts';
import { ssmParameter } from './template/providers/ssm-parameter.ts';
import { wafProviders } from './template/providers/waf.ts';
import type { ResourceProvider } from './template/resource-provider.ts';

/** Everything a template can be deployed into. */
export interface StandIns {
  clock: MovableClock;
  store: Store;
  faults: Faults;
  mailbox: Mailbox;
  buckets: Buckets;
  dynamoDb: DynamoDb;
  kms: Kms;
  cognito: CognitoIdp;
  lambda: LambdaHost;
  gateway: ApiGateway;
  schedules: Schedules;
  waf: Waf;
}

export interface Stack {
  /** Deploys an assembly over what is there, and switches the edge over to it. */
  deploy(assemblyDirectory: string): Promise<DeployedStack>;
  edge(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

export function createStack(standIns: StandIns, options: { apiUrl: string; log: Log }): Stack {
  let edge: Edge | undefined;
  return {
    async deploy(assemblyDirectory) {
      const cloudFront = createCloudFrontResources();
      standIns.schedules.clear();
      const providers = providersOf(standIns, cloudFront, options.log);
      const deployed = await deploy(loadAssembly(assemblyDirectory), providers, ignoredTypes, {
        secrets: secretStrings(standIns.store),
      });
      forgetRemoved(standIns, deployed);
      const previous = edge;
      edge = createEdge({
        ...cloudFront,
        distribution: onlyDistribution(cloudFront),
        buckets: standIns.buckets,
        ...options,
      });
      previous?.close();
      return deployed;
    },
    edge: (request, response) => edge?.handle(request, response),
    close: () => edge?.close(),
  };
}

/** Removes what an earlier template defined and this one doesn't, as a stack update does. */
function forgetRemoved({ gateway, waf }: StandIns, { resources }: DeployedStack): void {
  waf.keepOnly(resources);
  gateway.keepOnly(resources);
}

function onlyDistribution({ distributions }: CloudFrontResources) {
  const [distribution, ...others] = distributions.values();
  if (distribution === undefined || others.length > 0) {
    throw new Error(
      `The template has ${distributions.size} CloudFront distributions; the edge serves exactly one.`,
    );
  }
  return distribution;
}

/** One provider for every resource type that means something here. */
function providersOf(standIns: StandIns, cloudFront: CloudFrontResources, log: Log): ResourceProvider[] {
  const { buckets, clock, cognito, dynamoDb, gateway, kms, lambda, schedules, store, waf } = standIns;
  return [
    ...cognitoProviders(cognito),
    dynamoDbTable('Table', dynamoDb),
    dynamoDbTable('GlobalTable', dynamoDb),
    ...kmsProviders(kms),
    lambdaFunction(lambda),
    lambdaVersion,
    lambdaAlias,
    ...apiGatewayProviders(gateway),
    s3Bucket(buckets),
    s3BucketPolicy(buckets),
    bucketDeployment(buckets),
    ...cloudFrontProviders(cloudFront, (message) => log.info('edge', message), clock),
    eventsRule(schedules),
    schedulerSchedule(schedules),
    ssmParameter(store),
    secret(store),
    ...wafProviders(waf),
  ];
}
