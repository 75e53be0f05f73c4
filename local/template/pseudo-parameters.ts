/** The one account and Region everything here lives in. */
export const environment = {
  region: 'us-east-1',
  accountId: '000000000000',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
} as const;

export type Environment = typeof environment;

function stackIdOf(stackName: string): string {
  const { region, accountId } = environment;
  return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-4000-8000-000000000000`;
}

export function pseudoParameters(stackName: string): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['AWS::Region', environment.region],
    ['AWS::AccountId', environment.accountId],
    ['AWS::Partition', environment.partition],
    ['AWS::URLSuffix', environment.urlSuffix],
    ['AWS::StackName', stackName],
    ['AWS::StackId', stackIdOf(stackName)],
    ['AWS::NotificationARNs', []],
  ]);
}
