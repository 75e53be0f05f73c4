import { describeKeys } from '../../core/keys/describe-key.ts';
import { findOwnKey } from '../../core/keys/find-own-key.ts';
import { createDynamoKeyMeters } from '../adapters/dynamo-key-meters.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { createDynamoSessionEnds } from '../adapters/dynamo-session-ends.ts';
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
