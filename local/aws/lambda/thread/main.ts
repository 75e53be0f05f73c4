/**
 * What runs in a function's worker thread: the part of AWS's Node.js runtime client that a handler can see.
 * It is bundled into one script (see thread-program.ts), so it may import node: modules and its neighbours only.
 */
import { getHeapStatistics } from 'node:v8';
import { workerData } from 'node:worker_threads';
import type { FromThread, ThreadCall, ThreadStart, ToThread } from '../thread-protocol.ts';
import { defineAwslambda, type LoadedFunction } from './awslambda-global.ts';
import { loadHandler } from './load-handler.ts';
import { redirectOutput } from './log-output.ts';
import type { CodeCache } from './require-with-cache.ts';
import { type Run, runHandler } from './run-handler.ts';
import { errorPayload, promiseNeverSettled, RuntimeError } from './runtime-errors.ts';
import { shiftDate } from './shifted-date.ts';

const start = workerData as ThreadStart;
const { port, clockOffset, taskRoot, handler: handlerName, windowBytes, compileCache } = start;
const post = (message: FromThread) => port.postMessage(message);

const codeCache: CodeCache | undefined = compileCache === undefined ? undefined : { directory: compileCache };
let phase: 'init' | 'idle' | 'running' = 'init';
let current: Run | undefined;

const sink = {
  open: (contentType: string) => post({ type: 'stream-open', contentType }),
  chunk: (bytes: Uint8Array<ArrayBuffer>) => {
    const message: FromThread = { type: 'chunk', bytes };
    // Transferring memory has a cost of its own, which pays off only above this size.
    port.postMessage(message, bytes.byteLength > 8_192 ? [bytes.buffer] : []);
  },
  end: () => post({ type: 'stream-end' }),
  waiting: (waits: boolean) => (waits ? port.ref() : port.unref()),
};

function fail(what: string, thrown: unknown, exits = false): void {
  console.error(what, thrown);
  const error = errorPayload(thrown);
  post(phase === 'init' ? { type: 'init-failed', error } : { type: 'failed', error, exits });
  phase = 'idle';
  current?.stream?.destroy();
  current = undefined;
}

function crash(what: string, thrown: unknown, exitCode: number): void {
  fail(what, thrown, true);
  process.exit(exitCode);
}

function listen(handler: LoadedFunction['call']): void {
  port.on('message', (message: ToThread) => {
    if (message.type === 'credit') current?.stream?.credit(message.bytes);
    else if (message.type === 'reader-gone') current?.stream?.readerGone();
    else void runCall(handler, message.call);
  });
}

async function runCall(handler: LoadedFunction['call'], call: ThreadCall): Promise<void> {
  phase = 'running';
  // While a call runs, only the function's own work keeps the thread alive: see `beforeExit`.
  port.unref();
  let run: Run | undefined;
  try {
    run = runHandler(handler, call, sink, windowBytes);
    current = run;
    const payload = await run.result;
    if (current !== run) return;
    phase = 'idle';
    current = undefined;
    const heapBytes = getHeapStatistics().used_heap_size;
    post(
      payload === undefined ? { type: 'succeeded', heapBytes } : { type: 'succeeded', payload, heapBytes },
    );
  } catch (error) {
    if (current === run) fail('Invoke Error', error);
  } finally {
    port.ref();
    keepCode();
  }
}

/** After a call, when most of what calls need has been compiled. */
function keepCode(): void {
  const { keep } = codeCache ?? {};
  if (codeCache === undefined || keep === undefined) return;
  codeCache.keep = undefined;
  // The answer goes first. A full disk costs time alone.
  setImmediate(() => {
    try {
      keep();
    } catch {}
  });
}

// From here on everything that the function prints goes over the port.
redirectOutput(post);
shiftDate(new Float64Array(clockOffset));
defineAwslambda();
process.cwd = () => taskRoot;

process.on('uncaughtException', (error) => crash('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => {
  const cause = reason instanceof Error ? reason : undefined;
  const error = new RuntimeError('UnhandledPromiseRejection', String(reason), cause);
  crash('Unhandled Promise Rejection', error, 128);
});
process.on('beforeExit', () => {
  if (phase === 'idle') return;
  const wasInit = phase === 'init';
  fail(wasInit ? 'Init Error' : 'Invoke Error', promiseNeverSettled());
  if (!wasInit) port.ref();
});

loadHandler(taskRoot, handlerName, codeCache).then(
  (handler) => {
    phase = 'idle';
    listen(handler);
    post({ type: 'ready' });
  },
  (error) => fail('Init Error', error),
);
