import type { Server } from 'node:net';

/** Listens on loopback only. @throws PortTakenError */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

export class PortTakenError extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use.`);
    this.name = 'PortTakenError';
  }
}
