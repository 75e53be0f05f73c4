import type { RunningRuntime } from './runtime.ts';

type Runtime = Pick<RunningRuntime, 'edge'>;

/** Moves the clock of gateway, functions and sweeps away from the real one. */
export async function moveClock(runtime: Runtime, offsetSeconds: number): Promise<void> {
  await send(runtime, 'POST', '/_local/clock', { offsetSeconds });
}

/** What AWS's stand-ins do wrong from here on; docs/local-runtime.md has the fields. */
export async function setFaults(runtime: Runtime, faults: Record<string, unknown>[]): Promise<void> {
  await send(runtime, 'PUT', '/_local/faults', { faults });
}

async function send(runtime: Runtime, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${runtime.edge}${path}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
}
