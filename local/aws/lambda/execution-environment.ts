import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { threadProgram } from './bundle-thread-program.ts';
import type { FunctionLog } from './function-log.ts';
import { runtimeExited, timedOut } from './invocation-errors.ts';
import { lastBytes, logTailBytes } from './log-tail.ts';
import type { FromThread, ThreadCall, ThreadStart, ToThread } from './thread-protocol.ts';

export type Outcome = (
  | { ok: true; payload: string | undefined; heapBytes: number }
  /** Lambda's error object as JSON text. */
  | { ok: false; error: string }
) & {
  /** The end of what the call printed. */
  said?: string;
};

/** Runs one call to its outcome. @throws LambdaRefusal when it can't run */
export type RunCall = (
  functionName: string,
  event: unknown,
  sink: StreamSink,
) => Promise<Outcome & { requestId: string; logTail: string }>;

/** Where a call's streamed bytes go; `credit` lets the function write on. */
export interface StreamSink {
  /** Aborts when the reader has left. The function is informed, and what it writes is still accepted. */
  readonly readerGone?: AbortSignal | undefined;
  open(contentType: string, credit: (bytes: number) => void): void;
  chunk(bytes: Uint8Array): void;
  end(): void;
}

/** One instance of a function: a worker thread that runs one call at a time. */
export interface ExecutionEnvironment {
  /** Rejects with InitFailure. */
  readonly ready: Promise<void>;
  /** Never rejects. The environment may have ended by then: see `alive`. */
  run(call: ThreadCall, sink: StreamSink): Promise<Outcome>;
  readonly alive: boolean;
  /** Ends it, with its call failing as killed, once it holds more than this. */
  checkMemory(limitBytes: number): Promise<void>;
  end(): Promise<void>;
}

export interface EnvironmentOptions {
  codeDirectory: string;
  handler: string;
  variables: Record<string, string>;
  clockOffset: SharedArrayBuffer;
  compileCache: string | undefined;
  hardMemoryMegabytes: number;
  initTimeoutMilliseconds: number;
  log: FunctionLog;
  onEnd(): void;
}

/** Why an environment never became ready. */
export class InitFailure extends Error {
  readonly reason: 'timeout' | 'exit' | 'error';
  /** For `error`: Lambda's error object. */
  readonly payload: string;
  readonly exitCode: number | undefined;

  constructor(
    reason: InitFailure['reason'],
    detail: { payload?: string; exitCode?: number | undefined } = {},
  ) {
    super(`init ended with ${reason}`);
    this.reason = reason;
    this.payload = detail.payload ?? '';
    this.exitCode = detail.exitCode;
  }
}

const windowBytes = 64 * 1024;
const ignoreStream: StreamSink = { open() {}, chunk() {}, end() {} };

export function startEnvironment(options: EnvironmentOptions): ExecutionEnvironment {
  const { port1: port, port2 } = new MessageChannel();
  const worker = spawn(options, port2);
  const ready = Promise.withResolvers<void>();
  let alive = true;
  let killed = false;
  let isExiting = false;
  let checkingMemory = false;
  let sink = ignoreStream;
  let settle: ((outcome: Outcome) => void) | undefined;
  let requestId = '';
  let said = '';

  const finish = (outcome: Outcome) => {
    const settleNow = settle;
    settle = undefined;
    sink = ignoreStream;
    if (alive) unref(worker, port);
    settleNow?.({ ...outcome, said });
  };
  const kill = async () => {
    killed = true;
    // Before those who wait for the end.
    worker.ref();
    await worker.terminate();
  };
  const receive = (message: FromThread) => {
    switch (message.type) {
      case 'ready':
        unref(worker, port);
        ready.resolve();
        return;
      case 'init-failed':
        ready.reject(new InitFailure('error', { payload: message.error }));
        void kill();
        return;
      case 'log':
      case 'raw-output':
        options.log.print(message);
        said = lastBytes(`${said}${message.text}${message.type === 'log' ? '\n' : ''}`, logTailBytes);
        return;
      case 'stream-open': {
        const opened = sink;
        let owed = 0;
        sink.open(message.contentType, (bytes) => {
          owed += bytes;
          // A body may be read after its call has ended: its credit must not reach the next call.
          if (owed < windowBytes / 2 || sink !== opened) return;
          send(port, { type: 'credit', bytes: owed });
          owed = 0;
        });
        return;
      }
      case 'chunk':
        sink.chunk(message.bytes);
        return;
      case 'stream-end':
        sink.end();
        return;
      case 'succeeded':
        finish({ ok: true, payload: message.payload, heapBytes: message.heapBytes });
        return;
      case 'failed':
        isExiting ||= message.exits;
        finish({ ok: false, error: message.error });
    }
  };
  const ended = (exitCode: number) => {
    // The thread's last messages may still be on their way.
    for (let last = receiveMessageOnPort(port); last !== undefined; last = receiveMessageOnPort(port)) {
      receive(last.message as FromThread);
    }
    alive = false;
    port.close();
    options.log.flush();
    const code = killed ? undefined : exitCode;
    ready.reject(new InitFailure('exit', { exitCode: code }));
    finish({ ok: false, error: runtimeExited(requestId, code) });
    options.onEnd();
  };

  port.on('message', receive);
  worker.on('error', () => {
    killed = true;
  });
  worker.on('exit', ended);
  const initTimer = setTimeout(() => {
    ready.reject(new InitFailure('timeout'));
    void kill();
  }, options.initTimeoutMilliseconds);

  return {
    ready: ready.promise.finally(() => clearTimeout(initTimer)),
    run(call, callSink) {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const timer = setTimeout(() => {
        finish({ ok: false, error: timedOut(call.requestId, call.timeoutMilliseconds / 1000) });
        void kill();
      }, call.timeoutMilliseconds);
      const { readerGone } = callSink;
      const tellReaderGone = () => send(port, { type: 'reader-gone' });
      readerGone?.addEventListener('abort', tellReaderGone, { once: true });
      settle = (outcome) => {
        clearTimeout(timer);
        readerGone?.removeEventListener('abort', tellReaderGone);
        resolve(outcome);
      };
      requestId = call.requestId;
      said = '';
      sink = callSink;
      worker.ref();
      port.ref();
      send(port, { type: 'invoke', call });
      if (readerGone?.aborted) tellReaderGone();
      return promise;
    },
    get alive() {
      return alive && !killed && !isExiting;
    },
    async checkMemory(limitBytes) {
      if (checkingMemory) return;
      checkingMemory = true;
      const heap = await worker.getHeapStatistics().catch(() => undefined);
      checkingMemory = false;
      if (heap !== undefined && heap.used_heap_size + heap.external_memory > limitBytes) await kill();
    },
    end: kill,
  };
}

function spawn(options: EnvironmentOptions, port: MessagePort): Worker {
  const start: ThreadStart = {
    port,
    clockOffset: options.clockOffset,
    compileCache: options.compileCache,
    taskRoot: options.codeDirectory,
    handler: options.handler,
    windowBytes,
  };
  const worker = new Worker(threadProgram(options.compileCache), {
    eval: true,
    workerData: start,
    transferList: [port],
    env: options.variables,
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.hardMemoryMegabytes },
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    worker[stream].on('data', (text) =>
      options.log.print({ type: 'raw-output', stream, text: String(text) }),
    );
  }
  return worker;
}

function send(port: MessagePort, message: ToThread): void {
  port.postMessage(message);
}

/** An idle environment must not keep the process from ending. */
function unref(worker: Worker, port: MessagePort): void {
  worker.unref();
  port.unref();
}
