import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Connection, type ConnectionBounds, type Exchange, type Listener } from './http-connection.ts';

/** An environment may have been frozen since, and its connections lost without a word. */
const longestIdleMs = 55_000;

/**
 * HTTP/1.1 to one endpoint over kept connections: as many as there are calls at once, the last used first. TLS sessions
 * are resumed. `node:http` takes twice the CPU for a call (docs/decisions/0017-a-transport-for-the-hot-path.md).
 */
export function createConnectionPool(endpoint: URL, bounds: ConnectionBounds) {
  const idle: Connection[] = [];
  const isSecure = endpoint.protocol === 'https:';
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  const port = Number(endpoint.port || (isSecure ? 443 : 80));
  let session: Buffer | undefined;

  function open(): Connection {
    const socket = isSecure
      ? connectTls({
          host,
          port,
          ALPNProtocols: ['http/1.1'],
          ...(isIP(host) === 0 && { servername: host }),
          ...(session && { session }),
        }).on('session', (fresh: Buffer) => {
          session = fresh;
        })
      : connectPlain({ host, port });
    return new Connection(socket, isSecure ? 'secureConnect' : 'connect', bounds, idle);
  }

  function dropIdle(): void {
    for (const connection of idle.splice(0)) connection.close();
  }

  /** The one used last; if that was too long ago, so it was for all others. */
  function kept(): Connection | undefined {
    const oldest = Date.now() - longestIdleMs;
    if ((idle.at(-1)?.idleSince ?? 0) < oldest) dropIdle();
    return idle.pop();
  }

  return {
    /** @param request whole: head and body */
    send: (request: string, listener: Listener): Exchange => (kept() ?? open()).send(request, listener),
    /** Of connections that a server may have closed all at once. */
    dropIdle,
  };
}
