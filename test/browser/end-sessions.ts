import { call, type Person } from '../e2e/client.ts';
import { beginNextSecond } from '../e2e/local-switches.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';
import type { ConsolePage } from './console-page.ts';

/** Ends, from elsewhere, everything that somebody is logged in with, once the visitor's pages have all that they asked for. */
export async function endSessions(
  visitor: ConsolePage,
  runtime: Pick<RunningRuntime, 'edge'>,
  { token }: Person,
): Promise<void> {
  await visitor.allArrived();
  await beginNextSecond(runtime);
  await call(runtime.edge, '/v1/me/sessions', { method: 'DELETE', token });
}
