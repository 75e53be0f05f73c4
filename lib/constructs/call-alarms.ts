import { Duration, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  AnomalyDetectionAlarm,
  ComparisonOperator,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { addAlarm } from './add-alarm.ts';

export interface CallAlarmsProps {
  readonly alerts: Settings['alerts'];
  readonly topic: ITopic | undefined;
}

const period = Duration.minutes(5);
/** A class of students that signs up at once stays below. */
const signUpSpike = 50;
const modelFailures = 5;
/** How many standard deviations from what is usual at this hour of the week. */
const bandWidth = 4;

/** Alarms over metrics of log lines, for what fails or runs away without a fault of ours. */
export class CallAlarms extends Construct {
  readonly alarmNames: string[];

  constructor(scope: Construct, id: string, { alerts, topic }: CallAlarmsProps) {
    super(scope, id);
    const metric = (metricName: string) =>
      new Metric({ namespace: Stack.of(this).stackName, metricName, statistic: 'Sum', period });
    const alarm = (name: string, metricName: string, threshold: number, what: string) =>
      addAlarm(this, name, { metric: metric(metricName), threshold, what, topic });
    this.alarmNames = [
      alarm('ModelFailures', 'ModelFailures', modelFailures, 'Models fail or are overloaded'),
      alarm('SignUpSpike', 'SignUps', signUpSpike, 'Unusually many people sign up'),
    ];
    if (topic !== undefined) this.alarmNames.push(this.addSpendAnomaly(metric('CostDollars'), topic));
    if (alerts?.budgetPerMonth !== undefined) this.addBudget(alerts.budgetPerMonth, alerts.email);
  }

  /** Billed as three metrics, so only where somebody is told. */
  private addSpendAnomaly(metric: Metric, topic: ITopic): string {
    const { stackName } = Stack.of(this);
    const alarmName = `${stackName}-SpendAnomaly`;
    new AnomalyDetectionAlarm(this, 'SpendAnomaly', {
      alarmName,
      alarmDescription: `${stackName}: Spend is far above what is usual at this hour`,
      metric: metric.with({ period: Duration.hours(1) }),
      stdDevs: bandWidth,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
    return alarmName;
  }

  /** Of the whole account, models and all: AWS's own count of what is billed, hours late. */
  private addBudget(amount: number, address: string): void {
    const mail = (threshold: number, notificationType: 'ACTUAL' | 'FORECASTED') => ({
      notification: {
        comparisonOperator: 'GREATER_THAN',
        notificationType,
        threshold,
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${Stack.of(this).stackName}-${Stack.of(this).region}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
      },
      notificationsWithSubscribers: [mail(80, 'ACTUAL'), mail(100, 'ACTUAL'), mail(100, 'FORECASTED')],
    });
  }
}
