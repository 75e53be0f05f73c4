import type { SignUpPolicy } from '../catalog.ts';
import { domainNotAllowed } from './refusals.ts';

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
