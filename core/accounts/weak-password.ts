import { passwordNeeds, passwordRules } from '../contract/password-policy.ts';
import { DaypassError } from '../errors.ts';

/** @throws DaypassError `weak_password`, which says the rule */
export function requireStrongPassword(password: string): void {
  const rule = passwordRules.find(({ isMetBy }) => !isMetBy(password));
  if (rule !== undefined) throw weakPassword(rule.broken);
}

export function weakPassword(rule: string): DaypassError {
  return new DaypassError('weak_password', `This password is too weak: ${rule}. It needs ${passwordNeeds}.`, {
    param: 'password',
  });
}
