import { Aws, Validations } from 'aws-cdk-lib';
import type { Endpoint } from './endpoint.ts';

type Access = 'create' | 'bind' | 'unbind' | 'delete' | 'find' | 'list-bound' | 'lift-fence';

const gateway = `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}::`;

/** API Gateway's permissions are HTTP methods on paths. Ids are known only at run time. */
const statements: Record<Access, { actions: string[]; resources: string[] }[]> = {
  create: [{ actions: ['apigateway:POST'], resources: [`${gateway}/apikeys`] }],
  // Lists by name. One key with its secret would be GET on /apikeys/{id}.
  find: [{ actions: ['apigateway:GET'], resources: [`${gateway}/apikeys`] }],
  bind: [
    { actions: ['apigateway:GET'], resources: [`${gateway}/usageplans`] },
    { actions: ['apigateway:POST'], resources: [`${gateway}/usageplans/*/keys`] },
  ],
  unbind: [
    { actions: ['apigateway:GET'], resources: [`${gateway}/usageplans`] },
    { actions: ['apigateway:DELETE'], resources: [`${gateway}/usageplans/*/keys/*`] },
  ],
  'list-bound': [{ actions: ['apigateway:GET'], resources: [`${gateway}/usageplans/*/keys`] }],
  'lift-fence': [{ actions: ['apigateway:PATCH'], resources: [`${gateway}/usageplans/*/keys/*/usage`] }],
  delete: [{ actions: ['apigateway:DELETE'], resources: [`${gateway}/apikeys/*`] }],
};

const wildcards = ['/usageplans/*/keys', '/usageplans/*/keys/*', '/usageplans/*/keys/*/usage', '/apikeys/*'];

/** Grants a function these accesses to keys in API Gateway, and acknowledges the wildcards that they need. */
export function grantGatewayKeys(endpoint: Endpoint, accesses: readonly Access[]): void {
  for (const { actions, resources } of accesses.flatMap((access) => statements[access])) {
    endpoint.allow(actions, resources);
  }
  Validations.of(endpoint).acknowledge(
    ...wildcards.map((path) => ({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:apigateway:<AWS::Region>::${path}]`,
      reason: 'Ids of keys are made by API Gateway at run time; paths and methods are as narrow as they get.',
    })),
  );
}
