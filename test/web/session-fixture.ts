import { createSession, type SessionDeps } from '../../web/session.ts';

type Answer = Response | (() => Promise<Response>);

export const tokenOf = (userId: string, serial: number) =>
  `h.${btoa(JSON.stringify({ sub: userId, serial })).replaceAll('=', '')}.s`;

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

export const refusal = (status: number, code: string) =>
  json(
    status,
    { error: { message: `no: ${code}`, type: 't', code, param: null } },
    { 'x-request-id': 'req-1' },
  );

/** Locks and messages like a browser's, shared by its tabs. */
export function createBrowser() {
  let tail: Promise<unknown> = Promise.resolve();
  const tabs = new Set<(event: MessageEvent<unknown>) => void>();
  const locks = {
    request: (_name: string, work: () => Promise<unknown>) => {
      const result = tail.then(work);
      tail = result.catch(() => {});
      return result;
    },
  } as unknown as SessionDeps['locks'];
  return {
    locks,
    openChannel() {
      let own: ((event: MessageEvent<unknown>) => void) | undefined;
      return {
        addEventListener(_type: string, listener: (event: MessageEvent<unknown>) => void) {
          own = listener;
          tabs.add(listener);
        },
        postMessage(data: unknown) {
          for (const tab of tabs) if (tab !== own) tab({ data } as MessageEvent<unknown>);
        },
      } as unknown as SessionDeps['channel'];
    },
  };
}

/** A session in one tab; `answers` are given in turn, and `calls` records the requests. */
export function createTab(answers: Answer[], browser = createBrowser()) {
  const calls: { method: string; path: string; headers: Headers; body: unknown }[] = [];
  const timers: { work: () => void; delayMs: number }[] = [];
  let now = 1_000_000;
  const send: typeof fetch = async (input, init) => {
    calls.push({
      method: init?.method ?? 'GET',
      path: String(input),
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('Failed to fetch');
    return typeof answer === 'function' ? answer() : answer;
  };
  const session = createSession({
    send,
    now: () => now,
    schedule(work, delayMs) {
      const timer = { work, delayMs };
      timers.push(timer);
      return () => {
        timers.splice(timers.indexOf(timer), 1);
      };
    },
    locks: browser.locks,
    channel: browser.openChannel(),
  });
  return {
    session,
    send,
    answers,
    calls,
    timers,
    status: () => session.state().status,
    pass(seconds: number) {
      now += seconds * 1000;
    },
  };
}

export const signedIn = (userId = 'ada', serial = 1) =>
  json(200, { token: tokenOf(userId, serial), expiresIn: 3600 });
