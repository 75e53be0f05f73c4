/** The next time after `time`, both in milliseconds since the epoch. */
export type NextTime = (time: number) => number;

const unitMilliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `rate(5 minutes)`, as EventBridge reads it; cron expressions are refused. */
export function parseScheduleExpression(expression: string): NextTime {
  const [, count = '', unit = '', plural] =
    /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression.trim()) ?? [];
  const length = Number(count) * (unitMilliseconds[unit] ?? 0);
  // EventBridge refuses "1 minutes" and "5 minute".
  if (length <= 0 || (plural === '') !== (count === '1'))
    throw new Error(`schedule ${expression} is not supported: use rate(…), such as rate(5 minutes).`);
  return (time) => time + length;
}
