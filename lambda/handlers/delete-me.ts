import { deleteOwnAccount } from '../../core/accounts/delete-account.ts';
import { createDynamoUsers } from '../adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway/keys.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { clearedCookie } from '../http/session-cookie.ts';
import { userRoute } from '../http/user-route.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const table = openTable(environment.TABLE_NAME);
const ports = {
  users: createDynamoUsers(table),
  records: createDynamoKeys(table),
  gateway: createApiGatewayKeys(table.name),
  directory: createCognitoDirectory(environment),
  clock: Date,
};

/** Of the ten seconds that a route has; the rest is for the step under way. */
const workMs = 6000;

/** DELETE /v1/me */
export const handler = inTime(
  userRoute(createDynamoSessionEnds(table), { evenDeleted: true }, async (_request, { userId }) => {
    const endsAt = performance.now() + workMs;
    await deleteOwnAccount(ports, userId, () => performance.now() < endsAt);
    return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'deleted' } };
  }),
);
