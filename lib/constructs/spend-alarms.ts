import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { Endpoint } from './functions/endpoint.ts';

export interface SpendAlarmsProps {
  readonly ceiling: Settings['ceiling'];
  /** The functions that read the day's spend. */
  readonly metered: readonly Endpoint[];
  readonly alerts: ITopic | undefined;
}

/**
 * Alarms when most, and when all, of the day's spend ceiling is used. The functions log the share whenever they
 * read it, so nothing has to look for it.
 */
export class SpendAlarms extends Construct {
  private readonly alerts: ITopic | undefined;

  constructor(scope: Construct, id: string, { ceiling, metered, alerts }: SpendAlarmsProps) {
    super(scope, id);
    this.alerts = alerts;
    if (ceiling.spendPerDay === 'off') return;
    const name = { namespace: Stack.of(this).stackName, metricName: 'SpendPercent' };
    for (const { logGroup } of metered) {
      logGroup.addMetricFilter('SpendPercent', {
        metricNamespace: name.namespace,
        metricName: name.metricName,
        filterPattern: FilterPattern.stringValue('$.message', '=', 'spend read'),
        metricValue: '$.spentPercent',
      });
    }
    const percent = new Metric({ ...name, statistic: 'Maximum', period: Duration.minutes(5) });
    this.alarm('Near', percent, 80, 'Spend is at 80 % of the ceiling');
    this.alarm('Reached', percent, 100, 'Spend has reached the ceiling');
  }

  private alarm(id: string, metric: Metric, threshold: number, what: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: `${Stack.of(this).stackName}: ${what}`,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.alerts !== undefined) alarm.addAlarmAction(new SnsAction(this.alerts));
  }
}
