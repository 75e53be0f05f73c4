import { newPassword } from '../../core/contract/account-requests.ts';
import { passwordRules } from '../../core/contract/password-policy.ts';

/** @returns undefined for a valid password */
export function passwordFault(password: string): string | undefined {
  const unmet = passwordRules.filter((rule) => !rule.isMetBy(password)).map(({ need }) => need);
  return unmet.length > 0 ? `It still needs ${new Intl.ListFormat('en-GB').format(unmet)}.` : undefined;
}

export const newPasswordByRules = newPassword.superRefine((password, context) => {
  const message = passwordFault(password);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
