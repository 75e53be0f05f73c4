import { referencesIn } from './find-references.ts';
import type { ResourceDefinition, Template } from './template.ts';

/** The custom resource of aws-cdk-lib whose work is done here by a provider, not by its Lambda function. */
const bucketDeployment = 'Custom::CDKBucketDeployment';

/**
 * The Lambda functions that aws-cdk-lib adds to run its own custom resources (the bucket deployment's is Python).
 * They aren't hosted, unless a resource refers to them otherwise than as a service token.
 * @param ignoredTypes types whose references don't count
 */
export function findCdkHandlers(template: Template, ignoredTypes: ReadonlySet<string>): Set<string> {
  const resources = Object.values(template.Resources);
  const tokens = new Set(
    resources
      .filter(({ Type }) => Type === bucketDeployment)
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
  return referencesIn(Type === bucketDeployment ? rest : Properties);
}
