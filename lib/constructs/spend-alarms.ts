import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { type AlarmProps, addAlarm } from './add-alarm.ts';

export interface SpendAlarmsProps {
  readonly ceiling: Settings['ceiling'];
  readonly alerts: ITopic | undefined;
}

/**
 * Alarms when most, and when all, of a spend ceiling is used, of the day or the month. The functions log the share whenever they
 * read it, so nothing has to look for it.
 */
export class SpendAlarms extends Construct {
  readonly alarmNames: string[] = [];

  constructor(scope: Construct, id: string, { ceiling, alerts }: SpendAlarmsProps) {
    super(scope, id);
    if (ceiling.spendPerDay === 'off' && ceiling.spendPerMonth === undefined) return;
    const namespace = Stack.of(this).stackName;
    const percent = new Metric({
      namespace,
      metricName: 'SpendPercent',
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
    const common = { metric: percent, topic: alerts };
    this.alarm('SpendNear', { ...common, threshold: 80 }, 'Spend is at 80% of the ceiling');
    this.alarm('SpendReached', { ...common, threshold: 100 }, 'Spend has reached the ceiling');
  }

  private alarm(id: string, props: Omit<AlarmProps, 'what'>, what: string): void {
    this.alarmNames.push(addAlarm(this, id, { ...props, what }));
  }
}
