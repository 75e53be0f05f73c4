import { changePassword } from '../../core/accounts/new-password.ts';
import { changePasswordBody } from '../../core/contract/sessions.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, sessionAndTableEnvironment } from '../env.ts';
import { sessionAnswer } from '../http/session-cookie.ts';
import { userRoute } from '../http/user-route.ts';

const environment = readEnvironment(sessionAndTableEnvironment);
const ends = createDynamoSessionEnds(openTable(environment.TABLE_NAME));
const ports = { directory: createCognitoDirectory(environment), ends, clock: Date };

/** POST /v1/me/password */
export const handler = inTime(
  userRoute(ends, { body: changePasswordBody }, async ({ body }, caller) => {
    return sessionAnswer(await changePassword(ports, caller, body), environment.SESSION_SECONDS);
  }),
);
