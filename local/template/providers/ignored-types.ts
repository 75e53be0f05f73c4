const permissions = 'nothing here checks permissions';
const logging = 'logs go to the terminal';

/**
 * Resource types that have no meaning on one machine, each with the reason. They get a plausible name so that
 * others can refer to them. A type that is neither here nor in all.ts stops the start.
 */
export const ignoredTypes: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Role', permissions],
  ['AWS::IAM::Policy', permissions],
  ['AWS::IAM::ManagedPolicy', permissions],
  ['AWS::Lambda::Permission', permissions],
  ['AWS::Lambda::LayerVersion', "only the bucket deployment's own function, which isn't hosted, uses one"],
  ['AWS::Cognito::ManagedLoginBranding', 'pages of the stand-in have one look'],
  ['AWS::CloudFront::OriginAccessControl', 'the edge reads the local bucket itself, unsigned'],
  ['AWS::ApiGateway::Account', logging],
  ['AWS::Logs::LogGroup', logging],
  ['AWS::Budgets::Budget', 'nothing is billed'],
]);
