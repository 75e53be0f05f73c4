import { newPassword } from '../../core/contract/accounts.ts';

interface PasswordRule {
  words: string;
  isMetBy(password: string): boolean;
}

/** As the user pool has them; what Cognito counts as a letter is one of A to Z. */
export const passwordRules: readonly PasswordRule[] = [
  { words: '12 characters or more', isMetBy: (password) => password.length >= 12 },
  { words: 'an upper-case letter (A–Z)', isMetBy: (password) => /[A-Z]/.test(password) },
  { words: 'a lower-case letter (a–z)', isMetBy: (password) => /[a-z]/.test(password) },
  { words: 'a digit', isMetBy: (password) => /\d/.test(password) },
];

/** Refused by the directory without saying why, and rare, so it is told only when it happens. */
const hasOuterSpace = (password: string) => password.trim() !== password;

/** @returns undefined for a password that will be taken */
export function passwordFault(password: string): string | undefined {
  const unmet = passwordRules.filter((rule) => !rule.isMetBy(password)).map(({ words }) => words);
  if (unmet.length > 0) return `It still needs ${new Intl.ListFormat('en-GB').format(unmet)}.`;
  return hasOuterSpace(password) ? 'It must not begin or end with a space.' : undefined;
}

export const newPasswordByRules = newPassword.superRefine((password, context) => {
  const message = passwordFault(password);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
