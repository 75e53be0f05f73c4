import type { Session } from '../../../core/accounts/ports.ts';
import { type RecordingPorts, recordLogin } from '../../../core/accounts/session-records.ts';
import type { ApiAnswer, ApiRequest } from '../api-request.ts';
import { sessionAnswer } from './session-cookie.ts';

/** The answer to a login from a page, which its user finds in the list of their sessions from then on. */
export async function beginSession(
  ports: RecordingPorts,
  session: Session,
  { headers }: Pick<ApiRequest, 'headers'>,
): Promise<ApiAnswer> {
  await recordLogin(ports, session, headers['user-agent']);
  return sessionAnswer(session);
}
