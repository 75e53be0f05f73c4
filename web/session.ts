import type * as z from 'zod';
import type { consoleSessionAnswer } from '../core/contract/accounts.ts';
import { ApiError, sessionEnded } from './api-error.ts';
import { request } from './request.ts';
import { userOfToken } from './user-of-token.ts';

/**
 * `starting`: nobody knows yet; `expired`: was logged in, and what was typed is still on the screen;
 * `unreachable`: the first question got no answer.
 */
export type SessionStatus = 'starting' | 'signed-in' | 'signed-out' | 'expired' | 'unreachable';

export interface SessionState {
  status: SessionStatus;
  /** Of the last person known, also when the session has expired. */
  userId: string | undefined;
  /** Why the API could not be reached. */
  error: ApiError | undefined;
}

export interface SessionDeps {
  send: typeof fetch;
  now: () => number;
  /** @returns a function that takes it back */
  schedule: (work: () => void, delayMs: number) => () => void;
  locks: Pick<LockManager, 'request'>;
  /** To the other tabs. Only what happened is told, never a token. */
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

export type Session = ReturnType<typeof createSession>;

type SessionAnswer = z.output<typeof consoleSessionAnswer>;

const renewBeforeEndMs = 60_000;

interface Token {
  value: string;
  endsAt: number;
}

/**
 * Who is logged in. The access token lives here, in memory, and nowhere else; an httpOnly cookie that only
 * `/v1/session` gets renews it. Under one lock for all tabs, so that no two renewals meet.
 */
export function createSession(deps: SessionDeps) {
  let state: SessionState = { status: 'starting', userId: undefined, error: undefined };
  let token: Token | undefined;
  let renewal: Promise<void> | undefined;
  let cancelTimer = () => {};
  const listeners = new Set<() => void>();

  const change = (next: Partial<SessionState>) => {
    state = { ...state, error: undefined, ...next };
    for (const listener of [...listeners]) listener();
  };
  const call = (method: 'POST' | 'DELETE', path: string, init: RequestInit = {}) =>
    request(deps.send, path, { method, credentials: 'same-origin', ...init });
  const ask = async (path: string, init: RequestInit) =>
    (await (await call('POST', path, init)).json()) as SessionAnswer;
  const alone = <T>(work: () => Promise<T>) => deps.locks.request('daypass-session', work) as Promise<T>;

  function take(answer: SessionAnswer): void {
    token = { value: answer.token, endsAt: deps.now() + answer.expiresIn * 1000 };
    cancelTimer();
    const delayMs = Math.max(1000, answer.expiresIn * 1000 - renewBeforeEndMs);
    // Whatever keeps it from renewing now is met by the next call, which asks again.
    cancelTimer = deps.schedule(() => void renew().catch(() => {}), delayMs);
    change({ status: 'signed-in', userId: userOfToken(answer.token) });
  }

  function drop(status: 'signed-out' | 'expired'): void {
    token = undefined;
    cancelTimer();
    change(status === 'signed-out' ? { status, userId: undefined } : { status });
  }

  function renew(): Promise<void> {
    renewal ??= alone(async () => {
      const headers = { 'x-daypass-session': 'refresh' };
      try {
        take(await ask('/v1/session/refresh', { headers }));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401)
          drop(['signed-in', 'expired'].includes(state.status) ? 'expired' : 'signed-out');
        else if (state.status === 'starting' || state.status === 'unreachable')
          change({ status: 'unreachable', error });
        if (error.status !== 401) throw error;
      }
    }).finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  /** While the person is asked to log in again, callers wait, so that nothing they sent is lost. */
  function untilDecided(): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (state.status === 'expired' || state.status === 'starting') return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  }

  async function currentToken(): Promise<string> {
    const asker = state.userId;
    if (token === undefined || token.endsAt - deps.now() < renewBeforeEndMs / 2) {
      if (state.status !== 'expired') await renew();
      await untilDecided();
    }
    // What one person asked for is never sent in the name of another.
    if (token === undefined || (asker !== undefined && state.userId !== asker)) throw sessionEnded();
    return token.value;
  }

  deps.channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-out') drop('signed-out');
    if (data === 'signed-in') void renew().catch(() => {});
  });

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Asks whether the cookie of an earlier visit still holds. Never throws: `state` tells. */
    async start(): Promise<void> {
      if (state.status === 'unreachable') change({ status: 'starting' });
      await renew().catch(() => {});
    },
    /** @throws ApiError */
    async signIn(email: string, password: string): Promise<void> {
      await alone(async () => {
        take(
          await ask('/v1/session', {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ email, password }),
          }),
        );
      });
      deps.channel.postMessage('signed-in');
    },
    /** For after a changed password: every session ended, and a new one began with the answer. */
    adopt(answer: SessionAnswer): void {
      take(answer);
      deps.channel.postMessage('signed-in');
    },
    /** This browser is logged out even when the API can't be told. */
    async signOut(): Promise<void> {
      await alone(() => call('DELETE', '/v1/session')).catch(() => {});
      drop('signed-out');
      deps.channel.postMessage('signed-out');
    },
    /** For after the API ended every session, or the person chose not to log in again. */
    forget(): void {
      drop('signed-out');
      deps.channel.postMessage('signed-out');
    },
    /**
     * A token that holds for a while yet; renews it, and waits for the person where it must.
     * @throws ApiError of kind `expired` when nobody is logged in, or somebody else is
     */
    token: currentToken,
    /** @param refused a token that the API no longer took */
    async tokenAfter(refused: string): Promise<string> {
      if (token?.value === refused) token = undefined;
      return currentToken();
    },
  };
}
