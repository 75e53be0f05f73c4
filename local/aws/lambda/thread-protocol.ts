import type { MessagePort } from 'node:worker_threads';

/** What a thread starts with. */
export interface ThreadStart {
  port: MessagePort;
  /** One Float64: milliseconds the runtime's clock is ahead of the machine's. */
  clockOffset: SharedArrayBuffer;
  /** A directory for compiled code. */
  compileCache: string | undefined;
  taskRoot: string;
  handler: string;
  /** Response bytes that may be on their way before the function's writes wait. */
  windowBytes: number;
}

export interface ThreadCall {
  requestId: string;
  /** JSON text. */
  event: string;
  functionArn: string;
  traceId: string;
  timeoutMilliseconds: number;
}

export type ToThread =
  | { type: 'invoke'; call: ThreadCall }
  | { type: 'credit'; bytes: number }
  /** The reader of the running call's response has left. */
  | { type: 'reader-gone' };

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export type FromThread =
  | { type: 'ready' }
  /** `error` is Lambda's error object as JSON text, here and in `failed`. */
  | { type: 'init-failed'; error: string }
  | { type: 'log'; level: LogLevel; text: string }
  | { type: 'raw-output'; stream: 'stdout' | 'stderr'; text: string }
  | { type: 'stream-open'; contentType: string }
  | { type: 'chunk'; bytes: Uint8Array }
  | { type: 'stream-end' }
  /** `payload` is absent when the function streamed. */
  | { type: 'succeeded'; payload?: string; heapBytes: number }
  /** `exits` when the environment ends with it. */
  | { type: 'failed'; error: string; exits: boolean };
