import { newPassword } from '../../core/contract/account-requests.ts';
import { passwordRules } from '../../core/contract/password-policy.ts';

/** Cognito refuses it without saying why. It is rare, so it is mentioned only when it happens. */
const hasOuterSpace = (password: string) => password.trim() !== password;

/** @returns undefined for a valid password */
export function passwordFault(password: string): string | undefined {
  const unmet = passwordRules.filter((rule) => !rule.isMetBy(password)).map(({ need }) => need);
  if (unmet.length > 0) return `It still needs ${new Intl.ListFormat('en-GB').format(unmet)}.`;
  return hasOuterSpace(password) ? 'It must not begin or end with a space.' : undefined;
}

export const newPasswordByRules = newPassword.superRefine((password, context) => {
  const message = passwordFault(password);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
