import { format } from 'node:util';
import type { FromThread, LogLevel } from '../thread-protocol.ts';

const levels: Record<'trace' | 'debug' | 'log' | 'info' | 'warn' | 'error', LogLevel> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

/** Sends what the function prints over the one port, so that it arrives in order even before a crash. */
export function redirectOutput(post: (message: FromThread) => void): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, LogLevel][]) {
    console[method] = (...parts: unknown[]) => post({ type: 'log', level, text: format(...parts) });
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString();
      post({ type: 'raw-output', stream, text });
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') process.nextTick(done as () => void);
      return true;
    };
  }
}
