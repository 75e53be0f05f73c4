import { confirmBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { accountsEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const directory = createCognitoDirectory(readEnvironment(accountsEnvironment));

/** POST /v1/register/confirm */
export const handler = inTime(
  jsonRoute({ body: confirmBody }, async ({ body }) => {
    await directory.confirm(body.email, body.code);
    return { status: 200, body: { status: 'confirmed' } };
  }),
);
