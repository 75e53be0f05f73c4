import type { Person } from '../e2e/client.ts';
import type { ConsolePage } from './console-page.ts';

/** Gives the visitor the cookie of a session, as the log-in screen does; the next page opened is signed in. */
export async function signIn({ context }: ConsolePage, { email, password }: Person): Promise<void> {
  const answer = await context.request.post('/v1/session', { data: { email, password } });
  if (!answer.ok()) throw new Error(`log-in answered ${answer.status()}`);
}
