import type { CreatedResource, ProviderContext } from './resource-provider.ts';
import { cloudFrontId, physicalName } from './stable-id.ts';

/** Services whose ARNs name no Region. */
const globalServices = new Set(['iam', 'cloudfront']);

/** Ref and attributes for a resource that isn't created here: right in form, pointing nowhere. */
export function standInNames(logicalId: string, type: string, context: ProviderContext): CreatedResource {
  const owner = { stackName: context.stackName, logicalId };
  const name = type.startsWith('AWS::CloudFront::') ? cloudFrontId(owner) : physicalName(owner);
  const arn = standInArn(type, name, context);
  const attributes = new Proxy<Record<string, string>>(
    {},
    {
      get: (_target, attribute) => (typeof attribute === 'string' && attribute.endsWith('Arn') ? arn : name),
    },
  );
  return { ref: refIsArn.has(type) ? arn : name, attributes };
}

const refIsArn = new Set(['AWS::SNS::Topic', 'AWS::IAM::ManagedPolicy', 'AWS::Lambda::LayerVersion']);

function standInArn(type: string, name: string, { environment }: ProviderContext): string {
  const [, service = '', kind = ''] = type.split('::').map((part) => part.toLowerCase());
  const { partition, region, accountId } = environment;
  const place = globalServices.has(service) ? '' : region;
  return `arn:${partition}:${service}:${place}:${accountId}:${resourcePart(service, kind, name)}`;
}

function resourcePart(service: string, kind: string, name: string): string {
  if (service === 'logs') return `log-group:${name}:*`;
  if (service === 'sns') return name;
  if (kind === 'layerversion') return `layer:${name}:1`;
  return service === 'lambda' ? `function:${name}` : `${kind}/${name}`;
}
