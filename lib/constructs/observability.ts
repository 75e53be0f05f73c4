import { Duration, Validations } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Endpoint } from './endpoint.ts';

export interface ObservabilityProps {
  readonly api: RestApi;
  readonly table: Table;
  readonly chat: Endpoint;
  readonly reconciler: Endpoint;
  readonly alertsEmail: string | undefined;
}

/** Alarms for what an operator should look at, by mail where the settings name an address. */
export class Observability extends Construct {
  private readonly topic: Topic | undefined;

  constructor(
    scope: Construct,
    id: string,
    { api, table, chat, reconciler, alertsEmail }: ObservabilityProps,
  ) {
    super(scope, id);
    if (alertsEmail !== undefined) {
      this.topic = new Topic(this, 'Alerts', { displayName: 'Daypass alerts', enforceSSL: true });
      const subscription = this.topic.addSubscription(new EmailSubscription(alertsEmail));
      Validations.of(subscription).acknowledge({
        id: 'Serverless-SNSRedrivePolicy',
        reason: 'Nobody would read a queue of undelivered mails; the alarm itself stays in CloudWatch.',
      });
    }
    const period = Duration.minutes(5);
    this.alarm('ServerErrors', api.metricServerError({ period, statistic: 'Sum' }), 5, 'API answers 5xx');
    this.alarm('ChatErrors', chat.handler.metricErrors({ period }), 1, 'The chat function crashes');
    this.alarm('ChatThrottles', chat.handler.metricThrottles({ period }), 1, 'The chat function has no room');
    this.alarm(
      'TableThrottles',
      table.metricThrottledRequestsForOperation('UpdateItem', { period }),
      1,
      'The table throttles',
    );
    this.alarm('ReconcilerErrors', reconciler.handler.metricErrors({ period }), 1, 'The reconciler crashes');
    this.alarm(
      'Parked',
      this.logLines('Parked', reconciler, 'intent parked'),
      1,
      'A repair needs an operator',
    );
    this.alarm('Books', this.logLines('Books', chat, 'books failed'), 5, 'Calls could not be settled');
  }

  /** Counts the lines of a function's log with this message. */
  private logLines(name: string, { logGroup }: Endpoint, message: string): Metric {
    const filter = logGroup.addMetricFilter(`${name}Lines`, {
      metricNamespace: 'Daypass',
      metricName: name,
      filterPattern: FilterPattern.stringValue('$.message', '=', message),
    });
    return filter.metric({ statistic: 'Sum', period: Duration.minutes(5) });
  }

  private alarm(id: string, metric: Metric, threshold: number, what: string): void {
    const alarm = metric.createAlarm(this, id, {
      alarmDescription: `Daypass: ${what}`,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.topic !== undefined) alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
