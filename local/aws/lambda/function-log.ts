import type { Log } from '../../log.ts';
import type { FromThread } from './thread-protocol.ts';

type Output = Extract<FromThread, { type: 'log' | 'raw-output' }>;

/** Writes what a function prints to the runtime's log, line by line. */
export interface FunctionLog {
  print(output: Output): void;
  /** Prints what is left of an unfinished line. */
  flush(): void;
}

const isLoud = (level: string) =>
  level === 'WARN' || level === 'ERROR' || level === 'FATAL' || level === 'CRITICAL';

/** @param onLine told of each line, as it goes to the log group */
export function createFunctionLog(tag: string, log: Log, onLine?: (text: string) => void): FunctionLog {
  const unfinished = { stdout: '', stderr: '' };

  const line = (text: string, level: string) => {
    if (text.trim() === '') return;
    onLine?.(text);
    const record = jsonRecord(text);
    const loud = isLoud(record?.level ?? level);
    if (loud) log.warn(tag, record?.summary ?? text);
    if (!loud || record !== undefined) log.detail(tag, text);
  };
  const lines = (text: string, level: string) => {
    for (const each of text.split('\n')) line(each, level);
  };
  const levelOf = (stream: 'stdout' | 'stderr') => (stream === 'stderr' ? 'ERROR' : 'INFO');

  return {
    print(output) {
      if (output.type === 'log') {
        lines(output.text, output.level);
        return;
      }
      const text = unfinished[output.stream] + output.text;
      const end = text.lastIndexOf('\n') + 1;
      unfinished[output.stream] = text.slice(end);
      lines(text.slice(0, end), levelOf(output.stream));
    },
    flush() {
      for (const stream of ['stdout', 'stderr'] as const) {
        lines(unfinished[stream], levelOf(stream));
        unfinished[stream] = '';
      }
    },
  };
}

/** A structured log record (Powertools and Lambda's JSON format alike), shortened for a terminal. */
function jsonRecord(text: string): { level: string; summary: string } | undefined {
  if (!text.startsWith('{')) return undefined;
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof record !== 'object' || record === null) return undefined;
  const { level, message, error } = record as Record<string, unknown>;
  if (typeof level !== 'string' || message === undefined) return undefined;
  const shown = typeof message === 'string' ? message : JSON.stringify(message);
  return { level: level.toUpperCase(), summary: `${level.toUpperCase()} ${shown}${causeOf(error)}` };
}

function causeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { name, message } = error as Record<string, unknown>;
  return typeof message === 'string' ? ` (${typeof name === 'string' ? name : 'Error'}: ${message})` : '';
}
