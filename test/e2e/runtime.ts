import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endAfterRun } from '../end-shared.ts';
import { freePort } from './free-port.ts';
import { hasSharedMemory, sharedMemory } from './shared-memory.ts';

const root = resolve(import.meta.dirname, '../..');

/** What nobody came to stop ends with the process that started it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface RunningRuntime {
  edge: string;
  stage: string;
  aws: string;
  port: number;
  pid?: number | undefined;
  /** What it has printed so far, both streams. */
  output(): string;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** Ends it, keeping its data. @returns the exit code, null when it was killed */
  end(signal: NodeJS.Signals): Promise<number | null>;
  dataDirectory: string;
}

export interface RuntimeOptions {
  environment?: Record<string, string>;
  args?: string[];
  /** Data of an earlier run. */
  dataDirectory?: string;
  port?: number;
  assembly?: string;
}

/** DynamoDB's engine syncs each write, which on a disk is most of what it does. */
const dataFolder = hasSharedMemory ? sharedMemory : tmpdir();

let shared: Promise<RunningRuntime> | undefined;

/**
 * The platform for suites that need nothing special: all of a worker share it, one after another, with people and keys
 * of their own. Nobody stops it; who moves its clock or sets faults takes that back.
 */
export async function sharedRuntime(): Promise<RunningRuntime> {
  // The reconciler would meet the faults and the moved clocks of tests, and use up faults that are set for a few calls.
  shared ??= startRuntime({ environment: { DAYPASS_SCHEDULES: 'off' } }).then((runtime) => {
    endAfterRun(() => runtime.stop());
    process.once('exit', () =>
      rmSync(runtime.dataDirectory, { recursive: true, force: true, maxRetries: 5 }),
    );
    return runtime;
  });
  const runtime = await shared;
  // Whatever the suite before left: a clock that is a few seconds ahead lets what should be over live on.
  const reset = { clock: { offsetSeconds: 0 }, faults: { faults: [] } };
  for (const [name, value] of Object.entries(reset)) {
    const method = name === 'clock' ? 'POST' : 'PUT';
    const answer = await fetch(`${runtime.edge}/_local/${name}`, { method, body: JSON.stringify(value) });
    if (!answer.ok) throw new Error(`/_local/${name} answered ${answer.status}`);
  }
  return runtime;
}

/** Starts the real program on free ports with data of its own, and waits until it says that it runs. */
export async function startRuntime(options: RuntimeOptions = {}): Promise<RunningRuntime> {
  if (options.port !== undefined) return startOn(options.port, options);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(await freePort(), options);
    } catch (error) {
      // Another process may take a port between the look and the start.
      if (attempt === 5 || !/Port \d+ is in use/.test(String(error))) throw error;
    }
  }
}

async function startOn(port: number, options: RuntimeOptions): Promise<RunningRuntime> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(dataFolder, 'daypass-e2e-'));
  const assembly = options.assembly ?? join(root, 'cdk.out');
  const started = spawnRuntime(
    ['--port', String(port), '--data', dataDirectory, '--assembly', assembly, ...(options.args ?? [])],
    {
      // Answers without pauses: tests are about what is said, not how fast.
      DAYPASS_TOKENS_PER_SECOND: '0',
      DAYPASS_FIRST_TOKEN_MS: '0',
      // A suite makes more accounts from one address in five minutes than the web ACL lets anybody make.
      DAYPASS_WAF: 'off',
      // Passwords of tests protect nothing.
      DAYPASS_SLOW_HASHES: 'off',
      ...options.environment,
    },
  );
  const exited = new Promise<number | null>((done) => started.child.once('exit', (code) => done(code)));
  const runs = new Promise<true>((done) => {
    started.child.stdout?.on('data', () => {
      if (started.output().includes('Daypass is running')) done(true);
    });
  });
  const outcome = await Promise.race([runs, exited]);
  if (outcome !== true) throw new Error(`the runtime did not start:\n${started.output()}`);

  const end = (signal: NodeJS.Signals) => {
    if (started.child.exitCode === null) started.child.kill(signal);
    return exited;
  };
  return {
    edge: `http://localhost:${port}`,
    stage: `http://localhost:${port + 1}/prod`,
    aws: `http://localhost:${port + 566}`,
    port,
    pid: started.child.pid,
    dataDirectory,
    output: started.output,
    end,
    async stop() {
      await end('SIGTERM');
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

export function spawnRuntime(
  args: string[],
  environment: Record<string, string> = {},
): { child: ChildProcess; output(): string } {
  // A referee's platform instead of ours: docs/referees.md.
  const program = process.env.DAYPASS_PLATFORM_PROGRAM ?? 'local/main.ts';
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return { child, output: () => output };
}
