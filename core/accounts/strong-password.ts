import { passwordRules } from '../contract/accounts/password-policy.ts';
import { weakPassword } from './refusals.ts';

/**
 * Before the directory is asked: it may refuse a short one as malformed, without a rule, and what was counted is not undone.
 * @param param the field of the request that has the password
 * @throws DaypassError `weak_password`, which says the rule
 */
export function requireStrongPassword(password: string, param = 'password'): void {
  const rule = passwordRules.find(({ isMetBy }) => !isMetBy(password));
  if (rule !== undefined) throw weakPassword(rule.broken, param);
}
