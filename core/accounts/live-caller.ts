import { commonMessages, DaypassError } from '../errors.ts';
import type { SessionEnds } from './ports.ts';
import { accountDeleted, type Caller } from './users.ts';

/**
 * The caller, unless the account was deleted or all its sessions were ended after the token's login. API Gateway checks only
 * the token's signature and expiry, and doesn't ask Cognito.
 * @param allowDeleted lets an interrupted deletion be continued with the same token
 * @throws DaypassError `unauthorized`
 */
export async function liveCaller(
  ends: Pick<SessionEnds, 'lastOf'>,
  claims: Record<string, unknown> | undefined,
  { allowDeleted = false } = {},
): Promise<Caller> {
  const caller = callerFromClaims(claims);
  const { at: endedAt, isDeleted } = await ends.lastOf(caller.userId);
  if (isDeleted && !allowDeleted) throw accountDeleted();
  // The token has the login's time in whole seconds; a login in the same second counts as later.
  if (endedAt === undefined || Number(claims?.auth_time) >= Math.floor(endedAt / 1000)) return caller;
  throw new DaypassError('unauthorized', 'All sessions of this account were ended. Log in again.');
}

/** Reads the claims of a verified ID token as API Gateway hands them on: every value as text. */
export function callerFromClaims(claims: Record<string, unknown> | undefined): Caller {
  const userId = claims?.sub;
  const email = claims?.email;
  if (typeof userId !== 'string' || typeof email !== 'string') {
    throw new DaypassError('unauthorized', commonMessages.unauthorized);
  }
  const groups = claims?.['cognito:groups'];
  return {
    userId,
    email,
    emailVerified: String(claims?.email_verified) === 'true',
    groups: typeof groups === 'string' ? groups.split(/[\s,[\]]+/).filter(Boolean) : [],
  };
}
