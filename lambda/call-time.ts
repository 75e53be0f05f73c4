import { AsyncLocalStorage } from 'node:async_hooks';

/** What a route may spend on its answer. API Gateway waits 29 seconds, then answers in its own words. */
export const routeMs = 10_000;
/**
 * What it may spend after that on undoing, and once more on keeping or freeing an `Idempotency-Key`. The timeouts of
 * functions that do so leave room for all three.
 */
export const reservedMs = 6000;

/**
 * The bound on the table and on KMS, attempts and waits between them included, which have to answer before a model is
 * asked. They answer in milliseconds or not at all.
 */
export const beforeModelMs = 4000;
/** One attempt's share of it: leaves room for a second attempt and most of a third. */
export const quickAttemptMs = 1500;

const ends = new AsyncLocalStorage<AbortSignal>();

/** Runs what must be done even when the time for an answer is over, in time reserved for it. */
export function inReservedTime<T>(work: () => Promise<T>): Promise<T> {
  return within(reservedMs, work);
}

/** Bounds all calls to AWS that `work` makes together; later ones fail at once. Replaces any bound around it. */
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
 * A client whose calls, waits between attempts included, end with the time of their route.
 * @param callMs the most that one call may take; without it, only the timeouts of its attempts bound a call outside a
 *   route
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

/** Named as the SDK's own timeouts, so that it is answered like them. */
function timeIsOver(cause: unknown): Error {
  const error = new Error('the time for calls to AWS is over', { cause });
  error.name = 'TimeoutError';
  return error;
}
