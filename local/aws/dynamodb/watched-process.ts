import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/**
 * Runs "$@" and ends it when standard input closes: politely, then by force. The kernel closes that pipe
 * however our process ends, so not even `kill -9` on us leaves the engine behind.
 */
const watch = `
exec 3<&0
"$@" </dev/null 3<&- &
engine=$!
{
  read -r _ <&3
  kill -TERM "$engine"
  tries=0
  while kill -0 "$engine" && [ "$tries" -lt 30 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL "$engine"
} >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$engine"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

export interface WatchedProcess {
  /** Resolves when it has ended, with the end of its output. */
  readonly ended: Promise<{ exitCode: number; lastWords: string }>;
  readonly hasEnded: boolean;
  stop(): Promise<void>;
}

const forceAfterMilliseconds = 5_000;

export function startWatched(program: string, parameters: readonly string[]): WatchedProcess {
  const child: ChildProcessByStdio<Writable, null, Readable> = spawn(
    '/bin/sh',
    ['-c', watch, 'daypass-engine', program, ...parameters],
    // Its own session: Ctrl-C must reach us alone, since functions may still be writing while we stop.
    { stdio: ['pipe', 'ignore', 'pipe'], detached: true, env: {} },
  );
  let hasEnded = false;
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<{ exitCode: number; lastWords: string }>((resolve) => {
    const finish = (exitCode: number, words: string) => {
      hasEnded = true;
      resolve({ exitCode, lastWords: words.trim() });
    };
    child.once('error', (error) => finish(127, error.message));
    child.once('close', (code) => finish(code ?? 137, lastWords));
  });

  return {
    ended,
    get hasEnded() {
      return hasEnded;
    },
    async stop() {
      child.stdin.destroy();
      const force = setTimeout(() => killGroup(child.pid), forceAfterMilliseconds);
      await ended;
      clearTimeout(force);
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
