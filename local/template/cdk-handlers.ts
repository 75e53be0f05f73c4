import { referencesIn } from './references.ts';
import type { ResourceDefinition, Template } from './template.ts';

/** Custom resources of aws-cdk-lib whose work is done here by a provider, not by their Lambda function. */
const ownCustomResources = new Set(['Custom::CDKBucketDeployment', 'Custom::S3AutoDeleteObjects']);

/**
 * The Lambda functions aws-cdk-lib adds to run its own custom resources (the bucket deployment's is Python).
 * They need no host: nothing that takes part here refers to them, other than as a service token.
 * @param ignoredTypes types that take no part here, so that their references don't count
 */
export function findCdkHandlers(template: Template, ignoredTypes: ReadonlySet<string>): Set<string> {
  const resources = Object.values(template.Resources);
  const tokens = new Set(
    resources
      .filter(({ Type }) => ownCustomResources.has(Type))
      .flatMap(({ Properties }) => [...referencesIn(Properties?.ServiceToken)]),
  );
  const usedOtherwise = new Set(
    resources
      .filter(({ Type }) => !ignoredTypes.has(Type))
      .flatMap((resource) => [...otherReferences(resource)]),
  );
  return new Set([...tokens].filter((logicalId) => !usedOtherwise.has(logicalId)));
}

function otherReferences({ Type, Properties = {} }: ResourceDefinition): Set<string> {
  const { ServiceToken, ...rest } = Properties;
  return referencesIn(ownCustomResources.has(Type) ? rest : Properties);
}
