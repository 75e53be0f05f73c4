import { invalidPassword } from '../errors.ts';
import type { Pool } from '../pools/pools.ts';

/** What Cognito counts as a symbol. */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/;

const defaultPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};

/** @throws InvalidPasswordException naming the first rule of the pool's policy that is broken */
export function assertPasswordConforms(pool: Pool, password: string): void {
  const broken = brokenRule(pool.properties.Policies?.PasswordPolicy ?? defaultPolicy, password);
  if (broken) throw invalidPassword(`Password did not conform with policy: ${broken}`);
}

type Policy = NonNullable<NonNullable<Pool['properties']['Policies']>['PasswordPolicy']>;

function brokenRule(policy: Policy, password: string): string | undefined {
  if (password.length < (policy.MinimumLength ?? 8)) return 'Password not long enough';
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.RequireLowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.RequireNumbers && !/[0-9]/.test(password)) return 'Password must have numeric characters';
  if (policy.RequireSymbols && !symbol.test(password)) return 'Password must have symbol characters';
  return undefined;
}

/** A password that every policy accepts, made when AdminCreateUser is given none. */
export function temporaryPassword(pool: Pool, randomness: { bytes(size: number): Buffer }): string {
  const length = Math.max(12, pool.properties.Policies?.PasswordPolicy?.MinimumLength ?? 0);
  return `Aa1!${randomness.bytes(length).toString('base64url').slice(0, length)}`;
}

const millisecondsPerDay = 86_400_000;

/** @returns milliseconds since the epoch */
export function temporaryPasswordExpiry(pool: Pool, now: number): number {
  // Zero means the default of seven days too.
  const days = pool.properties.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays || 7;
  return now + days * millisecondsPerDay;
}
