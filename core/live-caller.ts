import { callerFromClaims } from './accounts.ts';
import { DaypassError } from './errors.ts';
import type { SessionEnds } from './ports.ts';
import type { Caller } from './users.ts';

/**
 * Who calls, unless all their sessions were ended after this token's login. API Gateway can't tell: it checks
 * signature and expiry, and asks Cognito nothing.
 * @throws DaypassError `unauthorized`
 */
export async function liveCaller(
  ends: Pick<SessionEnds, 'lastOf'>,
  claims: Record<string, unknown> | undefined,
): Promise<Caller> {
  const caller = callerFromClaims(claims);
  const endedAt = await ends.lastOf(caller.userId);
  // Cognito tells the time of the login in whole seconds; a login in the very second of the end counts as later.
  if (endedAt === undefined || Number(claims?.auth_time) >= Math.floor(endedAt / 1000)) return caller;
  throw new DaypassError('unauthorized', 'All sessions of this account were ended. Log in again.');
}
