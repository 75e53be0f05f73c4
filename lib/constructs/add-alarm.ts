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
  /** What it means that nothing was measured in a period. @default 'well' */
  readonly silence?: 'well' | 'alarm' | undefined;
  readonly topic: ITopic | undefined;
}

/** @returns its name, which is known at synthesis, so that functions that an alarm watches can be given it */
export function addAlarm(
  scope: Construct,
  id: string,
  { metric, threshold, what, silence = 'well', topic }: AlarmProps,
): string {
  const alarmName = `${Stack.of(scope).stackName}-${id}`;
  const alarm = new Alarm(scope, id, {
    alarmName,
    metric,
    alarmDescription: `${Stack.of(scope).stackName}: ${what}`,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: silence === 'well' ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
  });
  if (topic !== undefined) alarm.addAlarmAction(new SnsAction(topic));
  return alarmName;
}
