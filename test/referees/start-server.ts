import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as later } from 'node:timers/promises';

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) stop(child);
});

/** A server may have children: all are in the group that it leads. */
function stop(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

export interface RunningServer {
  output(): string;
  stop(): Promise<void>;
}

const readyWithinMs = 120_000;
const lookAgainMs = 200;

/**
 * Starts a server that is somebody else's, and waits until it answers, whatever it answers.
 * @param readyUrl what to ask
 */
export async function startServer(
  command: readonly string[],
  options: { env: Record<string, string>; cwd: string; readyUrl: string },
): Promise<RunningServer> {
  const [file = '', ...args] = command;
  const { env, cwd, readyUrl } = options;
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-1_000_000);
    });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const server: RunningServer = {
    output: () => output,
    async stop() {
      stop(child);
      running.delete(child);
      await ended;
    },
  };
  const until = performance.now() + readyWithinMs;
  while (!(await answers(readyUrl))) {
    if (child.exitCode !== null || performance.now() > until) {
      await server.stop();
      throw new Error(`${file} did not start:\n${output.slice(-2000)}`);
    }
    await later(lookAgainMs);
  }
  return server;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response !== undefined;
}
