import { call, type Person } from '../e2e/client.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';

/**
 * Ends everything that somebody is logged in with, from elsewhere. Log-ins tell their second only, and one of the very
 * second of the end is let through, so this waits for the next one.
 */
export async function endSessions(runtime: Pick<RunningRuntime, 'edge'>, { token }: Person): Promise<void> {
  await new Promise((done) => setTimeout(done, 1000 - (Date.now() % 1000)));
  await call(runtime.edge, '/v1/me/sessions', { method: 'DELETE', token });
}
