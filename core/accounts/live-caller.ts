import { commonMessages, DaypassError } from '../errors.ts';
import type { SessionEnds } from './ports.ts';
import { sessionIdOf } from './session-records.ts';
import { accountDeleted, accountSuspended, awaitingApproval, type Caller } from './users.ts';

/**
 * The caller, unless the account was deleted or suspended, or the token's session, or every session, was ended. API Gateway
 * checks only the token's signature and expiry, and doesn't ask Cognito.
 * @param allowDeleted lets an interrupted deletion be continued with the same token
 * @param allowSuspended for what tells users that they are suspended or wait for an admin, or only ends sessions
 * @throws DaypassError `unauthorized`, `user_suspended`, `awaiting_approval`
 */
export async function liveCaller(
  ends: Pick<SessionEnds, 'lastOf'>,
  claims: Record<string, unknown> | undefined,
  { allowDeleted = false, allowSuspended = false }: AllowedStandings = {},
): Promise<Caller> {
  const caller = callerFromClaims(claims);
  const { at: endedAt, ended = [], isDeleted, isSuspended, isWaiting } = await ends.lastOf(caller.userId);
  if (isDeleted && !allowDeleted) throw accountDeleted();
  // The token has the login's time in whole seconds; a login in the same second counts as later. A token without that time
  // is refused.
  const isOfBefore = endedAt !== undefined && !(Number(claims?.auth_time) >= Math.floor(endedAt / 1000));
  if (isOfBefore) {
    throw new DaypassError('unauthorized', 'All sessions of this account were ended. Log in again.');
  }
  const id = sessionIdOf(claims);
  if (id !== undefined && ended.includes(id))
    throw new DaypassError('unauthorized', 'This session was ended. Log in again.');
  if (isSuspended && !allowSuspended) throw accountSuspended();
  if (isWaiting && !allowSuspended) throw awaitingApproval();
  return caller;
}

export interface AllowedStandings {
  allowDeleted?: boolean | undefined;
  allowSuspended?: boolean | undefined;
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
    // A provider may write it in upper case, and Cognito takes that over.
    email: email.toLowerCase(),
    emailVerified: String(claims?.email_verified) === 'true',
    groups: typeof groups === 'string' ? groups.split(/[\s,[\]]+/).filter(Boolean) : [],
  };
}
