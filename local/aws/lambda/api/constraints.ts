import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../../service.ts';

/** Lambda's wording of what its model doesn't allow. */
export const refuseConstraint = (value: string, member: string, constraint: string): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** @throws AwsError for any other value */
export function oneOf<Value extends string>(
  headers: IncomingHttpHeaders,
  header: string,
  member: string,
  values: readonly [Value, ...Value[]],
): Value {
  const given = headers[header];
  if (given === undefined) return values[0];
  const known = values.find((value) => value === given);
  if (known !== undefined) return known;
  throw refuseConstraint(String(given), member, `Member must satisfy enum value set: [${values.join(', ')}]`);
}
