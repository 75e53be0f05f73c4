import { resetPasswordBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { accountsEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const directory = createCognitoDirectory(readEnvironment(accountsEnvironment));

/** POST /v1/password/reset */
export const handler = inTime(
  jsonRoute({ body: resetPasswordBody }, async ({ body }) => {
    await directory.resetPassword(body.email, body.code, body.password);
    return { status: 200, body: { status: 'reset' } };
  }),
);
