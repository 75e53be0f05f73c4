import { changePasswordBody } from '../../core/contract/sessions.ts';
import { changePassword } from '../../core/new-password.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { createDynamoSessionEnds } from '../adapters/dynamo-session-ends.ts';
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
