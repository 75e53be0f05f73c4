import type { ServerResponse } from 'node:http';

/** Aborts when the client leaves. */
export function leftSignal(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once('close', () => left.abort());
  return left.signal;
}
