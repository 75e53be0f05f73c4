import { takeCode } from '../../core/accounts/code-limit.ts';
import { emailBody } from '../../core/contract/accounts.ts';
import { createDynamoCodeCounts } from '../adapters/accounts/sign-ups.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { inEvenTime } from '../http/even-time.ts';
import { jsonRoute } from '../http/pipeline.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const directory = createCognitoDirectory(environment);
const ports = { codes: createDynamoCodeCounts(openTable(environment.TABLE_NAME)), clock: Date };

/** POST /v1/register/resend */
export const handler = inTime(
  jsonRoute({ body: emailBody }, async ({ body: { email } }) => {
    await inEvenTime(async () => {
      await takeCode(ports, email);
      await directory.resendCode(email);
    });
    return { status: 200, body: { status: 'sent' } };
  }),
);
