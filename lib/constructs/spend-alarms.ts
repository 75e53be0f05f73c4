import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { type AlarmProps, addAlarm } from './add-alarm.ts';
import type { Endpoint } from './functions/endpoint.ts';

export interface SpendAlarmsProps {
  readonly ceiling: Settings['ceiling'];
  /** The functions that read the day's spend. */
  readonly metered: readonly Endpoint[];
  readonly alerts: ITopic | undefined;
}

/**
 * Alarms when most, and when all, of a spend ceiling is used, of the day or the month. The functions log the share whenever they
 * read it, so nothing has to look for it.
 */
export class SpendAlarms extends Construct {
  readonly alarmNames: string[] = [];

  constructor(scope: Construct, id: string, { ceiling, metered, alerts }: SpendAlarmsProps) {
    super(scope, id);
    if (ceiling.spendPerDay === 'off' && ceiling.spendPerMonth === undefined) return;
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
    const common = { metric: percent, topic: alerts };
    this.alarm('SpendNear', { ...common, threshold: 80 }, 'Spend is at 80 % of the ceiling');
    this.alarm('SpendReached', { ...common, threshold: 100 }, 'Spend has reached the ceiling');
  }

  private alarm(id: string, props: Omit<AlarmProps, 'what'>, what: string): void {
    this.alarmNames.push(addAlarm(this, id, { ...props, what }));
  }
}
