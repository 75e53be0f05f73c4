import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { Catalog } from '../../core/catalog.ts';
import { bundling } from '../../lib/constructs/functions/esbuild-options.ts';
import type { FunctionName, WorkerAnswer, WorkerCall } from './function-worker.ts';

export interface FunctionAnswer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** `killed` when the environment was ended while it ran. */
export type Outcome = FunctionAnswer | 'killed';

/** One execution environment. After a kill the next call starts a fresh one. */
export interface Environment {
  /** @param offsetMs how far the call's clock is ahead of this machine's */
  invoke(name: FunctionName, event: unknown, offsetMs: number): Promise<Outcome>;
  /** Ends it now, wherever it is. */
  kill(): void;
}

export interface Functions {
  /**
   * @param accessKeyId what the environment signs with: its name at the proxy
   * @param isolation a thread starts faster, and its timers run fast; the others keep real time, and processes
   *   share nothing
   */
  environment(accessKeyId: string, isolation?: Isolation): Environment;
  close(): Promise<void>;
}

export interface FunctionsOptions {
  catalog: Catalog;
  /** Of the functions: endpoint, table, pool and key. */
  variables: Record<string, string>;
  /** How much faster than real time the timers of threads run. */
  timerSpeed: number;
}

type Isolation = 'thread' | 'thread in real time' | 'process';

/** A thread or process that runs the bundle. */
interface Host {
  post(call: WorkerCall): void;
  onAnswer(listen: (answer: WorkerAnswer) => void): void;
  onEnd(listen: () => void): void;
  end(): void;
}

/** Bundles the handlers as they are bundled for Lambda, and runs them. */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const directory = await mkdtemp(join(tmpdir(), 'daypass-faults-'));
  const bundle = join(directory, 'functions.cjs');
  await build({
    entryPoints: [resolve(import.meta.dirname, 'function-worker.ts')],
    outfile: bundle,
    ...bundling,
    define: { DAYPASS_CATALOG: JSON.stringify(options.catalog) },
    logLevel: 'error',
  });
  const running = new Set<Host>();
  const start = (accessKeyId: string, isolation: Isolation) => {
    const env = {
      ...options.variables,
      AWS_ACCESS_KEY_ID: accessKeyId,
      TIMER_SPEED: String(isolation === 'thread' ? options.timerSpeed : 1),
    };
    const host = isolation === 'process' ? startProcess(bundle, env) : startThread(bundle, env);
    running.add(host);
    host.onEnd(() => running.delete(host));
    return host;
  };
  return {
    environment: (accessKeyId, isolation = 'thread') =>
      createEnvironment(() => start(accessKeyId, isolation)),
    async close() {
      await Promise.all(
        [...running].map(
          (host) =>
            new Promise<void>((done) => {
              host.onEnd(done);
              host.end();
            }),
        ),
      );
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function createEnvironment(start: () => Host): Environment {
  let host: Host | undefined;
  let waiting = new Map<number, (answer: WorkerAnswer | 'killed') => void>();
  let calls = 0;
  const startHost = (): Host => {
    const started = start();
    const mine = new Map<number, (answer: WorkerAnswer | 'killed') => void>();
    waiting = mine;
    started.onAnswer((answer) => {
      mine.get(answer.id)?.(answer);
      mine.delete(answer.id);
    });
    started.onEnd(() => {
      const crashed = host === started;
      if (crashed) host = undefined;
      const error = 'the environment ended by itself';
      for (const [id, done] of mine) done(crashed ? { id, error } : 'killed');
    });
    return started;
  };
  return {
    async invoke(name, event, offsetMs) {
      host ??= startHost();
      calls += 1;
      const call = { id: calls, name, event, offsetMs };
      const answered = new Promise<WorkerAnswer | 'killed'>((done) => waiting.set(call.id, done));
      host.post(call);
      const answer = await answered;
      if (answer === 'killed') return 'killed';
      if (answer.error !== undefined) return { status: 500, headers: {}, body: { thrown: answer.error } };
      return toFunctionAnswer(answer.result);
    },
    kill() {
      const dying = host;
      host = undefined;
      dying?.end();
    },
  };
}

/** Compiles the bundle once for all threads: hundreds start, and are killed. */
const threadProgram = `
  const { enableCompileCache, flushCompileCache } = require('node:module');
  const { bundle } = require('node:worker_threads').workerData;
  enableCompileCache(bundle + '-compiled');
  require(bundle);
  flushCompileCache();
`;

function startThread(bundle: string, env: Record<string, string>): Host {
  const worker = new Worker(threadProgram, {
    eval: true,
    workerData: { bundle },
    env,
    stdout: true,
    stderr: true,
  });
  // A killed thread's last errors are of no interest; without a listener they would end the tests.
  worker.on('error', () => {});
  return {
    post: (call) => worker.postMessage(call),
    onAnswer: (listen) => void worker.on('message', listen),
    onEnd: (listen) => void worker.once('exit', listen),
    end: () => void worker.terminate(),
  };
}

function startProcess(bundle: string, env: Record<string, string>): Host {
  const child = fork(bundle, { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.on('error', () => {});
  return {
    post: (call) => void child.send(call),
    onAnswer: (listen) => void child.on('message', (message) => listen(message as WorkerAnswer)),
    onEnd: (listen) => void child.once('exit', listen),
    end: () => void child.kill('SIGKILL'),
  };
}

interface ProxyResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Routes answer a proxy result; the reconciler its report. */
function toFunctionAnswer(result: unknown): FunctionAnswer {
  const { statusCode, headers = {}, body } = result as Partial<ProxyResult>;
  if (statusCode === undefined) return { status: 200, headers, body: result as Record<string, unknown> };
  return { status: statusCode, headers, body: parse(body ?? '') };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
