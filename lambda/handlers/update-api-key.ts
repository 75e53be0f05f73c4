import { requireActive } from '../../core/accounts/users.ts';
import { updateKeyBody } from '../../core/contract/api-keys.ts';
import { describeKeys } from '../../core/keys/describe-key.ts';
import { findOwnKey } from '../../core/keys/find-own-key.ts';
import { updateKey } from '../../core/keys/update-key.ts';
import { createDynamoUsers } from '../adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createApiGatewayFence } from '../adapters/api-gateway/fence.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway/keys.ts';
import { inReservedTime, inTime } from '../adapters/call-time.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { logUndoFailed } from '../http/request-log.ts';
import { userRoute } from '../http/user-route.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const ends = createDynamoSessionEnds(table);
const users = createDynamoUsers(table);
const meters = createDynamoKeyMeters(table);
const ports = {
  records: createDynamoKeys(table),
  gateway: createApiGatewayKeys(table.name),
  fence: createApiGatewayFence(),
  clock: Date,
  inReservedTime,
  plans: catalog.plans,
  onUndoFailed: logUndoFailed,
};

/** PATCH /v1/api-keys/{id} */
export const handler = inTime(
  userRoute(ends, { body: updateKeyBody }, async ({ body, pathParameters }, caller) => {
    const user = await users.ensure({ ...caller, createdAt: Date.now() });
    requireActive(user);
    const found = await findOwnKey(ports.records, caller.userId, pathParameters.id);
    const record = await updateKey(ports, user, found, body);
    const [answer] = await describeKeys(meters, [record], Date.now());
    return { status: 200, body: answer };
  }),
);
