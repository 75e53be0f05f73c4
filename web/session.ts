import type * as z from 'zod';
import type { consoleLoginAnswer, consoleSessionAnswer } from '../core/contract/accounts/accounts.ts';
import { ApiError, sessionEnded } from './api-error.ts';
import { request } from './fetch-or-throw.ts';
import { userOfToken } from './user-of-token.ts';

/**
 * `starting`: not known yet; `expired`: was logged in, and what they typed is still on the screen;
 * `unreachable`: the first call got no answer.
 */
export type SessionStatus = 'starting' | 'logged-in' | 'logged-out' | 'expired' | 'unreachable';

export interface SessionState {
  status: SessionStatus;
  /** Kept while the session is expired. */
  userId: string | undefined;
  /** Why the API could not be reached. */
  error: ApiError | undefined;
}

export interface SessionDeps {
  send: typeof fetch;
  now: () => number;
  /** @returns a function that cancels it */
  schedule: (work: () => void, delayMs: number) => () => void;
  locks: Pick<LockManager, 'request'>;
  /** To the other tabs. It carries only what happened, never a token. */
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

export type Session = ReturnType<typeof createSession>;

type SessionAnswer = z.output<typeof consoleSessionAnswer>;
type LoginAnswer = z.output<typeof consoleLoginAnswer>;

const json = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const renewBeforeEndMs = 60_000;

interface Token {
  value: string;
  endsAt: number;
}

/**
 * Who is logged in. The login token is kept only here, in memory; an httpOnly cookie that is sent only to
 * `/v1/session` renews it. One lock for all tabs keeps renewals apart.
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
    // If it fails, the next call will renew.
    cancelTimer = deps.schedule(() => void renew().catch(() => {}), delayMs);
    change({ status: 'logged-in', userId: userOfToken(answer.token) });
  }

  function drop(status: 'logged-out' | 'expired'): void {
    token = undefined;
    cancelTimer();
    change(status === 'logged-out' ? { status, userId: undefined } : { status });
  }

  function renew(): Promise<void> {
    renewal ??= alone(async () => {
      const headers = { 'x-daypass-session': 'refresh' };
      try {
        take(await ask('/v1/session/refresh', { headers }));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401)
          drop(['logged-in', 'expired'].includes(state.status) ? 'expired' : 'logged-out');
        else if (state.status === 'starting' || state.status === 'unreachable')
          change({ status: 'unreachable', error });
        if (error.status !== 401) throw error;
      }
    }).finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  /** Calls wait while the user is asked to log in again, so that nothing is lost. */
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
    // Never send one user's call as another user.
    if (token === undefined || (asker !== undefined && state.userId !== asker)) throw sessionEnded();
    return token.value;
  }

  deps.channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-out') drop('logged-out');
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
    /** Finds out whether an earlier visit's cookie is still valid. Never throws: see `state`. */
    async start(): Promise<void> {
      if (state.status === 'unreachable') change({ status: 'starting' });
      await renew().catch(() => {});
    },
    /**
     * @returns the session of a challenge if a code of the authenticator app is asked for: see `answerChallenge`
     * @throws ApiError
     */
    async logIn(email: string, password: string): Promise<string | undefined> {
      const challenge = await alone(async () => {
        const answer = (await ask('/v1/session', json({ email, password }))) as LoginAnswer;
        if ('challenge' in answer) return answer.session;
        take(answer);
        return undefined;
      });
      if (challenge === undefined) deps.channel.postMessage('signed-in');
      return challenge;
    },
    /** @throws ApiError */
    async answerChallenge(challenge: string, code: string): Promise<void> {
      await alone(async () => take(await ask('/v1/session/challenge', json({ session: challenge, code }))));
      deps.channel.postMessage('signed-in');
    },
    /**
     * @param sign has the user's passkey sign what the API asks for
     * @throws ApiError, and what `sign` throws
     */
    async logInWithPasskey(
      email: string,
      sign: (options: Record<string, unknown>) => Promise<Record<string, unknown>>,
    ): Promise<void> {
      const begun = (await (await call('POST', '/v1/session/passkey', json({ email }))).json()) as {
        session: string;
        publicKey: Record<string, unknown>;
      };
      const credential = await sign(begun.publicKey);
      const answer = { session: begun.session, credential };
      await alone(async () => take(await ask('/v1/session/passkey/finish', json(answer))));
      deps.channel.postMessage('signed-in');
    },
    /** For a changed password: it ended every session, and its answer starts a new one. */
    adopt(answer: SessionAnswer): void {
      take(answer);
      deps.channel.postMessage('signed-in');
    },
    /** Logs out this browser even if the API can't be reached. */
    async logOut(): Promise<void> {
      await alone(() => call('DELETE', '/v1/session')).catch(() => {});
      drop('logged-out');
      deps.channel.postMessage('signed-out');
    },
    /** For when the API has ended every session, or the user chose not to log in again. */
    forget(): void {
      drop('logged-out');
      deps.channel.postMessage('signed-out');
    },
    /**
     * A token that is valid for a while yet. Renews it, and waits for the user to log in again, if it must.
     * @throws ApiError of kind `expired` if nobody is logged in, or another user is
     */
    token: currentToken,
    /** @param refused a token that the API no longer accepts */
    async tokenAfter(refused: string): Promise<string> {
      if (token?.value === refused) token = undefined;
      return currentToken();
    },
  };
}
