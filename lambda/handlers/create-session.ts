import { loginBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { readEnvironment, sessionEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';
import { requireOwnPage } from '../http/require-own-page.ts';
import { sessionAnswer } from '../http/session-cookie.ts';

const environment = readEnvironment(sessionEnvironment);
const directory = createCognitoDirectory(environment);

/** POST /v1/session */
export const handler = inTime(
  jsonRoute({ body: loginBody }, async ({ body, headers }) => {
    requireOwnPage(headers);
    return sessionAnswer(await directory.logIn(body.email, body.password), environment.SESSION_SECONDS);
  }),
);
