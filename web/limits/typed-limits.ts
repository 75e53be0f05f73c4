import type { LimitRow } from '../../core/metering/windows.ts';
import { t } from '../language/t.ts';
import { typedNumber } from '../language/typed-number.ts';

export const limitLabel = ({ unit, kind }: LimitRow) =>
  t(
    '{unit, select, requests {Requests} tokens {Tokens} other {US dollars}} {window, select, minute {a minute} hour {an hour} day {a day} week {a week} other {a month}}',
    { unit, window: kind },
  );

/** What is left empty is undefined. */
export function numbersOf<Name extends string>(
  fields: Record<Name, string>,
): Record<Name, number | undefined> {
  const numbers = Object.entries<string>(fields).map(([name, text]) => [name, numberOf(text.trim())]);
  return Object.fromEntries(numbers) as Record<Name, number | undefined>;
}

function numberOf(text: string): number | undefined {
  return text === '' ? undefined : typedNumber(text);
}

/** Undefined if all fields are. */
export function present<Fields extends object>(fields: Fields): Fields | undefined {
  return Object.values(fields).every((value) => value === undefined) ? undefined : fields;
}
