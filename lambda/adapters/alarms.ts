import type { Alarm } from '../../core/admin/health.ts';
import { createAwsJson } from './aws/aws-json.ts';

/** As CloudWatch writes it: times in seconds. */
interface MetricAlarm {
  AlarmName: string;
  AlarmDescription?: string;
  StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  StateTransitionedTimestamp?: number;
  StateUpdatedTimestamp?: number;
}

/**
 * The stack's own alarms, by name: the function may see no others.
 * @param onUnreadable called with what failed
 */
export function createAlarms(names: readonly string[], onUnreadable: (error: unknown) => void) {
  const call = createAwsJson('monitoring', 'GraniteServiceVersion20100801', '1.0');
  return {
    /** @returns undefined if CloudWatch doesn't say */
    async read(): Promise<Alarm[] | undefined> {
      try {
        const { MetricAlarms = [] } = await call('DescribeAlarms', { AlarmNames: names, MaxRecords: 100 });
        return (MetricAlarms as MetricAlarm[]).map(describe);
      } catch (error) {
        onUnreadable(error);
        return undefined;
      }
    },
  };
}

const states = { OK: 'ok', ALARM: 'alarm', INSUFFICIENT_DATA: 'insufficient_data' } as const;

function describe({ AlarmName: name, AlarmDescription = '', StateValue, ...at }: MetricAlarm): Alarm {
  const seconds = at.StateTransitionedTimestamp ?? at.StateUpdatedTimestamp;
  return {
    name,
    // Descriptions begin with the stack's name, for mails.
    what: AlarmDescription.slice(AlarmDescription.indexOf(': ') + 1).trim(),
    state: states[StateValue],
    since: seconds === undefined ? undefined : seconds * 1000,
  };
}
