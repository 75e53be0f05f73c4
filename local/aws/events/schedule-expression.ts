import { cronFields } from './cron-fields.ts';

/** The next time after `time`, both in milliseconds since the epoch; undefined when there is none. */
export type NextTime = (time: number) => number | undefined;

const unitMilliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `rate(5 minutes)` or `cron(0/15 3 ? * MON-FRI *)`, in UTC, as EventBridge reads them. */
export function parseScheduleExpression(expression: string): NextTime {
  const [, kind, argument = ''] = /^(rate|cron)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rate(expression, argument);
  if (kind === 'cron') return cron(expression, argument);
  throw new Error(`schedule ${expression} is not supported: use rate(…) or cron(…).`);
}

function rate(expression: string, argument: string): NextTime {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(argument.trim()) ?? [];
  const isSingular = !argument.trim().endsWith('s');
  const length = Number(count) * (unitMilliseconds[unit] ?? 0);
  // EventBridge refuses "1 minutes" and "5 minute".
  if (length <= 0 || isSingular !== (count === '1'))
    throw new Error(`schedule ${expression} is not a valid rate.`);
  return (time) => time + length;
}

const daysSearched = 366 * 5;

function cron(expression: string, argument: string): NextTime {
  const { minutes, hours, matchesDay } = cronFields(expression, argument);
  return (time) => {
    const start = new Date(time);
    for (let offset = 0; offset < daysSearched; offset++) {
      const day = Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate() + offset);
      if (!matchesDay(new Date(day))) continue;
      for (const hour of hours)
        for (const minute of minutes) {
          const candidate = day + hour * 3_600_000 + minute * 60_000;
          if (candidate > time) return candidate;
        }
    }
    return undefined;
  };
}
