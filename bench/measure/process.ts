import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { freePort } from '../../test/e2e/free-port.ts';

/** A process under measurement, with its children: CPU and memory are those that the system accounts to it. */

/** Linux's clock ticks a second, which are the same on all its machines. */
const ticksPerSecond = 100;

export interface Subject {
  child: ChildProcess;
  port: number;
}

/** Beside the packages, which it imports. */
const compiled = join(import.meta.dirname, '../../.daypass/bench');

/**
 * A script of ours that says its port when it listens. It is compiled before, since the compiler that Node loads for
 * TypeScript would count as its memory.
 */
export async function startScript(
  file: string,
  args: string[] = [],
  environment: Record<string, string> = {},
  nodeOptions: string[] = [],
): Promise<Subject> {
  const outfile = join(compiled, `${basename(file, '.ts')}.mjs`);
  const common = { bundle: true, platform: 'node', format: 'esm', packages: 'external' } as const;
  await build({ entryPoints: [file], outfile, ...common });
  const child = fork(outfile, args, {
    env: { ...process.env, ...environment },
    execArgv: ['--disable-warning=ExperimentalWarning', ...nodeOptions],
  });
  const port = await Promise.race([
    once(child, 'message').then(([first]) => first as number),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended`))),
  ]);
  return { child, port };
}

/** Another program's server, which gets a free port from us. Its output is shown when it ends before it answers. */
export async function startServer(
  command: string,
  toArgs: (port: number) => string[],
  environment: Record<string, string>,
  isReady: (port: number) => Promise<boolean>,
): Promise<Subject> {
  const port = await freePort();
  const child = spawn(command, toArgs(port), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isGone = false;
  child.once('error', ({ message }) => {
    output += message;
    isGone = true;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-4_000);
    });
  }
  const until = Date.now() + 120_000;
  while (!(await isReady(port).catch(() => false))) {
    if (isGone || child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`${command} didn't answer:\n${output}`);
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  return { child, port };
}

/** Ends its children first and waits for them, which npm doesn't. */
export async function end({ child }: Subject): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const children = family(child.pid as number).slice(1);
  for (const pid of children) {
    try {
      process.kill(pid);
    } catch {
      // It has ended with another.
    }
  }
  while (children.some(isAlive)) await new Promise((done) => setTimeout(done, 10));
  child.kill();
  await exit;
}

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** @returns CPU milliseconds that the process and its children have used, ended ones included, in steps of ten */
export function cpuMs({ child }: Subject): number {
  const ticks = family(child.pid as number).map((pid) => {
    // The name, which may have spaces, is in brackets. Behind it, utime and stime are the 12th and 13th
    // field, and those of children that have ended the 14th and 15th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return sum(fields.slice(11, 15).map(Number));
  });
  return (sum(ticks) * 1000) / ticksPerSecond;
}

/** @returns MiB in memory now, and the most there has been */
export function memoryMiB({ child }: Subject): { now: number; peak: number } {
  const kilobytes = (field: string) =>
    sum(
      family(child.pid as number).map((pid) => {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      }),
    );
  return { now: kilobytes('VmRSS') / 1024, peak: kilobytes('VmHWM') / 1024 };
}

function family(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number);
    } catch {
      return []; // The thread has ended.
    }
  });
  return [pid, ...children.flatMap(family)];
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

export async function cpuOf(subject: Subject, work: () => Promise<unknown>): Promise<number> {
  const before = cpuMs(subject);
  await work();
  return cpuMs(subject) - before;
}
