import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmProps {
  readonly metric: IMetric;
  /** Reached within one period of the metric. */
  readonly threshold: number;
  readonly what: string;
  readonly topic: ITopic | undefined;
}

export function addAlarm(scope: Construct, id: string, { metric, threshold, what, topic }: AlarmProps): void {
  const alarm = new Alarm(scope, id, {
    metric,
    alarmDescription: `${Stack.of(scope).stackName}: ${what}`,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  if (topic !== undefined) alarm.addAlarmAction(new SnsAction(topic));
}
