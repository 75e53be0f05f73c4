import type { SignUpPolicy } from '../catalog.ts';
import { DaypassError } from '../errors.ts';

export function isOfAllowedDomain(
  { allowedDomains }: Pick<SignUpPolicy, 'allowedDomains'>,
  email: string,
): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return allowedDomains.length === 0 || allowedDomains.includes(domain);
}

/** @throws DaypassError `domain_not_allowed` */
export function requireAllowedDomain(policy: SignUpPolicy, email: string): void {
  if (!isOfAllowedDomain(policy, email)) throw domainNotAllowed();
}

export function domainNotAllowed(): DaypassError {
  return new DaypassError('domain_not_allowed', 'Addresses of this domain may not sign up here.', {
    param: 'email',
  });
}
