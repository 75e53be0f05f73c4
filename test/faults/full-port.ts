import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

/** More than the kernel queues for a listener that takes none. */
const crowd = 4;

/** Listens, and then stands still for ever. */
const listener = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });`;

/** An address where connections are neither made nor refused, as behind a firewall that drops packets. */
export async function startFullPort(): Promise<{ url: string; close(): Promise<void> }> {
  const worker = new Worker(listener, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const sockets = Array.from({ length: crowd }, () => connect(port, '127.0.0.1').on('error', () => {}));
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await worker.terminate();
    },
  };
}
