import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

/** cognito-srp-helper's functions by message, for `srp-client.ts`. */
const library: Record<string, (...values: unknown[]) => unknown> = createRequire(import.meta.url)(
  'cognito-srp-helper',
);

parentPort?.on('message', ({ call, values }: { call: string; values: unknown[] }) => {
  parentPort?.postMessage(library[call]?.(...values));
});
