import { registerBody } from '../../../core/contract/accounts.ts';
import { newPasswordByRules } from '../../account/password-rules.ts';

/** @param allowedDomains [] allows every domain */
export function signUpForm(allowedDomains: readonly string[]) {
  const email = registerBody.shape.email.refine(
    (address) => allowedDomains.length === 0 || allowedDomains.includes(address.replace(/^.*@/, '')),
    `Only addresses at ${alternatives(allowedDomains)} can sign up here.`,
  );
  return registerBody.extend({ email, password: newPasswordByRules });
}

/** "a, b or c" */
export function alternatives(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);
}
