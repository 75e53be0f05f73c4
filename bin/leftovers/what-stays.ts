/** A resource of a deleted stack, as CloudFormation lists it. */
export interface DeletedResource {
  type: string;
  /** Its name or id in AWS. */
  id: string;
  /** `DELETE_SKIPPED`: the template says to keep it. */
  status: string;
}

/**
 * What CloudFormation keeps of a deleted stack because the template says so, by type: why, and what becomes of it. A test holds
 * it to the template. `delete`: it holds nobody's data; `free`: it stays, and costs nothing.
 */
export const keptTypes: Readonly<Record<string, { why: string; fate: 'delete' | 'keep' | 'free' }>> = {
  'AWS::S3::Bucket': { why: 'the console’s files, which CloudFormation can’t delete', fate: 'delete' },
  'AWS::DynamoDB::Table': { why: 'all records, in stage prod', fate: 'keep' },
  'AWS::Cognito::UserPool': { why: 'all users, in stage prod', fate: 'keep' },
  'AWS::KMS::Key': { why: 'opens what the table keeps sealed, in stage prod', fate: 'keep' },
  'AWS::IAM::Role': { why: 'other APIs of the Region may write their logs by it', fate: 'free' },
  'AWS::ApiGateway::Account': { why: 'the Region’s setting that names that role', fate: 'free' },
};

/** What services make beside the resources of a stack, and leave when it is deleted. */
export interface Traces {
  /** By which the names of the deployment's keys in API Gateway are found. */
  tableNames: string[];
  /** Names that log groups of this stack may have. */
  logGroups: Set<string>;
  /** Beginnings of these, to ask for. */
  logGroupPrefixes: string[];
}

/** @param stack name of the stack: names that CloudFormation makes begin with it */
export function tracesOf(stack: string, resources: readonly DeletedResource[]): Traces {
  const idsOf = (type: string) => resources.filter((one) => one.type === type).map(({ id }) => id);
  // API Gateway writes what went wrong inside it to a group of its own, which never expires.
  const apis = idsOf('AWS::ApiGateway::RestApi').map((id) => `API-Gateway-Execution-Logs_${id}/prod`);
  // A function that ends a deployment may write once more after its group was deleted.
  const functions = idsOf('AWS::Lambda::Function').map((id) => `/aws/lambda/${id}`);
  return {
    tableNames: idsOf('AWS::DynamoDB::Table'),
    logGroups: new Set([...apis, ...functions, ...idsOf('AWS::Logs::LogGroup')]),
    logGroupPrefixes: [...apis, `/aws/lambda/${stack}-`, `${stack}-`],
  };
}

/** What the template told CloudFormation to keep. */
export function skipped(resources: readonly DeletedResource[]): DeletedResource[] {
  return resources.filter(({ status }) => status === 'DELETE_SKIPPED');
}
