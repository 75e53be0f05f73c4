import * as z from 'zod';
import type { CloudWatch } from '../../aws/cloudwatch/cloudwatch.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties } from './read-properties.ts';

/** What an alarm watches is left out: nothing here collects metrics. */
const schema = z.looseObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmDescription: z.string().max(1024).optional(),
});

export function cloudWatchAlarm(cloudWatch: Pick<CloudWatch, 'defineAlarm'>): ResourceProvider {
  return {
    type: 'AWS::CloudWatch::Alarm',
    create(logicalId, properties, { stackName }) {
      const { AlarmName, AlarmDescription: description } = readProperties(schema, properties);
      const name = AlarmName ?? physicalName({ stackName, logicalId });
      const { arn: Arn } = cloudWatch.defineAlarm({ name, description });
      return { ref: name, attributes: { Arn } };
    },
  };
}
