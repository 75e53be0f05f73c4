const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export interface CronFields {
  /** In ascending order. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** @param day midnight UTC */
  matchesDay(day: Date): boolean;
}

interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

/**
 * AWS's six cron fields: minutes, hours, day of month, month, day of week (1 is Sunday), year.
 * `L`, `W` and `#` are refused.
 */
export function cronFields(expression: string, argument: string): CronFields {
  const parts = argument.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = parts;
  if (parts.length !== 6) throw new Error(`schedule ${expression} needs six fields, has ${parts.length}.`);
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw new Error(`schedule ${expression} needs "?" as exactly one of day of month and day of week.`);

  const field = (text: string | undefined, definition: Field) => values(expression, text ?? '', definition);
  const daysOfMonth = field(dayOfMonth, { name: 'day of month', first: 1, last: 31 });
  const monthNumbers = field(month, { name: 'month', first: 1, last: 12, names: months });
  const daysOfWeek = field(dayOfWeek, { name: 'day of week', first: 1, last: 7, names: weekdays });
  const years = field(year, { name: 'year', first: 1970, last: 2199 });
  return {
    minutes: [...field(minute, { name: 'minutes', first: 0, last: 59 })],
    hours: [...field(hour, { name: 'hours', first: 0, last: 23 })],
    matchesDay: (day) =>
      years.has(day.getUTCFullYear()) &&
      monthNumbers.has(day.getUTCMonth() + 1) &&
      daysOfMonth.has(day.getUTCDate()) &&
      daysOfWeek.has(day.getUTCDay() + 1),
  };
}

function values(expression: string, text: string, field: Field): ReadonlySet<number> {
  const chosen = text.split(',').flatMap((item) => itemValues(expression, item, field));
  return new Set(chosen.sort((left, right) => left - right));
}

/** `*`, `?`, `5`, `1-5`, `0/15`, `10-40/5`, `MON-FRI` */
function itemValues(expression: string, item: string, field: Field): number[] {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item);
  const [, any, from = '', to, step] = match ?? [];
  const first = any === undefined ? numberOf(from, field) : field.first;
  const last =
    any !== undefined || (to === undefined && step !== undefined) ? field.last : numberOf(to ?? from, field);
  const stride = Number(step ?? 1);
  const isValid = match !== null && first >= field.first && last <= field.last && first <= last && stride > 0;
  if (!isValid) throw new Error(`schedule ${expression}: ${field.name} "${item}" is not supported.`);
  return Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, index) => first + index * stride,
  );
}

function numberOf(text: string, { first, names = [] }: Field): number {
  const position = names.indexOf(text.toUpperCase());
  return position === -1 ? Number(/^\d+$/.test(text) ? text : Number.NaN) : position + first;
}
