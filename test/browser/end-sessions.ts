import { call, type Person } from '../e2e/client.ts';
import { beginNextSecond } from '../e2e/local-switches.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';

/** Ends, from elsewhere, everything that somebody is logged in with. */
export async function endSessions(runtime: Pick<RunningRuntime, 'edge'>, { token }: Person): Promise<void> {
  await beginNextSecond(runtime);
  await call(runtime.edge, '/v1/me/sessions', { method: 'DELETE', token });
}
