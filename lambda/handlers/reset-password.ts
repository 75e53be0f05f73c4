import { resetPassword } from '../../core/accounts/new-password.ts';
import { resetPasswordBody } from '../../core/contract/accounts.ts';
import { revokeAllKeys } from '../../core/keys/revoke-all-keys.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway/keys.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';
import { logUndoFailed } from '../http/request-log.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const table = openTable(environment.TABLE_NAME);
const keyPorts = {
  records: createDynamoKeys(table),
  gateway: createApiGatewayKeys(table.name),
  clock: Date,
  onUndoFailed: logUndoFailed,
};
const ports = {
  directory: createCognitoDirectory(environment),
  ends: createDynamoSessionEnds(table),
  revokeAllKeys: (userId: string) => revokeAllKeys(keyPorts, userId),
  clock: Date,
};

/** POST /v1/password/reset */
export const handler = inTime(
  jsonRoute({ body: resetPasswordBody }, async ({ body }) => {
    await resetPassword(ports, body);
    return { status: 200, body: { status: 'reset' } };
  }),
);
