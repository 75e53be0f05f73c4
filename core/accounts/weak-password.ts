import { brokenPasswordRule, passwordPolicy } from '../contract/password-policy.ts';
import { DaypassError } from '../errors.ts';

/** @throws DaypassError `weak_password`, which says the rule */
export function requireStrongPassword(password: string): void {
  const rule = brokenPasswordRule(password);
  if (rule !== undefined) throw weakPassword(rule);
}

export function weakPassword(rule: string): DaypassError {
  return new DaypassError(
    'weak_password',
    `This password is too weak: ${rule}. It needs ${passwordPolicy.minLength} characters or more, with upper-case and lower-case letters and a digit.`,
    { param: 'password' },
  );
}
