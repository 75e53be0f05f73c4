import { describeKeys } from '../../core/keys/describe-key.ts';
import { findOwnKey } from '../../core/keys/find-own-key.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { userRoute } from '../http/user-route.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const records = createDynamoKeys(table);
const meters = createDynamoKeyMeters(table);

/** GET /v1/api-keys/{id} */
export const handler = userRoute(
  createDynamoSessionEnds(table),
  {},
  async ({ pathParameters }, { userId }) => {
    const record = await findOwnKey(records, userId, pathParameters.id);
    const [body] = await describeKeys(meters, [record], Date.now());
    return { status: 200, body };
  },
);
