import type { RunningRuntime } from './runtime.ts';

type Runtime = Pick<RunningRuntime, 'edge'>;

/** Moves the clock of gateway, functions and sweeps away from the real one. */
export async function moveClock(runtime: Runtime, offsetSeconds: number): Promise<void> {
  await send(runtime, 'POST', '/_local/clock', { offsetSeconds });
}

const secondsAhead = new WeakMap<Runtime, number>();

/**
 * Cognito records a log-in to the second, and takes one of the second in which sessions are ended for a later one. After
 * this, all log-ins so far are earlier.
 */
export async function beginNextSecond(runtime: Runtime): Promise<void> {
  const offsetSeconds = (secondsAhead.get(runtime) ?? 0) + 1;
  secondsAhead.set(runtime, offsetSeconds);
  await moveClock(runtime, offsetSeconds);
}

/** What AWS's stand-ins do wrong from here on; docs/local-runtime.md has the fields. */
export async function setFaults(runtime: Runtime, faults: Record<string, unknown>[]): Promise<void> {
  await send(runtime, 'PUT', '/_local/faults', { faults });
}

async function send(runtime: Runtime, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${runtime.edge}${path}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
}
