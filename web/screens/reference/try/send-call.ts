import { networkError } from '../../../api-error.ts';
import type { Session } from '../../../session.ts';
import type { Access } from '../operations.ts';
import type { PreparedCall } from './prepare-call.ts';

export interface SendCallDeps {
  send: typeof fetch;
  session: Pick<Session, 'token' | 'tokenAfter'>;
}

/**
 * Sends the call as the logged-in user, or with the key. Refusals are answers like any other, except that an expired
 * login token is renewed once.
 * @throws ApiError if there is no answer, or nobody is logged in any more
 */
export async function sendCall(
  { send, session }: SendCallDeps,
  call: PreparedCall,
  caller: { access: Access; key: string | undefined },
  signal: AbortSignal,
): Promise<Response> {
  const attempt = (credentials: Record<string, string>) =>
    send(call.target, {
      method: call.method,
      headers: { ...call.headers, ...credentials },
      body: call.body ?? null,
      signal,
    }).catch((cause: unknown) => {
      throw signal.aborted ? cause : networkError(cause);
    });

  if (caller.access === 'key') return attempt({ 'x-api-key': caller.key ?? '' });
  if (caller.access !== 'login' && caller.access !== 'admin') return attempt({});
  const token = await session.token();
  const response = await attempt({ authorization: `Bearer ${token}` });
  if (!(await isEndedToken(response))) return response;
  return attempt({ authorization: `Bearer ${await session.tokenAfter(token)}` });
}

async function isEndedToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return (body as { error?: { code?: unknown } } | undefined)?.error?.code === 'unauthorized';
}
