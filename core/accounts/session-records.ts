import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { browserName } from './browser-name.ts';
import type { Session, SessionEnds } from './ports.ts';

/** A session of the console, for its user to see. Without an address: where a user is is nobody's business. */
export interface SessionRecord {
  id: string;
  createdAt: number;
  /** To the day: a write for every use would cost more than it tells. */
  lastUsedAt: number;
  /** `Firefox on Linux`; undefined for what isn't known. */
  browser?: string | undefined;
  /** When the user logged out of it, there or from another session; undefined: not yet. */
  endedAt?: number | undefined;
}

export interface SessionRecords {
  find(userId: string, id: string): Promise<SessionRecord | undefined>;
  /** Creates the record, or says anew when the session was used. The record ends with the session, or with the account. */
  keep(userId: string, record: Omit<SessionRecord, 'endedAt'>): Promise<void>;
  list(userId: string): Promise<SessionRecord[]>;
  /** Makes the session's login tokens useless, and then its refresh token, the next time that it is used. */
  end(userId: string, id: string, now: number): Promise<void>;
  /** Notes that the user has logged out: the refresh token no longer works. */
  close(userId: string, id: string, now: number): Promise<void>;
}

/** Which login a token comes from: the same for every token that is got by the login's refresh token. */
export function sessionIdOf(claims: Record<string, unknown> | undefined): string | undefined {
  const login = claims?.origin_jti;
  return typeof login === 'string' && login !== '' ? `ses_${login.replaceAll('-', '')}` : undefined;
}

interface Login {
  userId: string;
  id: string;
  /** In whole seconds. */
  createdAt: number;
}

/** Reads a login token that Cognito itself has just given out, and so needs no proof. */
export function loginOf({ token }: Pick<Session, 'token'>): Login | undefined {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = payload === '' ? undefined : (JSON.parse(payload) as Record<string, unknown>);
  const id = sessionIdOf(claims);
  if (id === undefined || typeof claims?.sub !== 'string') return undefined;
  return { userId: claims.sub, id, createdAt: Number(claims.auth_time) * 1000 };
}

export interface RecordingPorts {
  records: Pick<SessionRecords, 'find' | 'keep'>;
  clock: Clock;
  /** A user must get in although their list of sessions can't be written. */
  onFailed: (error: unknown) => void;
}

/** Records a login. */
export async function recordLogin(
  { records, clock, onFailed }: RecordingPorts,
  session: Pick<Session, 'token'>,
  userAgent: string | undefined,
): Promise<void> {
  const login = loginOf(session);
  if (login === undefined) return;
  const { userId, ...of } = login;
  try {
    await records.keep(userId, { ...of, lastUsedAt: clock.now(), browser: browserName(userAgent) });
  } catch (error) {
    onFailed(error);
  }
}

const dayMs = 86_400_000;

/**
 * Records that a session is in use, once a day.
 * @returns false when its user has ended it. If that can't be read, true: login tokens of ended sessions are refused anyway
 */
export async function recordUse(
  ports: RecordingPorts,
  session: Pick<Session, 'token'>,
  userAgent: string | undefined,
): Promise<boolean> {
  const login = loginOf(session);
  if (login === undefined) return true;
  try {
    const known = await ports.records.find(login.userId, login.id);
    if (known?.endedAt !== undefined) return false;
    // A session from before there were records gets one.
    if (known === undefined || ports.clock.now() - known.lastUsedAt >= dayMs)
      await recordLogin(ports, session, userAgent);
  } catch (error) {
    ports.onFailed(error);
  }
  return true;
}

export interface SessionListPorts {
  records: Pick<SessionRecords, 'find' | 'list' | 'end'>;
  ends: Pick<SessionEnds, 'lastOf'>;
  clock: Clock;
}

/** Sessions that have not ended, the one used last first. */
export async function listSessions(
  { records, ends }: Pick<SessionListPorts, 'records' | 'ends'>,
  userId: string,
): Promise<SessionRecord[]> {
  const [all, { at: allEndedAt = 0 }] = await Promise.all([records.list(userId), ends.lastOf(userId)]);
  return (
    all
      // A login's time is in whole seconds, as in liveCaller.
      .filter(
        ({ endedAt, createdAt }) =>
          endedAt === undefined && createdAt >= Math.floor(allEndedAt / 1000) * 1000,
      )
      .sort((one, other) => other.lastUsedAt - one.lastUsedAt)
  );
}

/** @throws DaypassError `not_found` if the user has no such session */
export async function endOneSession(
  { records, clock }: Pick<SessionListPorts, 'records' | 'clock'>,
  userId: string,
  id: string,
): Promise<void> {
  if ((await records.find(userId, id)) === undefined)
    throw new DaypassError('not_found', 'You have no such session.', { param: 'id' });
  await records.end(userId, id, clock.now());
}
