import { callerFromClaims } from '../../core/accounts.ts';
import { logoutBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { accountsEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const directory = createCognitoDirectory(readEnvironment(accountsEnvironment));

/** POST /v1/logout */
export const handler = inTime(
  jsonRoute({ body: logoutBody, bodyOptional: true }, async ({ body, claims }) => {
    const { userId } = callerFromClaims(claims);
    if (body.refreshToken === undefined) await directory.endAllSessions(userId);
    else await directory.endSession(body.refreshToken);
    return { status: 200, body: { status: 'logged_out' } };
  }),
);
