import { loginBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { accountsEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const directory = createCognitoDirectory(readEnvironment(accountsEnvironment));

/** POST /v1/login */
export const handler = inTime(
  jsonRoute({ body: loginBody }, async ({ body }) => {
    return { status: 200, body: await directory.logIn(body.email, body.password) };
  }),
);
