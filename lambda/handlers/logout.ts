import { endAllSessions } from '../../core/accounts/sessions.ts';
import { logoutBody } from '../../core/contract/accounts.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { userRoute } from '../http/user-route.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const directory = createCognitoDirectory(environment);
const ends = createDynamoSessionEnds(openTable(environment.TABLE_NAME));

/** POST /v1/logout */
export const handler = inTime(
  userRoute(ends, { body: logoutBody, bodyOptional: true }, async ({ body }, { userId }) => {
    if (body.refreshToken === undefined) await endAllSessions({ directory, ends, clock: Date }, userId);
    else await directory.endSession(body.refreshToken);
    return { status: 200, body: { status: 'logged_out' } };
  }),
);
