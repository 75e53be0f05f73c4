import { type ChildProcess, spawn } from 'node:child_process';

export interface Finished {
  /** Null when it was stopped at its time limit. */
  code: number | null;
  output: string;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) stop(child);
});

/** Programs start others; all of them are in the group that the first one leads. */
function stop(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Runs a program to its end, or to its time limit, with exactly this environment. */
export function runCommand(
  command: readonly string[],
  options: { cwd: string; env: Record<string, string>; seconds: number; input?: string },
): Promise<Finished> {
  const [file = '', ...args] = command;
  const { cwd, env, seconds, input } = options;
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  // A program that doesn't read its input may close it.
  child.stdin.on('error', () => undefined).end(input ?? '');
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    stop(child);
  }, seconds * 1000);
  return new Promise((finished, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      stop(child);
      finished({ code: late ? null : code, output });
    });
  });
}
