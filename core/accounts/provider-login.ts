import type { LogInPolicy, LogInProvider, SignUpPolicy } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import { requireAllowedDomain } from './allowed-domains.ts';

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** The provider that alone vouches for an address, if its domain has one. */
function providerOf({ providers }: LogInPolicy, email: string): LogInProvider | undefined {
  return providers.find(({ domains }) => domains.includes(domainOf(email)));
}

/**
 * Refuses whatever has to do with a password, for addresses that log in with a provider. It is the same for every address of a
 * domain, so it says nothing of who has an account.
 * @param origin the console's, if known
 * @throws DaypassError `provider_login_required`, which names where to go
 */
export function requirePasswordLogin(policy: LogInPolicy, email: string, origin = ''): void {
  const own = providerOf(policy, email);
  if (own === undefined && policy.passwords === 'on') return;
  throw providerLoginRequired(own === undefined ? policy.providers : [own], origin);
}

function providerLoginRequired(providers: readonly LogInProvider[], origin: string): DaypassError {
  const ways = providers
    .map(({ name, label }) => `with ${label} at ${origin}/v1/login/${name}`)
    .join(', or ');
  return new DaypassError('provider_login_required', `This address logs in in a browser, ${ways}.`, {
    param: 'email',
  });
}

/** What a provider says of whoever logged in there. */
export interface ProviderClaims {
  provider: string;
  /** In lower case. */
  email: string;
  /** Whether the provider says that the address was verified. */
  emailVerified: boolean;
}

/**
 * Decides whether to believe a provider's claim of an address. A provider is believed for its own domains, and elsewhere only if it
 * says that it has verified the address; nobody else is believed for a provider's domains.
 * @returns whether Cognito has to be told that the address is verified, since the provider doesn't say so itself
 * @throws DaypassError `domain_not_allowed`, `provider_login_required`, `email_not_confirmed`
 */
export function requireBelievable(
  logIn: LogInPolicy,
  signUp: SignUpPolicy,
  { provider, email, emailVerified }: ProviderClaims,
): { vouchedFor: boolean } {
  requireAllowedDomain(signUp, email);
  const own = providerOf(logIn, email);
  if (own !== undefined) {
    if (own.name !== provider) throw providerLoginRequired([own], '');
    return { vouchedFor: !emailVerified };
  }
  if (!emailVerified) {
    throw new DaypassError('email_not_confirmed', 'The provider does not say that this address is verified.');
  }
  return { vouchedFor: false };
}
