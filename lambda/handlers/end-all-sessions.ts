import { endAllSessions } from '../../core/accounts/sessions.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { clearedCookie } from '../http/session-cookie.ts';
import { userRoute } from '../http/user-route.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const ends = createDynamoSessionEnds(openTable(environment.TABLE_NAME));
const ports = { directory: createCognitoDirectory(environment), ends, clock: Date };

/** DELETE /v1/me/sessions */
export const handler = inTime(
  userRoute(ends, {}, async (_request, { userId }) => {
    await endAllSessions(ports, userId);
    return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'logged_out' } };
  }),
);
