import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import type { Directory, Session, SessionEnds } from './ports.ts';

/** @returns the session with a fresh token, or undefined when it has ended or never was */
export function renewSession(
  directory: Pick<Directory, 'refresh'>,
  refreshToken: string | undefined,
): Promise<Session | undefined> {
  return ifStillThere(refreshToken, directory.refresh);
}

/** Ends the session, if it has not ended. */
export async function endSession(
  directory: Pick<Directory, 'endSession'>,
  refreshToken: string,
): Promise<void> {
  await ifStillThere(refreshToken, directory.endSession);
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
