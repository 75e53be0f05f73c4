import { AsyncLocalStorage } from 'node:async_hooks';

/** What a route may spend on its answer. API Gateway waits 29 seconds and then answers for us, in its own words. */
const routeMs = 10_000;
/**
 * What it may spend after that on undoing, and once more on freeing or keeping what an `Idempotency-Key` stands
 * for. Functions that do either have 28 seconds for all three.
 */
const reservedMs = 6000;

/**
 * What everything may take that has to answer before a model is asked, attempts and waits between them included: the
 * table, and KMS. They answer in milliseconds or not at all.
 */
export const beforeModelMs = 4000;
/** One attempt's share of it: a second fits in whole, and most of a third. */
export const quickAttemptMs = 1500;

const ends = new AsyncLocalStorage<AbortSignal>();

/** A route whose calls to AWS end, with an error, when it has taken ten seconds; nothing is called after that. */
export function inTime<Args extends unknown[], Answer>(
  route: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer> {
  return (...args) => within(routeMs, () => route(...args));
}

/** Runs what must be done even when the time for an answer is over, in time that is kept for it. */
export function inReservedTime<T>(work: () => Promise<T>): Promise<T> {
  return within(reservedMs, work);
}

/** Bounds all calls that `work` makes together, in place of the bound there is. */
export async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), milliseconds);
  try {
    return await ends.run(end.signal, work);
  } finally {
    clearTimeout(timer);
  }
}

type Send = (command: never, options?: { abortSignal?: AbortSignal }) => Promise<unknown>;

/**
 * A client whose calls, waits between attempts included, end with the time of the route they are made for.
 * @param callMs what one call may take in any case; without it only the attempts and their own timeouts bound a call
 *   outside of a route
 */
export function endingInTime<Client extends { send: Send }>(client: Client, callMs?: number): Client {
  const send = client.send.bind(client) as Send;
  const sendInTime: Send = async (command, options) => {
    const route = ends.getStore();
    if (route === undefined && callMs === undefined) return send(command, options);
    const end = new AbortController();
    const stop = () => end.abort();
    if (route?.aborted) stop();
    route?.addEventListener('abort', stop);
    const timer = callMs === undefined ? undefined : setTimeout(stop, callMs);
    try {
      return await send(command, { ...options, abortSignal: end.signal });
    } catch (error) {
      throw error instanceof Error && error.name === 'AbortError' ? timeIsOver(error) : error;
    } finally {
      clearTimeout(timer);
      route?.removeEventListener('abort', stop);
    }
  };
  client.send = sendInTime as Client['send'];
  return client;
}

/** Under the name that the SDK's own timeouts have: it is answered as they are. */
function timeIsOver(cause: unknown): Error {
  const error = new Error('the time for calls to AWS is over', { cause });
  error.name = 'TimeoutError';
  return error;
}
