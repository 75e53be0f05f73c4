import { describeKey } from '../../core/keys/describe-key.ts';
import { findOwnKey } from '../../core/keys/find-own-key.ts';
import { revokeKey } from '../../core/keys/revoke-key.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway/keys.ts';
import { inTime } from '../adapters/call-time.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { logUndoFailed } from '../http/request-log.ts';
import { userRoute } from '../http/user-route.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const records = createDynamoKeys(table);
const ports = {
  records,
  gateway: createApiGatewayKeys(table.name),
  clock: Date,
  onUndoFailed: logUndoFailed,
};

/** DELETE /v1/api-keys/{id} */
export const handler = inTime(
  userRoute(createDynamoSessionEnds(table), {}, async ({ pathParameters }, { userId }) => {
    const record = await findOwnKey(records, userId, pathParameters.id);
    const revoked = await revokeKey(ports, record);
    return { status: 200, body: describeKey(revoked, undefined, Date.now()) };
  }),
);
