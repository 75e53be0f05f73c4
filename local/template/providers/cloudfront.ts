import * as z from 'zod';
import { type Distribution, parseDistribution } from '../../aws/cloudfront/distribution/distribution.ts';
import {
  parseResponseHeadersPolicy,
  type ResponseHeadersPolicy,
} from '../../aws/cloudfront/distribution/response-headers-policy.ts';
import {
  compileViewerFunction,
  type ViewerFunction,
} from '../../aws/cloudfront/functions/viewer-function.ts';
import type { ProviderContext, ResourceProvider } from '../resource-provider.ts';
import { cloudFrontDomainName, cloudFrontId, uuid } from '../stable-id.ts';
import { readProperties, refused } from './read-properties.ts';

/** Filled while the stack is deployed; `createEdge` takes it. */
export interface CloudFrontResources {
  readonly functions: Map<string, ViewerFunction>;
  readonly responseHeadersPolicies: Map<string, ResponseHeadersPolicy>;
  readonly distributions: Map<string, Distribution>;
}

export function createCloudFrontResources(): CloudFrontResources {
  return {
    functions: new Map(),
    responseHeadersPolicies: new Map(),
    distributions: new Map(),
  };
}

/**
 * @param log gets what CloudFront functions write to their console
 * @param clock what they see as the time
 */
export function cloudFrontProviders(
  resources: CloudFrontResources,
  log: (message: string) => void,
  clock: { now(): number },
): ResourceProvider[] {
  return [distribution(resources), viewerFunction(resources, log, clock), responseHeadersPolicy(resources)];
}

function distribution({ distributions }: CloudFrontResources): ResourceProvider {
  return {
    type: 'AWS::CloudFront::Distribution',
    create(logicalId, properties, { stackName }) {
      const owner = { stackName, logicalId };
      const id = cloudFrontId(owner);
      const domainName = cloudFrontDomainName(owner);
      distributions.set(id, parseDistribution(id, domainName, properties));
      return { ref: id, attributes: { Id: id, DomainName: domainName } };
    },
  };
}

const functionSchema = z.looseObject({
  Name: z.string(),
  FunctionCode: z.string(),
  FunctionConfig: z.looseObject({
    Runtime: z.literal('cloudfront-js-2.0', { error: 'only runtime cloudfront-js-2.0 is supported' }),
    KeyValueStoreAssociations: refused('key value stores are not supported'),
  }),
});

function viewerFunction(
  { functions }: CloudFrontResources,
  log: (message: string) => void,
  clock: { now(): number },
): ResourceProvider {
  return {
    type: 'AWS::CloudFront::Function',
    create(_logicalId, properties, { environment }) {
      const { Name, FunctionCode } = readProperties(functionSchema, properties);
      const arn = cloudFrontArn(environment, `function/${Name}`);
      functions.set(
        arn,
        compileViewerFunction(Name, FunctionCode, (message) => log(`${Name}: ${message}`), clock),
      );
      return {
        ref: arn,
        attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' },
      };
    },
  };
}

function responseHeadersPolicy({ responseHeadersPolicies }: CloudFrontResources): ResourceProvider {
  return {
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    create(logicalId, properties, { stackName }) {
      const id = uuid({ stackName, logicalId });
      responseHeadersPolicies.set(id, parseResponseHeadersPolicy(properties));
      return { ref: id, attributes: { Id: id } };
    },
  };
}

function cloudFrontArn({ partition, accountId }: ProviderContext['environment'], resource: string): string {
  return `arn:${partition}:cloudfront::${accountId}:${resource}`;
}
