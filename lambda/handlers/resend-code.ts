import { emailBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { accountsEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const directory = createCognitoDirectory(readEnvironment(accountsEnvironment));

/** POST /v1/register/resend */
export const handler = inTime(
  jsonRoute({ body: emailBody }, async ({ body }) => {
    await directory.resendCode(body.email);
    return { status: 200, body: { status: 'sent' } };
  }),
);
