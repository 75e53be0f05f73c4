import type { LogInPolicy, SignUpPolicy } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import type { Session } from './ports.ts';
import { type ProviderClaims, requireBelievable } from './provider-login.ts';

/** Tokens as Cognito issues them for a code, without the access token. */
export interface ProviderTokens extends Session {
  /** The claims of `token`. */
  claims: Readonly<Record<string, unknown>>;
}

export interface ProviderSessionPorts {
  clientId: string;
  userPoolId: string;
  redeem(code: { code: string; verifier: string; redirectUri: string }): Promise<ProviderTokens>;
  /** The providers that the user can log in with; empty for a user of a password alone. */
  providersOf(userId: string): Promise<readonly string[]>;
  /** Marks the user's address as verified. */
  vouchFor(userId: string): Promise<void>;
  refresh(refreshToken: string): Promise<Session>;
  endSession(refreshToken: string): Promise<void>;
}

export interface BegunLogin {
  provider: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}

/**
 * Makes a session of a code. Addresses may change at the provider, so they are judged at each login, and a session that may not be is
 * ended.
 * @throws DaypassError `provider_login_failed`, and as `requireBelievable`
 */
export async function sessionOfCode(
  ports: ProviderSessionPorts,
  policies: { logIn: LogInPolicy; signUp: SignUpPolicy },
  { provider, nonce, verifier, redirectUri }: BegunLogin,
  code: string,
): Promise<Session> {
  const { claims, ...session } = await ports.redeem({ code, verifier, redirectUri });
  try {
    requireOwnToken(ports, claims, nonce);
    const { vouchedFor } = requireBelievable(policies.logIn, policies.signUp, claimsOf(claims, provider));
    return vouchedFor ? await verified(ports, session, String(claims.sub), provider) : session;
  } catch (error) {
    await ports.endSession(session.refreshToken).catch(() => {});
    throw error;
  }
}

/** The token came from Cognito itself, over TLS; this holds it to the login that this browser has begun. */
function requireOwnToken(
  { clientId, userPoolId }: Pick<ProviderSessionPorts, 'clientId' | 'userPoolId'>,
  claims: ProviderTokens['claims'],
  nonce: string,
): void {
  const isOurs =
    claims.aud === clientId &&
    claims.token_use === 'id' &&
    String(claims.iss).endsWith(`/${userPoolId}`) &&
    claims.nonce === nonce &&
    typeof claims.sub === 'string';
  if (!isOurs) throw loginFailed();
}

function claimsOf({ email, email_verified }: ProviderTokens['claims'], provider: string): ProviderClaims {
  if (typeof email !== 'string') throw loginFailed();
  return { provider, email: email.toLowerCase(), emailVerified: String(email_verified) === 'true' };
}

/**
 * Cognito marks an address as unverified at each login whose provider doesn't say otherwise. `provider` is what this browser asked
 * for, which its user may have changed on the way, so the user's identities must all be of it.
 */
async function verified(
  ports: ProviderSessionPorts,
  session: Session,
  userId: string,
  provider: string,
): Promise<Session> {
  const providers = await ports.providersOf(userId);
  if (providers.length === 0 || providers.some((name) => name !== provider)) throw loginFailed();
  await ports.vouchFor(userId);
  return ports.refresh(session.refreshToken);
}

export function loginFailed(cause?: unknown): DaypassError {
  return new DaypassError(
    'provider_login_failed',
    'The login with the provider did not come to its end. Begin again.',
    { cause },
  );
}
