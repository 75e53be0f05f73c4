import { failedConstraint } from '../../errors.ts';

/** For the names and ids of tools, which all have 1 to 64 characters. */
export function refusePattern(value: string, path: string, pattern: string): void {
  if (value.length < 1) {
    throw failedConstraint(path, value, 'Member must have length greater than or equal to 1');
  }
  if (value.length > 64) {
    throw failedConstraint(path, value, 'Member must have length less than or equal to 64');
  }
  if (!new RegExp(`^${pattern}$`).test(value)) {
    throw failedConstraint(path, value, `Member must satisfy regular expression pattern: ${pattern}`);
  }
}
