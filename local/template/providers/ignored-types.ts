const permissions = 'nothing here checks permissions';
const logging = 'logs go to the terminal';
const monitoring = 'nothing here watches metrics';
const filtering = 'the runtime listens on this machine only';
const naming = 'the runtime answers under localhost';

/**
 * Resource types that mean nothing on one machine, each with the reason. They get a plausible name so that
 * others can refer to them. A type that is neither here nor has a provider stops the start.
 */
export const ignoredTypes: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Role', permissions],
  ['AWS::IAM::Policy', permissions],
  ['AWS::IAM::ManagedPolicy', permissions],
  ['AWS::IAM::InstanceProfile', permissions],
  ['AWS::IAM::ServiceLinkedRole', permissions],
  ['AWS::Lambda::Permission', permissions],
  ['AWS::CloudFront::OriginAccessControl', 'the edge reads the local bucket itself, unsigned'],
  ['AWS::Logs::LogGroup', logging],
  ['AWS::Logs::LogStream', logging],
  ['AWS::Logs::ResourcePolicy', logging],
  ['AWS::Logs::MetricFilter', monitoring],
  ['AWS::Logs::QueryDefinition', monitoring],
  ['AWS::ApiGateway::Account', logging],
  ['AWS::CloudWatch::Alarm', monitoring],
  ['AWS::CloudWatch::CompositeAlarm', monitoring],
  ['AWS::CloudWatch::AnomalyDetector', monitoring],
  ['AWS::CloudWatch::Dashboard', monitoring],
  ['AWS::Budgets::Budget', 'nothing here costs money'],
  ['AWS::SNS::Topic', 'only alarms publish to it'],
  ['AWS::SNS::TopicPolicy', permissions],
  ['AWS::SNS::Subscription', 'only alarms publish to its topic'],
  ['AWS::SQS::QueuePolicy', permissions],
  ['AWS::XRay::SamplingRule', monitoring],
  ['AWS::WAFv2::IPSet', filtering],
  ['AWS::WAFv2::RegexPatternSet', filtering],
  ['AWS::WAFv2::LoggingConfiguration', logging],
  ['AWS::Shield::Protection', filtering],
  ['AWS::CertificateManager::Certificate', naming],
  ['AWS::Route53::RecordSet', naming],
  ['AWS::Route53::HostedZone', naming],
  ['AWS::Lambda::LayerVersion', "only the bucket deployment's own function, which isn't hosted, may use one"],
  ['AWS::Lambda::EventInvokeConfig', 'asynchronous calls are made once'],
  ['Custom::S3AutoDeleteObjects', 'nothing here deletes a stack; `--fresh` starts over'],
  ['AWS::CDK::Metadata', 'usage statistics of CDK'],
  ['AWS::CloudFormation::WaitConditionHandle', 'it stands for "nothing" in CDK output'],
  ['AWS::ResourceGroups::Group', 'a view in the AWS console'],
]);
