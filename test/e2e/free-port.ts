import { createServer } from 'node:net';

/** A port n for which n, n+1 and n+566 are free, below those that Linux gives to outgoing connections. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await Promise.all([port, port + 1, port + 566].map(isFree));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no three free ports in 50 attempts');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
