import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { Directory, Session, SessionEnds } from './ports.ts';
import { loginOf, type SessionRecords } from './session-records.ts';

/** @returns the session with a fresh token, or undefined when it has ended or never was */
export function renewSession(
  directory: Pick<Directory, 'refresh'>,
  refreshToken: string | undefined,
): Promise<Session | undefined> {
  return ifStillThere(refreshToken, directory.refresh);
}

export interface EndPorts {
  directory: Pick<Directory, 'endSession' | 'refresh'>;
  records: Pick<SessionRecords, 'close'>;
  clock: Clock;
}

/** Ends the session, if it has not ended, and takes it off the list of the user's sessions. */
export async function endSession(
  { directory, records, clock }: EndPorts,
  refreshToken: string,
): Promise<void> {
  // Only a fresh token says whose session it is.
  const session = await renewSession(directory, refreshToken);
  await ifStillThere(refreshToken, directory.endSession);
  const login = session && loginOf(session);
  if (login !== undefined) await records.close(login.userId, login.id, clock.now());
}

export interface EndAllPorts {
  directory: Pick<Directory, 'endAllSessions'>;
  ends: Pick<SessionEnds, 'mark'>;
  clock: Clock;
}

/**
 * Ends every session of the user, and the login tokens given out in them. The tokens go last: with one of them
 * the user can ask again when this fails.
 */
export async function endAllSessions({ directory, ends, clock }: EndAllPorts, userId: string): Promise<void> {
  await directory.endAllSessions(userId);
  await ends.mark(userId, clock.now());
}

/** @returns undefined when the session has ended or never was */
export async function ifStillThere<T>(
  refreshToken: string | undefined,
  work: (refreshToken: string) => Promise<T>,
): Promise<T | undefined> {
  if (refreshToken === undefined) return undefined;
  try {
    return await work(refreshToken);
  } catch (error) {
    if (error instanceof DaypassError && error.code === 'invalid_refresh_token') return undefined;
    throw error;
  }
}
