import type { SignUpPolicy } from './catalog.ts';
import { DaypassError } from './errors.ts';

/** @throws DaypassError `domain_not_allowed` */
export function requireAllowedDomain({ allowedDomains }: SignUpPolicy, email: string): void {
  if (allowedDomains.length === 0) return;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (!allowedDomains.includes(domain)) throw domainNotAllowed();
}

export function domainNotAllowed(): DaypassError {
  return new DaypassError('domain_not_allowed', 'Addresses of this domain may not sign up here.', {
    param: 'email',
  });
}
