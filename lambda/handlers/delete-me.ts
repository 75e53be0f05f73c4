import { callerFromClaims } from '../../core/accounts.ts';
import { deleteAccount } from '../../core/delete-account.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway-keys.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { createDynamoUsers } from '../adapters/dynamo-users.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const table = openTable(environment.TABLE_NAME);
const ports = {
  users: createDynamoUsers(table),
  records: createDynamoKeys(table),
  gateway: createApiGatewayKeys(table.name),
  directory: createCognitoDirectory(environment),
  clock: Date,
};

/** DELETE /v1/me */
export const handler = inTime(
  jsonRoute({}, async ({ claims }) => {
    await deleteAccount(ports, callerFromClaims(claims).userId);
    return { status: 200, body: { status: 'deleted' } };
  }),
);
