import { newPassword } from '../../core/contract/accounts/account-requests.ts';
import {
  type PasswordRule,
  passwordPolicy,
  passwordRules,
} from '../../core/contract/accounts/password-policy.ts';
import { listWords } from '../language/list-words.ts';
import { t } from '../language/t.ts';

/** The rule's own words, which are English. */
export function needWords({ broken }: PasswordRule): string {
  if (broken.includes('uppercase')) return t('an upper-case letter (A–Z)');
  if (broken.includes('lowercase')) return t('a lower-case letter (a–z)');
  if (broken.includes('numeric')) return t('a digit');
  return t('{count} characters or more', { count: passwordPolicy.minLength });
}

/** @returns undefined for a valid password */
export function passwordFault(password: string): string | undefined {
  const unmet = passwordRules.filter((rule) => !rule.isMetBy(password)).map(needWords);
  return unmet.length > 0 ? t('It still needs {needs}.', { needs: listWords(unmet) }) : undefined;
}

export const newPasswordByRules = newPassword.superRefine((password, context) => {
  const message = passwordFault(password);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
