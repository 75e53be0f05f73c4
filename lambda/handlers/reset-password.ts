import { resetPasswordBody } from '../../core/contract/accounts.ts';
import { resetPassword } from '../../core/new-password.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { createDynamoSessionEnds } from '../adapters/dynamo-session-ends.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const ports = {
  directory: createCognitoDirectory(environment),
  ends: createDynamoSessionEnds(openTable(environment.TABLE_NAME)),
  clock: Date,
};

/** POST /v1/password/reset */
export const handler = inTime(
  jsonRoute({ body: resetPasswordBody }, async ({ body }) => {
    await resetPassword(ports, body);
    return { status: 200, body: { status: 'reset' } };
  }),
);
