import { confirmRegistration } from '../../core/accounts/confirm-registration.ts';
import { confirmBody } from '../../core/contract/accounts.ts';
import { createDynamoSignUps } from '../adapters/accounts/sign-ups.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const ports = {
  directory: createCognitoDirectory(environment),
  signUps: createDynamoSignUps(openTable(environment.TABLE_NAME)),
};

/** POST /v1/register/confirm */
export const handler = inTime(
  jsonRoute({ body: confirmBody }, async ({ body }) => {
    await confirmRegistration(ports, body);
    return { status: 200, body: { status: 'confirmed' } };
  }),
);
