import type { ApiGateway } from '../../aws/apigateway/api-gateway.ts';
import type { CloudWatch } from '../../aws/cloudwatch/cloudwatch.ts';
import type { CognitoIdp } from '../../aws/cognito/cognito.ts';
import type { DynamoDb } from '../../aws/dynamodb/dynamodb.ts';
import type { Schedules } from '../../aws/events/schedules.ts';
import type { Kms } from '../../aws/kms/kms.ts';
import type { LambdaHost } from '../../aws/lambda/lambda-host.ts';
import type { Buckets } from '../../aws/s3/buckets.ts';
import type { Topics } from '../../aws/sns/topics.ts';
import type { Waf } from '../../aws/waf/waf.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { StripeStandIn } from '../../providers/stripe/stripe-service.ts';
import type { Store } from '../../state/store.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { apiGatewayProviders } from './api-gateway.ts';
import { bucketDeployment } from './bucket-deployment.ts';
import { type CloudFrontResources, cloudFrontProviders } from './cloudfront.ts';
import { cloudWatchProviders } from './cloudwatch.ts';
import { cognitoProviders } from './cognito.ts';
import { dynamoDbTable } from './dynamodb.ts';
import { eventsRule } from './events-rule.ts';
import { kmsKey } from './kms.ts';
import { lambdaFunction } from './lambda-function.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3BucketPolicy } from './s3-bucket-policy.ts';
import { secret } from './secret.ts';
import { snsProviders } from './sns.ts';
import { wafProviders } from './waf.ts';

/** The stand-ins that resources are created in. */
export interface ProviderTargets {
  buckets: Buckets;
  clock: Clock;
  cloudFront: CloudFrontResources;
  cloudWatch: CloudWatch;
  cognito: CognitoIdp;
  dynamoDb: DynamoDb;
  gateway: ApiGateway;
  kms: Kms;
  lambda: LambdaHost;
  log: Log;
  schedules: Schedules;
  store: Store;
  stripe: Pick<StripeStandIn, 'makeSecrets'>;
  topics: Topics;
  waf: Waf;
  /** Where this machine has what AWS has under names of its own. */
  localUrls: { console: string; login: string };
}

/**
 * Every resource type that the local runtime supports. A new type is added here, and to the table of
 * docs/local-runtime.md; one that has no meaning on one machine goes into ignored-types.ts instead.
 */
export const createProviders = (to: ProviderTargets): ResourceProvider[] => [
  ...apiGatewayProviders(to.gateway),
  ...cloudFrontProviders(to.cloudFront, (message) => to.log.info('edge', message), to.clock),
  ...cloudWatchProviders(to.cloudWatch),
  ...cognitoProviders(to.cognito, to.localUrls.console),
  dynamoDbTable(to.dynamoDb),
  eventsRule(to.schedules),
  kmsKey(to.kms),
  lambdaFunction(
    {
      defineFunction(definition) {
        to.stripe.makeSecrets(definition.environment);
        return to.lambda.defineFunction(definition);
      },
    },
    to.localUrls.login,
  ),
  s3Bucket(to.buckets),
  s3BucketPolicy(to.buckets),
  bucketDeployment(to.buckets),
  secret(to.store),
  ...snsProviders(to.topics),
  ...wafProviders(to.waf),
];
