import { passwordNeeds } from '../contract/accounts/password-policy.ts';
import { DaypassError } from '../errors.ts';

/** Refusals that we and Cognito both have a reason for, in the same words. */

export function domainNotAllowed(): DaypassError {
  return new DaypassError('domain_not_allowed', 'Addresses of this domain may not sign up here.', {
    param: 'email',
  });
}

export function weakPassword(rule: string, param = 'password'): DaypassError {
  return new DaypassError('weak_password', `This password is too weak: ${rule}. It needs ${passwordNeeds}.`, {
    param,
  });
}

export function invalidCode(): DaypassError {
  return new DaypassError('invalid_code', 'This code is wrong or has expired. Ask for a new one.', {
    param: 'code',
  });
}
