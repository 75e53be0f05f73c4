/** What of a synthesized template has a price. */

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties have no types here.
  Properties?: Record<string, any>;
}

export interface Template {
  Resources: Record<string, Resource>;
}

export interface Deployment {
  chatMemoryMiB: number;
  /** Undefined without a web ACL. */
  webAclRules: number | undefined;
  kmsKeys: number;
  secrets: number;
  /** Each metric that an alarm reads is billed. */
  alarmMetrics: number;
  isTraced: boolean;
  /** Five metrics for each method in use, which are billed as custom ones. */
  hasDetailedMetrics: boolean;
  writesAccessLog: boolean;
  /** Lambda's own three lines for each call are left out. */
  leavesOutSystemLogs: boolean;
}

export function readDeployment({ Resources }: Template): Deployment {
  const all = Object.entries(Resources);
  const of = (type: string) => all.filter(([, resource]) => resource.Type === type);
  const properties = (type: string) => of(type).map(([, resource]) => resource.Properties ?? {});
  const chat = of('AWS::Lambda::Function').find(([id]) => id.startsWith('Chatchatcompletions'))?.[1]
    .Properties;
  const [stage] = properties('AWS::ApiGateway::Stage');
  if (chat === undefined || stage === undefined) {
    throw new Error('The template has no chat function or no stage: run `npx cdk synth`');
  }
  const [acl] = properties('AWS::WAFv2::WebACL');
  return {
    chatMemoryMiB: chat.MemorySize,
    webAclRules: acl?.Rules.length,
    kmsKeys: of('AWS::KMS::Key').length,
    secrets: of('AWS::SecretsManager::Secret').length,
    alarmMetrics: properties('AWS::CloudWatch::Alarm').reduce(
      (sum, { Metrics }) =>
        sum + (Metrics?.filter((metric: { MetricStat?: object }) => metric.MetricStat).length ?? 1),
      0,
    ),
    isTraced: stage.TracingEnabled === true,
    hasDetailedMetrics: stage.MethodSettings?.some(
      ({ MetricsEnabled }: { MetricsEnabled?: boolean }) => MetricsEnabled,
    ),
    writesAccessLog: stage.AccessLogSetting !== undefined,
    leavesOutSystemLogs: chat.LoggingConfig?.SystemLogLevel === 'WARN',
  };
}
