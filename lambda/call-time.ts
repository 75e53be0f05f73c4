import { AsyncLocalStorage } from 'node:async_hooks';
import { undoSeconds } from '../core/contract/route-time.ts';

/**
 * The bound on a call to the table or KMS, retries included. A model is asked only after them, and they answer in
 * milliseconds or not at all.
 */
export const beforeModelMs = 4000;
/** The bound on one attempt: leaves room for a second and most of a third. */
export const quickAttemptMs = 1500;

const ends = new AsyncLocalStorage<AbortSignal>();

/** Runs work that must be done even when the time for an answer is over. */
export function inReservedTime<T>(work: () => Promise<T>): Promise<T> {
  return within(undoSeconds * 1000, work);
}

/** Bounds the time of all calls to AWS that `work` makes. Later calls fail at once. Replaces an outer bound. */
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
 * A client whose calls, retries included, end with the time of the work around them (`within`).
 * @param callMs bounds each call too; without it, a call outside of `within` has only the timeouts of its attempts
 */
export function endingInTime<Client extends { send: Send }>(client: Client, callMs?: number): Client {
  const send = client.send.bind(client) as Send;
  const sendInTime: Send = (command, options) =>
    ends.getStore() === undefined && callMs === undefined
      ? send(command, options)
      : inTime(callMs, (abortSignal) => send(command, { ...options, abortSignal }));
  client.send = sendInTime as Client['send'];
  return client;
}

/** Runs a call to AWS that ends with the time of the work around it, and after `callMs`, if given. */
export async function inTime<T>(
  callMs: number | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const route = ends.getStore();
  const end = new AbortController();
  const stop = () => end.abort();
  if (route?.aborted) stop();
  route?.addEventListener('abort', stop);
  const timer = callMs === undefined ? undefined : setTimeout(stop, callMs);
  try {
    return await call(end.signal);
  } catch (error) {
    throw error instanceof Error && error.name === 'AbortError' ? timeIsOver(error) : error;
  } finally {
    clearTimeout(timer);
    route?.removeEventListener('abort', stop);
  }
}

/** Named like the SDK's own timeouts, so that it is answered like them. */
function timeIsOver(cause: unknown): Error {
  const error = new Error('the time for calls to AWS is over', { cause });
  error.name = 'TimeoutError';
  return error;
}

/** Whether a call failed because there was no connection, or it broke: by Node's codes. */
export function isNetworkFailure(error: unknown): boolean {
  return networkFailures.has((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

const networkFailures = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
