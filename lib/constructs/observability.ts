import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { missingPassMinutes } from '../../core/contract/admin/reconciler-times.ts';
import { type AlarmProps, addAlarm } from './add-alarm.ts';
import type { Endpoint } from './functions/endpoint.ts';

export interface ObservabilityProps {
  readonly api: RestApi;
  readonly table: Table;
  /** The functions that charge and settle. */
  readonly metered: readonly Endpoint[];
  readonly reconciler: Endpoint;
  readonly alertsEmail: string | undefined;
}

/** Alarms for what an operator should look at, by mail if the settings name an address. */
export class Observability extends Construct {
  readonly topic: Topic | undefined;
  readonly alarmNames: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    { api, table, metered, reconciler, alertsEmail }: ObservabilityProps,
  ) {
    super(scope, id);
    if (alertsEmail !== undefined) {
      const displayName = `${Stack.of(this).stackName} alerts`;
      this.topic = new Topic(this, 'Alerts', { displayName, enforceSSL: true });
      this.topic.addToResourcePolicy(alarmsMayPublish(this.topic));
      const subscription = this.topic.addSubscription(new EmailSubscription(alertsEmail));
      Validations.of(subscription).acknowledge({
        id: 'Serverless-SNSRedrivePolicy',
        reason: 'A queue of undelivered mails would go unread; the alarm itself stays in CloudWatch.',
      });
    }
    const namespace = Stack.of(this).stackName;
    const period = Duration.minutes(5);
    this.alarm('ServerErrors', api.metricServerError({ period, statistic: 'Sum' }), 5, 'API answers 5xx');
    const ofMetered = (read: (endpoint: Endpoint) => IMetric) => sum(metered.map(read), period);
    const errors = ofMetered(({ handler }) => handler.metricErrors({ period }));
    const throttles = ofMetered(({ handler }) => handler.metricThrottles({ period }));
    this.alarm('ChatErrors', errors, 1, 'A chat function crashes');
    this.alarm('ChatThrottles', throttles, 1, 'A chat function has no room');
    this.alarm('TableThrottles', throttledEvents(table, period), 1, 'The table throttles');
    const failedPasses = reconciler.handler.metricErrors({ period: Duration.minutes(missingPassMinutes) });
    this.alarm('ReconcilerErrors', failedPasses, 1, 'The reconciler crashes, or does not run', 'alarm');
    // Of lines: lambda/metrics.ts.
    const ofLines = (metricName: string) => new Metric({ namespace, metricName, statistic: 'Sum', period });
    this.alarm('Parked', ofLines('Parked'), 1, 'A repair needs an operator');
    this.alarm('Metering', ofLines('Metering'), 5, 'Calls could not be settled');
  }

  private alarm(
    id: string,
    metric: IMetric,
    threshold: number,
    what: string,
    silence?: AlarmProps['silence'],
  ): void {
    this.alarmNames.push(addAlarm(this, id, { metric, threshold, what, silence, topic: this.topic }));
  }
}

/**
 * Reads and writes of the table that were throttled, those in transactions and batches too: each counts by itself. The
 * metric of throttled requests would be one for each operation, and alarms are billed by metrics.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
function throttledEvents({ tableName }: Table, period: Duration): IMetric {
  const events = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: tableName },
      statistic: 'Sum',
      period,
    });
  return sum([events('ReadThrottleEvents'), events('WriteThrottleEvents')], period);
}

/**
 * By default a topic lets its own account publish. The policy that requires TLS replaces that default, and CDK's alarm
 * actions don't add to it.
 */
function alarmsMayPublish({ topicArn }: Topic): PolicyStatement {
  return new PolicyStatement({
    sid: 'AlarmsPublish',
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}

function sum(metrics: readonly IMetric[], period: Duration): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric]));
  return new MathExpression({ expression: Object.keys(usingMetrics).join('+'), usingMetrics, period });
}
